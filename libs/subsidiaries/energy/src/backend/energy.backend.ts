import { Inject, Injectable } from '@nestjs/common';
import { odataKey, readODataPage, readRows } from '#lib/formats';
import { AppError, berlinDate, CLOCK, instantOf, type Clock, type Loaded, type Omission } from '#lib/kernel';
import { Upstream, type UpstreamCall } from '#lib/upstream';
import { EnergySettings } from '../energy.settings.js';
import type { EnergyContract } from '../model/energy-contract.js';
import type { Instalment } from '../model/instalment.js';
import type { PlannedContract } from '../model/instalment-plan.js';
import type { Invoice } from '../model/invoice.js';
import type { Meter } from '../model/meter.js';
import type { MeterReading, ReadingNote } from '../model/meter-reading.js';
import { sameNumber } from '../model/sap-number.js';
import { documentOf } from './gateway-answer.js';
import { readContract } from './read-contract.js';
import { readInstalments } from './read-instalments.js';
import { readInvoice } from './read-invoice.js';
import { readDevices, readRegister, type DeviceRow } from './read-meters.js';
import { readPlans } from './read-plans.js';
import { readNote, readReading } from './read-readings.js';
import { SapSession } from './sap-session.js';
import {
  CONTRACT_ACCOUNTS,
  CONTRACT_ITEMS,
  CRM,
  DEVICES,
  ERP,
  INVOICES,
  READING_NOTES,
  READING_RESULTS,
  REGISTERS_TO_READ,
} from './umc.wire.js';
import { readWritten, type Written } from './write-answer.js';
import { instalmentRequest, readingsRequest, type InstalmentOrder, type ReadingOrder } from './write-change.js';

/** Pages followed of one set; no customer has more, and an answer that always names a next page ends. */
const MOST_PAGES = 10;
/** Meters of one customer whose registers are asked for, each by a call of its own. */
const MOST_METERS = 20;

/** SAP Multichannel Foundation for Utilities. One method per legacy operation; `account` is the business partner. */
@Injectable()
export class EnergyBackend {
  private readonly session: SapSession;

  constructor(
    settings: EnergySettings,
    upstream: Upstream,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const connection = upstream.connect({ name: 'sap-umc', baseUrl: settings.url });
    this.session = new SapSession(connection, settings, clock);
  }

  listContracts(account: string, call: UpstreamCall): Promise<Loaded<readonly EnergyContract[]>> {
    return this.readSet(`${accountPath(CRM, account)}/${CONTRACT_ITEMS}`, call, (row, path, omit) =>
      readContract(row, path, account, omit),
    );
  }

  async listInstalments(account: string, call: UpstreamCall): Promise<Loaded<readonly Instalment[]>> {
    const path = `${accountPath(ERP, account)}/${CONTRACT_ACCOUNTS}`;
    const read = await this.readSet(path, call, (row, rowPath, omit) => readInstalments(row, rowPath, account, omit));
    return { ...read, value: read.value.flat() };
  }

  listInvoices(account: string, call: UpstreamCall): Promise<Loaded<readonly Invoice[]>> {
    return this.readSet(`${accountPath(ERP, account)}/${INVOICES}`, call, (row, path) =>
      readInvoice(row, path, account),
    );
  }

  /** Meters in running contracts with their registers. A meter of which anything is malformed is left out as a whole. */
  async listMeters(account: string, call: UpstreamCall): Promise<Loaded<readonly Meter[]>> {
    const today = berlinDate(instantOf(this.clock.now()));
    const { value, omissions } = await this.readSet(
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
      const { value, omissions } = await this.readSet(set, call, (row, at) =>
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
    return this.readSet(`${devicePath(device)}/${READING_RESULTS}`, call, (row, path) =>
      readReading(row, path, device),
    );
  }

  /** Notes that may explain an implausible reading; the same for everyone. */
  listNotes(call: UpstreamCall): Promise<Loaded<readonly ReadingNote[]>> {
    return this.readSet(`${ERP}/${READING_NOTES}`, call, readNote);
  }

  /** Contracts with what changing their instalment plans needs. */
  async listPlans(account: string, call: UpstreamCall): Promise<Loaded<readonly PlannedContract[]>> {
    const path = `${accountPath(ERP, account)}/${CONTRACT_ACCOUNTS}`;
    const read = await this.readSet(path, call, (row, rowPath, omit) => readPlans(row, rowPath, account, omit));
    return { ...read, value: read.value.flat() };
  }

  /** Has an effect: only inside `Upstream.write`. @throws AppError as {@link readWritten} */
  async submitReadings(order: ReadingOrder, call: UpstreamCall): Promise<Written> {
    return readWritten(await this.session.write(readingsRequest(order), call));
  }

  /** Has an effect: only inside `Upstream.write`. @throws AppError as {@link readWritten} */
  async changeInstalment(order: InstalmentOrder, call: UpstreamCall): Promise<Written> {
    return readWritten(await this.session.write(instalmentRequest(order), call));
  }

  private async readSet<T>(
    path: string,
    call: UpstreamCall,
    readRow: (row: unknown, path: string, omit: (omission: Omission) => void) => T,
  ): Promise<{ value: T[]; omissions: Omission[] }> {
    const value: T[] = [];
    const omissions: Omission[] = [];
    const omit = (omission: Omission): void => void omissions.push(omission);
    let next: string | null = path;
    for (let pages = 0; next !== null && pages < MOST_PAGES; pages += 1) {
      const page = readODataPage(documentOf(await this.session.send(get(next), call)));
      const read = readRows(page.rows, page.path, (row, rowPath) => readRow(row, rowPath, omit));
      value.push(...read.value);
      read.omissions.forEach(omit);
      next = page.skipToken === null ? null : withSkipToken(path, page.skipToken);
    }
    if (next !== null) omit({ path: 'd.__next', reason: `goes on after ${MOST_PAGES} pages` });
    return { value, omissions };
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

function withSkipToken(path: string, token: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}$skiptoken=${encodeURIComponent(token)}`;
}

function get(path: string): { method: 'GET'; path: string; headers: Record<string, string> } {
  return { method: 'GET', path, headers: { accept: 'application/json', 'accept-language': 'de' } };
}
