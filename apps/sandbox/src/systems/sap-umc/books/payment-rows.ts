import type { EnergyBooks, EnergyContractBook, Household } from '../../../world/household.js';
import { firstOfNextMonth, isRunning } from './dates.js';
import { compareDecimals, sumOfAmounts, withScale } from './decimal-text.js';
import type { Row } from './row.js';

/** A bank that does not exist, so that no account number is anybody's. */
const BANK = { CountryID: 'DE', BankID: '99912345', Name: 'Sandbank Jena', City: 'Jena', SWIFTCode: 'SBNKDEFFXXX' };
const INSTALMENTS_OF_A_PLAN = 6n;

/** Every fifth household transfers and has no bank account on file; the others are debited. */
export function isDebited({ number }: Household): boolean {
  return number % 5 !== 0;
}

/** Number of the bank account among those of the partner. */
export const BANK_ACCOUNT_ID = '0001';

export function bankRows(household: Household, { accountId }: EnergyBooks): Record<string, readonly Row[]> {
  if (!isDebited(household)) return { BankAccount: [], Bank: [] };
  const { number, person } = household;
  const accountNumber = String(7_100_000_000 + number);
  return {
    Bank: [BANK],
    BankAccount: [
      {
        AccountID: accountId,
        BankAccountID: BANK_ACCOUNT_ID,
        BankID: BANK.BankID,
        BankAccountNo: accountNumber,
        AccountHolder: `${person.firstName} ${person.lastName}`,
        BankAccountName: 'Girokonto',
        IBAN: ibanOf(BANK.BankID, accountNumber),
        CountryID: 'DE',
      },
    ],
  };
}

/** Who owes something overdue pays it off in six months beside the running contract. */
export function paymentPlanRows(contract: EnergyContractBook, overdue: string, today: string): Row[] {
  if (!isRunning(contract, today) || compareDecimals(overdue, '0') <= 0) return [];
  const starts = firstOfNextMonth(today);
  const cents = BigInt(sumOfAmounts([overdue]).replace('.', ''));
  const part = String((cents + INSTALMENTS_OF_A_PLAN - 1n) / INSTALMENTS_OF_A_PLAN).padStart(3, '0');
  return [
    {
      ContractID: contract.contractId,
      PaymentPlanID: `1${contract.contractId.slice(-8)}`,
      PaymentPlanCycleID: '01',
      Amount: `${part.slice(0, -2)}.${part.slice(-2)}`,
      BalanceForwardAmount: withScale(overdue, 2),
      Currency: 'EUR',
      StartingMonth: starts.slice(5, 7),
      Year: starts.slice(0, 4),
      AlternativeStartingMonth: '00',
    },
  ];
}

/** With the check digits of ISO 13616: D and E stand for 13 and 14. */
function ibanOf(bank: string, account: string): string {
  const basic = `${bank}${account}`;
  const check = 98n - (BigInt(`${basic}131400`) % 97n);
  return `DE${String(check).padStart(2, '0')}${basic}`;
}
