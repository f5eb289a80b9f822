import { createHash } from 'node:crypto';
import { AppError, money, type Loaded } from '#lib/kernel';
import { readTillAnswer, readTillClients, tillReturnCode, type TillAnswer, type TillClient } from '#lib/formats';
import type { ValueCard } from '../model/value-card.js';

const SHOWN = 4;
const DIGEST_LENGTH = 16;

/**
 * The value cards of `clientId` in an answer to `GetClientsEx`; none when the till does not know the client any more.
 * Clients that were not asked for are left out, so an ignored filter never shows somebody else's card.
 * @throws AppError as the return code demands, UPSTREAM_MALFORMED when the answer cannot be read
 */
export function readCards(bytes: Buffer, clientId: string): Loaded<readonly ValueCard[]> {
  const { value, omissions } = readClients(bytes, clientId);
  return { value: value.flatMap(toCards), omissions };
}

/** The whole UIDs of the same cards: whoever names one holds the card. They open gates and are shown to nobody. */
export function readCardUids(bytes: Buffer, clientId: string): Loaded<readonly string[]> {
  const { value, omissions } = readClients(bytes, clientId);
  return { value: value.flatMap(({ smartcardUid }) => smartcardUid ?? []), omissions };
}

/** ClientIds of those who hold the card with this UID; clients that were not asked for are left out. */
export function readCardHolders(bytes: Buffer, uid: string): Loaded<readonly string[]> {
  const { value, omissions } = readActive(bytes);
  const holders = value.filter(({ smartcardUid }) => smartcardUid?.toUpperCase() === uid);
  return { value: [...new Set(holders.map(({ id }) => id))], omissions };
}

function readClients(bytes: Buffer, clientId: string): Loaded<readonly TillClient[]> {
  const { value, omissions } = readActive(bytes);
  return { value: value.filter(({ id }) => id === clientId), omissions };
}

function readActive(bytes: Buffer): Loaded<readonly TillClient[]> {
  const answer = readTillAnswer(bytes);
  assertDone(answer);
  const { value, omissions } = readTillClients(answer.result);
  return { value: value.filter(({ active }) => active), omissions };
}

/** Neither the message of the till nor the reason of a fault goes on: both may hold traces and personal data. */
function assertDone(answer: TillAnswer): asserts answer is TillAnswer & { kind: 'answer' } {
  if (answer.kind === 'fault') {
    const code = answer.code === 'Server' ? 'UPSTREAM_UNAVAILABLE' : 'UPSTREAM_REJECTED';
    throw new AppError(code, 'the till answered with a fault', { upstreamCode: answer.code });
  }
  const { verdict, meaning } = tillReturnCode(answer.returnCode);
  if (verdict === 'done') return;
  const code = verdict === 'unavailable' ? 'UPSTREAM_UNAVAILABLE' : 'UPSTREAM_REJECTED';
  throw new AppError(code, `till: ${meaning}`, { upstreamCode: String(answer.returnCode), reason: meaning });
}

/** A client without a card has an account only, which is no value card. */
function toCards({ id, smartcardUid, accountBalance }: TillClient): readonly ValueCard[] {
  if (smartcardUid === null) return [];
  return [
    {
      key: `${id}-${digestOf(id, smartcardUid)}`,
      maskedNumber: `••••${smartcardUid.slice(-SHOWN)}`,
      balance: money(accountBalance),
    },
  ];
}

/** Tells apart cards that end alike. Bound to the client, so that a list of digests of UIDs is of no use. */
function digestOf(clientId: string, uid: string): string {
  return createHash('sha256').update(`${clientId}:${uid}`).digest('hex').slice(0, DIGEST_LENGTH);
}
