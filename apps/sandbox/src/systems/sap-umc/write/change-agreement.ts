import type { Household } from '../../../world/household.js';
import type { Backend } from '../books/backend.js';
import { MASTER_DATA } from '../books/master-data.js';
import type { Row } from '../books/row.js';
import type { Shelf } from '../books/shelf.js';
import type { EntityType } from '../model/service-model.js';
import { badRequest, businessError } from '../sap-error.js';
import type { Payload } from './payload.js';

const KEYS = new Set(['BusinessAgreementID', 'AccountID']);

/**
 * Changes a business agreement. PUT replaces the whole, MERGE and PATCH only what is sent. Addresses are not changed
 * here, so a body without them is refused.
 * @throws SapError 400
 */
export function changeAgreement(
  { world, ledger }: Backend,
  { household, shelf, type }: { readonly household: Household; readonly shelf: Shelf; readonly type: EntityType },
  agreement: Row,
  { payload, isWhole }: { readonly payload: Payload; readonly isWhole: boolean },
): void {
  const sent = [...payload.values].map(([name, value]) => [name, String(value ?? '')] as const);
  for (const [name, value] of sent) {
    if (KEYS.has(name) && value !== agreement[name]) throw badRequest(`Property '${name}' passt nicht zum Schlüssel`);
  }
  const names = isWhole ? [...type.properties.keys()] : sent.map(([name]) => name);
  const given = new Map(sent);
  const values = Object.fromEntries(
    names.filter((name) => !KEYS.has(name)).map((name) => [name, given.get(name) ?? '']),
  );
  const next = { ...agreement, ...values };
  refuseAddress(agreement, next);
  refusePayment(next, shelf);
  ledger.book({
    kind: 'business-agreement',
    household: household.number,
    accountId: household.energy?.accountId ?? '',
    contractAccountId: String(agreement['BusinessAgreementID']),
    values: Object.fromEntries(Object.entries(next).map(([name, value]) => [name, String(value ?? '')])),
    at: world.now(),
  });
}

function refuseAddress(agreement: Row, next: Row): void {
  const isSame = ['AccountAddressID', 'BillToAccountAddressID'].every((name) => next[name] === agreement[name]);
  if (isSame) return;
  throw businessError([{ code: 'CRM_IU_UMC_ODATA/091', message: 'Die Adresse kann nicht geändert werden' }]);
}

/** A method by which money is collected needs a bank account that there is. */
function refusePayment(next: Row, shelf: Shelf): void {
  const [method, debited] = [next['IncomingPaymentMethodID'], next['IncomingPaymentBankAccountID']];
  const isKnown = method === '' || method === undefined || methods().includes(String(method));
  if (!isKnown) throw businessError([{ code: 'EL/355', message: `Zahlweg ${String(method)} ist nicht vorgesehen` }]);
  if (method === 'E' && (debited === '' || debited === undefined)) {
    const message = 'Pflichtfeld IncomingPaymentBankAccountID ist nicht gefüllt';
    throw businessError([{ code: 'CRM_IU_UMC_ODATA/081', message }]);
  }
  const isThere = shelf.all('BankAccount').some((row) => row['BankAccountID'] === debited);
  if (debited === '' || debited === undefined || isThere) return;
  throw businessError([{ code: 'EL/355', message: `Bankverbindung ${String(debited)} ist nicht vorhanden` }]);
}

function methods(): string[] {
  return (MASTER_DATA['PaymentMethod'] ?? []).map((row) => String(row['PaymentMethodID']));
}
