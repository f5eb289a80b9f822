import { Inject, Injectable } from '@nestjs/common';
import { odataKey } from '#lib/formats';
import { AppError, berlinDate, CLOCK, instantOf, type Clock, type Loaded, type Omission } from '#lib/kernel';
import type { UpstreamCall } from '#lib/upstream';
import type { BankAccount } from '../model/payment/bank-account.js';
import type { BillingPeriod } from '../model/billing/billing-period.js';
import type { BilledConsumption, DayRange, ProfileDay } from '../model/meters/consumption.js';
import type { ContractAccount, PaymentPlan } from '../model/billing/contract-account.js';
import type { EnergyContract } from '../model/contracts/energy-contract.js';
import type { Instalment } from '../model/billing/instalment.js';
import type { PlannedContract } from '../model/billing/instalment-plan.js';
import type { Invoice } from '../model/billing/invoice.js';
import type { InvoiceDocument } from '../model/billing/invoice-document.js';
import type { Meter } from '../model/meters/meter.js';
import type { KeptReading } from '../model/meters/kept-reading.js';
import type { MeterReading, ReadingNote } from '../model/meters/meter-reading.js';
import { sameNumber } from '../model/sap-number.js';
import type { ContractTerms } from '../model/contracts/terms.js';
import { odataFilter } from './sap/odata-filter.js';
import { readConsumption, readProfileDay } from './meters/read-consumption.js';
import { readBankAccount, readContractAccount, readPaymentPlans } from './billing/read-contract-account.js';
import { readContract } from './contracts/read-contract.js';
import { readInstalments } from './billing/read-instalments.js';
import { readInvoice } from './billing/read-invoice.js';
import { readDevices, readRegister, type DeviceRow } from './meters/read-meters.js';
import { readPlans } from './billing/read-plans.js';
import { readKeptReading, readNote, readReading } from './meters/read-readings.js';
import { readBillingPeriod, readTerms } from './contracts/read-terms.js';
import { SapGateway } from './sap/sap-gateway.js';
import {
  BALANCES,
  BANK_ACCOUNTS,
  BILLING_PERIOD,
  CONSUMPTION,
  CONTRACT_ACCOUNTS,
  CONTRACT_ITEMS,
  CONTRACT_TERMS,
  CRM,
  DEVICES,
  ERP,
  INVOICE_PDF,
  INVOICES,
  NOT_IN_THIS_SERVICE,
  PAYMENT_PLANS,
  PROFILE_VALUES,
  READING_NOTES,
  READING_RESULTS,
  REGISTERS_TO_READ,
} from './umc.wire.js';
import type { Written } from './sap/write-answer.js';
import { instalmentRequest, readingsRequest, type InstalmentOrder, type ReadingOrder } from './write-change.js';

/** Meters of one customer whose registers are asked for, each by a call of its own. */
const MOST_METERS = 20;

/** SAP Multichannel Foundation for Utilities. One method per legacy operation; `account` is the business partner. */
@Injectable()
export class EnergyBackend {
  constructor(
    private readonly sap: SapGateway,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  listContracts(account: string, call: UpstreamCall): Promise<Loaded<readonly EnergyContract[]>> {
    return this.sap.readSet(`${accountPath(CRM, account)}/${CONTRACT_ITEMS}`, call, (row, path, omit) =>
      readContract(row, path, account, omit),
    );
  }

  async listInstalments(account: string, call: UpstreamCall): Promise<Loaded<readonly Instalment[]>> {
    const path = `${accountPath(ERP, account)}/${CONTRACT_ACCOUNTS}`;
    const read = await this.sap.readSet(path, call, (row, rowPath, omit) =>
      readInstalments(row, rowPath, account, omit),
    );
    return { ...read, value: read.value.flat() };
  }

  listInvoices(account: string, call: UpstreamCall): Promise<Loaded<readonly Invoice[]>> {
    return this.sap.readSet(`${accountPath(ERP, account)}/${INVOICES}`, call, (row, path) =>
      readInvoice(row, path, account),
    );
  }

  /** An invoice as it was sent. SAP gives any: whoever asks has made sure that it is the customer's. */
  async readInvoicePdf(invoice: string, call: UpstreamCall): Promise<Loaded<InvoiceDocument>> {
    const path = `${ERP}/${INVOICES}(${odataKey(invoice)})/${INVOICE_PDF}`;
    const bytes = await this.sap.readPdf(path, call);
    return { value: { base64: bytes.toString('base64') }, omissions: [] };
  }

  /** Meters in running contracts with their registers. A meter of which anything is malformed is left out as a whole. */
  async listMeters(account: string, call: UpstreamCall): Promise<Loaded<readonly Meter[]>> {
    const today = berlinDate(instantOf(this.clock.now()));
    const { value, omissions } = await this.sap.readSet(
      `${accountPath(ERP, account)}/${DEVICES}`,
      call,
      (row, path, omit) => readDevices(row, path, account, today, omit),
    );
    const devices = withoutDoubles(value.flat());
    if (devices.length > MOST_METERS)
      omissions.push({ path: 'd.results', reason: `has more than ${MOST_METERS} meters` });
    const omit = (omission: Omission): void => void omissions.push(omission);
    const meters = await Promise.all(devices.slice(0, MOST_METERS).map((row) => this.findMeter(row, call, omit)));
    return { value: meters.filter((meter) => meter !== null), omissions };
  }

  private async findMeter(
    { device, path }: DeviceRow,
    call: UpstreamCall,
    omit: (omission: Omission) => void,
  ): Promise<Meter | null> {
    const set = `${devicePath(device.number)}/${REGISTERS_TO_READ}`;
    try {
      const { value, omissions } = await this.sap.readSet(set, call, (row, at) =>
        readRegister(row, at, device.number, device.since),
      );
      omissions.forEach(({ path: at, reason }) => omit({ path: `${path}.RegistersToRead: ${at}`, reason }));
      return omissions.length === 0 ? { ...device, registers: value } : null;
    } catch (error) {
      if (!(error instanceof AppError) || !/^UPSTREAM_(REJECTED|MALFORMED)$/.test(error.code)) throw error;
      omit({ path: `${path}.RegistersToRead`, reason: error.details.reason ?? 'is refused' });
      return null;
    }
  }

  /** Readings that SAP keeps of a device, whoever took them, earlier customers included: compare, never show. */
  listReadings(device: string, call: UpstreamCall): Promise<Loaded<readonly MeterReading[]>> {
    return this.sap.readSet(`${devicePath(device)}/${READING_RESULTS}`, call, (row, path) =>
      readReading(row, path, device),
    );
  }

  /** The same set with all that a history tells. Whoever shows it leaves out what is not this customer's. */
  listReadingHistory(device: string, call: UpstreamCall): Promise<Loaded<readonly KeptReading[]>> {
    return this.sap.readSet(`${devicePath(device)}/${READING_RESULTS}`, call, (row, path) =>
      readKeptReading(row, path, device),
    );
  }

  /** What billing counted under each contract, period by period. */
  async listConsumption(account: string, call: UpstreamCall): Promise<Loaded<readonly BilledConsumption[]>> {
    const path = `${accountPath(ERP, account)}/${CONSUMPTION}`;
    const read = await this.sap.readSet(path, call, (row, rowPath, omit) =>
      readConsumption(row, rowPath, account, omit),
    );
    return { ...read, value: read.value.flat() };
  }

  /** What smart meters sent of each day, register by register; none for meters that people read. */
  listProfileDays(
    contract: string,
    { from, until }: DayRange,
    call: UpstreamCall,
  ): Promise<Loaded<readonly ProfileDay[]>> {
    const filter = odataFilter(
      { property: 'ContractID', is: 'eq', value: { text: contract } },
      { property: 'OutputInterval', is: 'eq', value: { text: 'DAY' } },
      { property: 'Timestamp', is: 'ge', value: { day: from } },
      { property: 'Timestamp', is: 'le', value: { day: until } },
    );
    return this.sap.readSet(`${ERP}/${PROFILE_VALUES}?${filter}`, call, (row, path) =>
      readProfileDay(row, path, contract),
    );
  }

  /** Terms of all contracts; none where the service pack does not know them. */
  async listTerms(account: string, call: UpstreamCall): Promise<Loaded<readonly ContractTerms[]>> {
    try {
      return await this.sap.readSet(`${accountPath(CRM, account)}/${CONTRACT_TERMS}`, call, (row, path) =>
        readTerms(row, path, account),
      );
    } catch (error) {
      if (!(error instanceof AppError) || !error.details.upstreamCode?.startsWith(NOT_IN_THIS_SERVICE)) throw error;
      return { value: [], omissions: [] };
    }
  }

  /** The current billing period of a contract; null when it is not being billed. */
  async findBillingPeriod(contract: string, call: UpstreamCall): Promise<Loaded<BillingPeriod | null>> {
    const path = `${ERP}/${BILLING_PERIOD}?ContractID=${odataKey(contract)}`;
    return { value: readBillingPeriod(await this.sap.readDocument(path, call)), omissions: [] };
  }

  /** Contract accounts with what is open on them. */
  listContractAccounts(account: string, call: UpstreamCall): Promise<Loaded<readonly ContractAccount[]>> {
    return this.sap.readSet(`${accountPath(ERP, account)}/${BALANCES}`, call, (row, path) =>
      readContractAccount(row, path, account),
    );
  }

  /** Plans by which debts are paid off, of all contracts. */
  async listPaymentPlans(account: string, call: UpstreamCall): Promise<Loaded<readonly PaymentPlan[]>> {
    const path = `${accountPath(ERP, account)}/${PAYMENT_PLANS}`;
    const read = await this.sap.readSet(path, call, (row, rowPath, omit) =>
      readPaymentPlans(row, rowPath, account, omit),
    );
    return { ...read, value: read.value.flat() };
  }

  listBankAccounts(account: string, call: UpstreamCall): Promise<Loaded<readonly BankAccount[]>> {
    return this.sap.readSet(`${accountPath(ERP, account)}/${BANK_ACCOUNTS}`, call, (row, path) =>
      readBankAccount(row, path, account),
    );
  }

  /** Notes that may explain an implausible reading; the same for everyone. */
  listNotes(call: UpstreamCall): Promise<Loaded<readonly ReadingNote[]>> {
    return this.sap.readSet(`${ERP}/${READING_NOTES}`, call, readNote);
  }

  /** Contracts with what changing their instalment plans needs. */
  async listPlans(account: string, call: UpstreamCall): Promise<Loaded<readonly PlannedContract[]>> {
    const path = `${accountPath(ERP, account)}/${CONTRACT_ACCOUNTS}`;
    const read = await this.sap.readSet(path, call, (row, rowPath, omit) => readPlans(row, rowPath, account, omit));
    return { ...read, value: read.value.flat() };
  }

  /** Has an effect: only inside `Upstream.write`. @throws AppError as {@link readWritten} */
  submitReadings(order: ReadingOrder, call: UpstreamCall): Promise<Written> {
    return this.sap.write(readingsRequest(order), call);
  }

  /** Has an effect: only inside `Upstream.write`. @throws AppError as {@link readWritten} */
  changeInstalment(order: InstalmentOrder, call: UpstreamCall): Promise<Written> {
    return this.sap.write(instalmentRequest(order), call);
  }
}

function accountPath(service: string, account: string): string {
  return `${service}/Accounts(${odataKey(account)})`;
}

function devicePath(device: string): string {
  return `${ERP}/Devices(${odataKey(device)})`;
}

/** SAP lists a device once for each of its registers or installations. */
function withoutDoubles(rows: readonly DeviceRow[]): readonly DeviceRow[] {
  return rows.filter(
    ({ device }, index) => rows.findIndex((other) => sameNumber(other.device.number, device.number)) === index,
  );
}
