import type { World } from '../../world/world.js';
import { accountsOf, type Entry, type Ledger } from './ledger.js';
import { isSmartCard, PAYMENTS } from './price-list.js';
import type { TillRequest } from './read-request.js';
import { illegal } from './return-code.js';

/** XML Schema's double, without its names for infinity and for no number. */
const DOUBLE = /^[+-]?(?:\d{1,15}(?:\.\d{0,20})?|\.\d{1,20})(?:[eE][+-]?\d{1,2})?$/;

/**
 * Puts money on the first card of a client: the interface names a person and no card.
 * @throws Refused for an illegal argument, BalanceOutOfBounds
 */
export function deposit(world: World, ledger: Ledger, { fields }: TillRequest): Entry {
  const id = fields.get('ClientId') ?? '';
  const account = /^\d{1,15}$/.test(id) ? accountsOf(world.byTillClient(Number(id)))[0] : undefined;
  if (account === undefined) throw illegal('ClientId');
  const payment = PAYMENTS.find((one) => String(one.id) === fields.get('PaymentId'));
  if (payment === undefined || isSmartCard(payment)) throw illegal('PaymentId');
  return ledger.book({ kind: 'deposit', account, amountCents: readAmount(fields), paymentId: payment.id });
}

/** More than two decimals are rounded without a word. */
function readAmount(fields: ReadonlyMap<string, string>): number {
  const text = (fields.get('Amount') ?? '').trim();
  const amountCents = DOUBLE.test(text) ? Math.round(Number(text) * 100) : 0;
  if (!Number.isSafeInteger(amountCents) || amountCents <= 0) throw illegal('Amount');
  return amountCents;
}
