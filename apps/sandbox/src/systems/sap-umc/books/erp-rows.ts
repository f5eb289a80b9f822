import type { EnergyBooks, EnergyContractBook, Household, InvoiceBook } from '../../../world/household.js';
import { consumptionRows } from './consumption-rows.js';
import { compareDecimals, sumOfAmounts, withScale } from './decimal-text.js';
import { endOf, firstOfNextMonth, isRunning, midnight } from './dates.js';
import type { BookedPlanChange, Ledger } from './ledger.js';
import { joinedRows, lazyRows, type RowsByType } from './lazy-rows.js';
import { meterRows, registersOf } from './meter-rows.js';
import { BANK_ACCOUNT_ID, bankRows, isDebited, paymentPlanRows } from './payment-rows.js';
import { addressIdOf, addressInfo, personRows } from './person-rows.js';
import type { Row } from './row.js';

/** What ERP_UTILITIES_UMC holds about a household, by entity type. */
export function erpRows(household: Household, energy: EnergyBooks, today: string, ledger: Ledger): RowsByType {
  const meters = energy.contracts.map((contract) => meterRows(contract, today, ledger.readingsOf(contract.contractId)));
  return joinedRows(lazyConsumption(energy, today), {
    ...personRows(household, energy.accountId),
    ...bankRows(household, energy),
    PaymentPlan: energy.contracts.flatMap((contract) =>
      paymentPlanRows(contract, overdueOf(contract, energy, today), today),
    ),
    ContractAccount: [contractAccountRow(household, energy)],
    ContractAccountBalance: [balanceRow(energy)],
    Contract: energy.contracts.map((contract) => contractRow(contract, energy, today)),
    BudgetBillingPlan: energy.contracts
      .filter((contract) => isRunning(contract, today))
      .map((contract) => planRow(contract, today, ledger.planChangeOf(contract.contractId))),
    Premise: premiseRows(energy.contracts),
    Device: meters.flatMap((rows) => rows['Device'] ?? []),
    RegisterToRead: meters.flatMap((rows) => rows['RegisterToRead'] ?? []),
    MeterReadingResult: meters.flatMap((rows) => rows['MeterReadingResult'] ?? []),
    Invoice: energy.invoices.map((invoice) => invoiceRow(invoice, energy)),
    InvoicePDF: energy.invoices.map(({ invoiceId }) => ({ InvoiceID: invoiceId, MimeType: 'application/pdf' })),
  });
}

/** Hundreds of rows that few reads look at. */
function lazyConsumption({ contracts }: EnergyBooks, today: string): RowsByType {
  return lazyRows(['ContractConsumptionValue', 'ProfileValue'], () => {
    const tables = contracts.map((contract) => consumptionRows(contract, registersOf(contract), today));
    return {
      ContractConsumptionValue: tables.flatMap((rows) => rows['ContractConsumptionValue'] ?? []),
      ProfileValue: tables.flatMap((rows) => rows['ProfileValue'] ?? []),
    };
  });
}

/** Each place of supply once, for both services: only CRM shows the connection object. */
export function premiseRows(contracts: readonly Pick<EnergyContractBook, 'premiseId' | 'premise'>[]): Row[] {
  const byId = new Map(contracts.map((contract) => [contract.premiseId, contract.premise]));
  return [...byId].map(([premiseId, premise]) => ({
    PremiseID: premiseId,
    ConnectionObjectID: `AO-${premiseId}`,
    AddressInfo: addressInfo(premise),
  }));
}

function contractAccountRow(household: Household, { accountId, contractAccountId }: EnergyBooks): Row {
  const { number, address } = household;
  return {
    IncomingPaymentMethodID: isDebited(household) ? 'E' : '',
    IncomingPaymentBankAccountID: isDebited(household) ? BANK_ACCOUNT_ID : '',
    ContractAccountID: contractAccountId,
    AccountID: accountId,
    Description: `${address.street} ${address.houseNumber}`,
    BudgetBillingProcedure: '1',
    AccountAddressID: addressIdOf(number),
    BillToAccountID: accountId,
    BillToAccountAddressID: addressIdOf(number),
    CountryID: 'DE',
  };
}

/** Where nothing is open, SAP leaves even the currency empty. */
function balanceRow({ contractAccountId, invoices }: EnergyBooks): Row {
  const open = invoices.map(remaining);
  const debits = sumOfAmounts(open.filter((amount) => compareDecimals(amount, '0') > 0));
  const credits = sumOfAmounts(open.filter((amount) => compareDecimals(amount, '0') < 0));
  const balance = sumOfAmounts([debits, credits]);
  return {
    ContractAccountID: contractAccountId,
    CurrentBalance: withScale(balance, 5),
    TotalAmount: withScale(debits, 5),
    NetAmount: withScale(balance, 5),
    OpenDebits: withScale(debits, 5),
    OpenCredits: withScale(credits, 5),
    Currency: compareDecimals(debits, credits) === 0 ? '' : 'EUR',
  };
}

function contractRow(contract: EnergyContractBook, { contractAccountId }: EnergyBooks, today: string): Row {
  const [from, until] = [midnight(contract.from), endOf(contract.until)];
  return {
    ContractID: contract.contractId,
    Description: contract.productName,
    ContractAccountID: contractAccountId,
    DivisionID: contract.division,
    PremiseID: contract.premiseId,
    ContractStartDate: from,
    ContractEndDate: until,
    MoveInDate: from,
    MoveOutDate: until,
    HistoricFlag: contract.until !== null && contract.until < today,
  };
}

/** A changed plan shows its new amount at once and the day from which it holds, as long as that is to come. */
function planRow(
  { contractId, from, until, instalment }: EnergyContractBook,
  today: string,
  change: BookedPlanChange | undefined,
): Row {
  const newYear = `${today.slice(0, 4)}-01-01`;
  const earliest = firstOfNextMonth(today);
  return {
    ContractID: contractId,
    BudgetBillingPlanID: instalment.planId,
    BudgetBillingCycleID: '01',
    Amount: withScale(change?.amount ?? instalment.amount, 2),
    StartDate: midnight(from > newYear ? from : newYear),
    EndDate: endOf(until),
    Currency: 'EUR',
    ChangeFromDate: midnight(change !== undefined && change.from > earliest ? change.from : earliest),
    UpperLimitAmount: withScale(instalment.maximum, 2),
    LowerLimitAmount: withScale(instalment.minimum, 2),
  };
}

function invoiceRow(invoice: InvoiceBook, { accountId, contractAccountId, contracts }: EnergyBooks): Row {
  const open = remaining(invoice);
  return {
    InvoiceID: invoice.invoiceId,
    AccountID: accountId,
    ContractAccountID: contractAccountId,
    AmountDue: withScale(invoice.amount, 4),
    Currency: 'EUR',
    DueDate: midnight(invoice.due),
    InvoiceDate: midnight(invoice.date),
    AmountPaid: withScale(invoice.paid, 4),
    AmountRemaining: withScale(open, 4),
    InvoiceDescription: 'IS-U Fakturierung',
    InvoiceStatusID: compareDecimals(open, '0') === 0 ? '9' : '1',
    ReferenceDocNo: invoice.invoiceId,
    PrintDate: midnight(invoice.date),
    Division: contracts.find(({ contractId }) => contractId === invoice.contractId)?.division ?? '',
  };
}

function overdueOf({ contractId }: EnergyContractBook, { invoices }: EnergyBooks, today: string): string {
  const overdue = invoices.filter((invoice) => invoice.contractId === contractId && invoice.due < today);
  return sumOfAmounts(overdue.map(remaining));
}

function remaining({ amount, paid }: InvoiceBook): string {
  return sumOfAmounts([amount, paid.startsWith('-') ? paid.slice(1) : `-${paid}`]);
}
