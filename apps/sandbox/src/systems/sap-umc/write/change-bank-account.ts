import type { Household } from '../../../world/household.js';
import type { Backend } from '../books/backend.js';
import { isValidIban } from '../books/iban.js';
import type { Row } from '../books/row.js';
import type { Shelf } from '../books/shelf.js';
import { badRequest, businessError } from '../sap-error.js';
import type { Payload } from './payload.js';

/** SAP counts bank accounts of a business partner with four digits. */
const MOST = 9999;

/**
 * Enters a bank account under the next free number; a number that was sent does not count. The same IBAN may come twice.
 * @returns the new number
 * @throws SapError 400 without an IBAN, or for one that is none
 */
export function createBankAccount(backend: Backend, household: Household, shelf: Shelf, payload: Payload): string {
  const iban = textOf(payload, 'IBAN');
  if (iban === '')
    throw businessError([{ code: 'CRM_IU_UMC_ODATA/081', message: 'Pflichtfeld IBAN ist nicht gefüllt' }]);
  refuseIban(iban);
  const taken = shelf.all('BankAccount').map((row) => Number(row['BankAccountID']));
  const next = Math.max(0, ...taken) + 1;
  if (next > MOST)
    throw businessError([{ code: 'EL/355', message: 'Es sind keine Nummern für Bankverbindungen frei' }]);
  const bankAccountId = String(next).padStart(4, '0');
  book(backend, household, bankAccountId, payload, iban);
  return bankAccountId;
}

/**
 * Changes a bank account. PUT replaces: what is not sent becomes empty; only an empty IBAN leaves the old one alone,
 * because clients that see it masked cannot send it.
 * @throws SapError 400 for an IBAN that is none, or a body that is about another one
 */
export function updateBankAccount(backend: Backend, household: Household, held: Row, payload: Payload): void {
  for (const key of ['AccountID', 'BankAccountID']) {
    const sent = textOf(payload, key);
    if (sent !== '' && sent !== held[key]) throw badRequest(`Property '${key}' passt nicht zum Schlüssel`);
  }
  const iban = textOf(payload, 'IBAN') || String(held['IBAN'] ?? '');
  refuseIban(iban);
  book(backend, household, String(held['BankAccountID']), payload, iban);
}

function refuseIban(iban: string): void {
  if (isValidIban(iban)) return;
  throw businessError([{ code: 'CRM_IU_UMC_ODATA/111', message: 'Die IBAN ist ungültig' }]);
}

function book(
  { world, ledger }: Backend,
  household: Household,
  bankAccountId: string,
  payload: Payload,
  iban: string,
): void {
  ledger.book({
    kind: 'bank-account',
    household: household.number,
    accountId: household.energy?.accountId ?? '',
    bankAccountId,
    holder: textOf(payload, 'AccountHolder'),
    name: textOf(payload, 'BankAccountName'),
    iban,
    at: world.now(),
  });
}

function textOf({ values }: Payload, name: string): string {
  return String(values.get(name) ?? '');
}
