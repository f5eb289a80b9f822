import { Problem } from '../../control/problem.js';
import { readFields } from '../../control/read-orders.js';
import { euros } from '../../world/money.js';
import type { World } from '../../world/world.js';
import { type Account, accountsOf, BalanceOutOfBounds, type Ledger } from './ledger.js';
import { CASH_PAYMENT, SMART_CARD_PAYMENT } from './price-list.js';

const AMOUNT = /^(-?)(\d{1,3})(?:\.(\d{1,2}))?$/;

/**
 * A booking by somebody else, whom the gateway knows nothing of: a clerk, a kiosk, a child at the turnstile.
 * `{household|client, amount, card?}`; the amount is signed, the first card is meant unless one is named.
 * @throws Problem
 */
export function bookForeign(world: World, ledger: Ledger, body: Buffer): object {
  const fields = readFields(body, ['household', 'client', 'amount', 'card']);
  const account = findAccount(world, fields);
  const amountCents = readAmount(fields['amount']);
  const paymentId = amountCents > 0 ? CASH_PAYMENT : SMART_CARD_PAYMENT;
  try {
    const { oldCents, newCents } = ledger.book({ kind: 'foreign-booking', account, amountCents, paymentId });
    return { client: account.clientId, card: account.uid, oldBalance: euros(oldCents), newBalance: euros(newCents) };
  } catch (error) {
    if (error instanceof BalanceOutOfBounds) throw new Problem(400, 'A balance stays between 0.00 and 500.00.');
    throw error;
  }
}

function findAccount(world: World, { household: key, client, card }: Readonly<Record<string, unknown>>): Account {
  if ((key === undefined) === (client === undefined)) throw new Problem(400, 'Give either household or client.');
  const household =
    typeof key === 'string' ? world.byKey(key) : typeof client === 'number' ? world.byTillClient(client) : undefined;
  const accounts = accountsOf(household);
  if (accounts.length === 0) throw new Problem(400, 'The till knows no such household or client.');
  const account = card === undefined ? accounts[0] : accounts.find(({ uid }) => uid === card);
  if (account === undefined) throw new Problem(400, 'card must be the UID of a card of this client.');
  return account;
}

/** Euros as text, digit by digit. */
function readAmount(amount: unknown): number {
  const [, sign, whole = '', decimals = ''] = AMOUNT.exec(typeof amount === 'string' ? amount : '') ?? [];
  const amountCents = Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
  if (sign === undefined || amountCents === 0) {
    throw new Problem(400, 'amount must be euros as text and not zero, e.g. "-4.50".');
  }
  return sign === '-' ? -amountCents : amountCents;
}
