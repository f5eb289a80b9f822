import { parseGlobalId, toGlobalId } from '#lib/kernel';

/** A meter (Zähler) of a customer: whose, under which contract, and the device's number. */
export interface MeterKey {
  readonly account: string;
  readonly contract: string;
  readonly device: string;
}

/** A register (Zählwerk) of a meter. */
export interface RegisterKey extends MeterKey {
  readonly register: string;
}

/**
 * Ids of meters and registers name the customer and the contract beside the device, so that a foreign one is known
 * without asking SAP. They grant nothing: what they say is compared with SAP's own list before anything is sent.
 */
export function meterId({ account, contract, device }: MeterKey): string {
  return toGlobalId('Meter', joined([account, contract, device]));
}

export function registerId({ account, contract, device, register }: RegisterKey): string {
  return toGlobalId('Register', joined([account, contract, device, register]));
}

/** Id of a reading of a meter. */
export function readingId({ account, contract, device }: MeterKey, reading: string): string {
  return toGlobalId('MeterReading', joined([account, contract, device, reading]));
}

/** @returns undefined when `id` is not an id of a meter */
export function parseMeterId(id: string): MeterKey | undefined {
  const [account, contract, device] = parts(id, 'Meter', 3) ?? [];
  return account === undefined || contract === undefined || device === undefined
    ? undefined
    : { account, contract, device };
}

/** @returns undefined when `id` is not an id of a register */
export function parseRegisterId(id: string): RegisterKey | undefined {
  const [account, contract, device, register] = parts(id, 'Register', 4) ?? [];
  return account === undefined || contract === undefined || device === undefined || register === undefined
    ? undefined
    : { account, contract, device, register };
}

/** A reading (Zählerstand) of a meter. */
export interface ReadingKey extends MeterKey {
  readonly reading: string;
}

/** @returns undefined when `id` is not an id of a reading */
export function parseReadingId(id: string): ReadingKey | undefined {
  const [account, contract, device, reading] = parts(id, 'MeterReading', 4) ?? [];
  return account === undefined || contract === undefined || device === undefined || reading === undefined
    ? undefined
    : { account, contract, device, reading };
}

/** SAP's numbers may hold any printable character, the separator included. */
function joined(numbers: readonly string[]): string {
  return numbers.map(encodeURIComponent).join('/');
}

function parts(id: string, type: string, count: number): readonly string[] | undefined {
  const parsed = parseGlobalId(id);
  const numbers = parsed?.type === type ? parsed.key.split('/') : [];
  if (numbers.length !== count || numbers.includes('')) return undefined;
  try {
    return numbers.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
