import { AppError, type DecimalText, type Loaded } from '#lib/kernel';
import type { PlainData } from '../soap/plain-data.js';
import { readEnvelope } from '../soap/read-envelope.js';
import { malformed, readRows, WireObject } from '../wire/wire-object.js';
import { readCents, readCode, readId } from './xsd-number.js';

/** What the till says to any operation. Faults come only from the SOAP layer below it. */
export type TillAnswer =
  | {
      readonly kind: 'answer';
      /** Name of the operation that is answered, e.g. `GetClientsEx`. */
      readonly operation: string;
      /** See `tillReturnCode`. The message beside it may hold a stack trace and is left where it is. */
      readonly returnCode: number;
      /** All fields of `return` as sent: text, lists and objects. */
      readonly result: { readonly [name: string]: PlainData };
    }
  | { readonly kind: 'fault'; readonly code: string };

/** A client as far as it concerns value cards; who the person is stays in the till. */
export interface TillClient {
  /** ClientId, digits. */
  readonly id: string;
  readonly active: boolean;
  /** Chip of the client's smart card in hexadecimal; null without a card. */
  readonly smartcardUid: string | null;
  /** Credit in euros; negative when the client owes. */
  readonly accountBalance: DecimalText;
}

const NAMESPACE = 'urn:TPAPIPosIntfU-ITPAPIPOS';
const SUFFIX = 'Response';

/**
 * Reads an answer of unTill TPAPI-POS (SOAP 1.1, RPC/encoded; arrays and references are resolved).
 * @throws AppError UPSTREAM_MALFORMED when the envelope is not one of this interface
 */
export function readTillAnswer(bytes: Buffer): TillAnswer {
  const envelope = readEnvelope(bytes);
  if (envelope.kind === 'fault') return { kind: 'fault', code: envelope.code };
  const { namespace, name, fields } = envelope;
  if (namespace !== NAMESPACE || !name.endsWith(SUFFIX)) throw malformed(name, 'is not an answer of the till');
  const result = fields['return'];
  const wire = new WireObject(result, `${name}.return`);
  return {
    kind: 'answer',
    operation: name.slice(0, -SUFFIX.length),
    returnCode: readCode(wire.text('ReturnCode', 20), wire.at('ReturnCode')),
    result: result as { readonly [name: string]: PlainData },
  };
}

/**
 * The clients in the result of `GetClients` or `GetClientsEx`. A malformed client costs that client.
 * @throws AppError UPSTREAM_MALFORMED when there is no list of clients
 */
export function readTillClients(result: { readonly [name: string]: PlainData }): Loaded<readonly TillClient[]> {
  return readRows(arrayOf(new WireObject(result, 'return'), 'Clients'), 'return.Clients', readClient);
}

/** Balances around a deposit; null where the till sent none that can be read. */
export interface TillBalances {
  readonly oldBalance: DecimalText | null;
  readonly newBalance: DecimalText | null;
}

/**
 * The balances in the result of `ClientDeposit`. Whether the money is booked is told by the return code alone: a balance
 * that cannot be read changes nothing about it.
 */
export function readTillBalances(result: { readonly [name: string]: PlainData }): TillBalances {
  const wire = new WireObject(result, 'return');
  return { oldBalance: findCents(wire, 'OldBalance'), newBalance: findCents(wire, 'NewBalance') };
}

function findCents(wire: WireObject, name: string): DecimalText | null {
  try {
    return readCents(wire.text(name, 100), wire.at(name));
  } catch (error) {
    if (error instanceof AppError && error.code === 'UPSTREAM_MALFORMED') return null;
    throw error;
  }
}

function readClient(row: unknown, path: string): TillClient {
  const wire = new WireObject(row, path);
  const extras = readExtras(wire);
  return {
    id: readId(wire.text('Id', 40), wire.at('Id')),
    active: extras.get('is_active') !== '0',
    smartcardUid: readUid(extras.get('smartcard_uid'), wire.at('Extra.smartcard_uid')),
    accountBalance: readCents(wire.text('AccountBalance', 100), wire.at('AccountBalance')),
  };
}

/** ISO 14443 and 15693 chips have 4 to 10 bytes. */
function readUid(uid: string | undefined, path: string): string | null {
  if (uid === undefined) return null;
  if (!/^[0-9A-Fa-f]{8,20}$/.test(uid)) throw malformed(path, 'is no card UID in hexadecimal');
  return uid.toUpperCase();
}

/** Optional facts by key; empty values count as missing. */
function readExtras(client: WireObject): ReadonlyMap<string, string> {
  const extras = new Map<string, string>();
  if (!client.has('Extra')) return extras;
  arrayOf(client, 'Extra').forEach((item, index) => {
    const extra = new WireObject(item, `${client.at('Extra')}[${index}]`);
    const value = extra.optionalText('Value', 1_000)?.trim();
    if (value) extras.set(extra.text('Key', 100), value);
  });
  return extras;
}

/** An array without items may also be sent as nil or as an empty element without its array type. */
function arrayOf(wire: WireObject, name: string): readonly unknown[] {
  const value = wire.value(name);
  return value === null || value === '' ? [] : wire.list(name);
}
