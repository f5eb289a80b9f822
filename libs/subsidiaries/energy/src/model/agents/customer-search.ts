import { AppError, type CalendarDate } from '#lib/kernel';

/** What business partners are searched by: one number, or a name with what narrows it. */
export type CustomerSearchBy =
  | { readonly kind: 'customer-number' | 'contract-number' | 'contract-account-number'; readonly number: string }
  | { readonly kind: 'meter-serial-number'; readonly serialNumber: string }
  | ({ readonly kind: 'name' } & NameCriteria);

export interface NameCriteria {
  readonly lastName: string;
  readonly firstName: string | null;
  /** Without the number of the house. */
  readonly street: string | null;
  readonly postcode: string | null;
  readonly birthDate: CalendarDate | null;
}

/** What callers give: exactly one. */
export interface CustomerSearchInput {
  readonly customerNumber?: string | null;
  readonly contractNumber?: string | null;
  readonly contractAccountNumber?: string | null;
  readonly meterSerialNumber?: string | null;
  readonly name?: NameInput | null;
}

export interface NameInput {
  readonly lastName: string;
  readonly firstName?: string | null;
  readonly street?: string | null;
  readonly postcode?: string | null;
  readonly birthDate?: CalendarDate | null;
}

/** Most people that one search shows; whoever meets more gives more. */
export const MOST_HITS = 20;

/** A last name alone is longer than one with something beside it: two letters and a street are enough. */
const SHORTEST_NAME = 2;
const SHORTEST_NAME_ALONE = 3;
const SHORTEST_STREET = 3;

/** SAP's match codes take `*` for anything: a search by less than what was typed is not what was meant. */
const NAME = /^\p{L}[\p{L}\p{M}'’. -]*$/u;
const STREET = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}'’./ -]*$/u;
const SERIAL_NUMBER = /^[A-Za-z0-9][A-Za-z0-9./-]{3,17}$/;

/**
 * Reads what is searched by; numbers come out as SAP stores them, with their leading zeros.
 * @throws AppError INVALID_INPUT with the path below `by`
 */
export function parseCustomerSearch(by: CustomerSearchInput): CustomerSearchBy {
  const { customerNumber, contractNumber, contractAccountNumber, meterSerialNumber, name } = by;
  if (typeof customerNumber === 'string') {
    return { kind: 'customer-number', number: digits('customerNumber', customerNumber, 10) };
  }
  if (typeof contractNumber === 'string') {
    return { kind: 'contract-number', number: digits('contractNumber', contractNumber, 10) };
  }
  if (typeof contractAccountNumber === 'string') {
    return { kind: 'contract-account-number', number: digits('contractAccountNumber', contractAccountNumber, 12) };
  }
  if (typeof meterSerialNumber === 'string') {
    const serialNumber = meterSerialNumber.replace(/\s/g, '').toUpperCase();
    if (SERIAL_NUMBER.test(serialNumber)) return { kind: 'meter-serial-number', serialNumber };
    throw invalid('meterSerialNumber', 'must be the 4 to 18 characters that stand on the meter');
  }
  if (name) return parseName(name);
  throw invalid('', 'exactly one criterion must be given');
}

/** What is searched by, as the record of it names it; never the values. */
export function criteriaOf(by: CustomerSearchBy): readonly string[] {
  if (by.kind !== 'name') return [by.kind];
  const { firstName, street, postcode, birthDate } = by;
  return [
    'last-name',
    ...(firstName === null ? [] : ['first-name']),
    ...(street === null ? [] : ['street']),
    ...(postcode === null ? [] : ['postcode']),
    ...(birthDate === null ? [] : ['birth-date']),
  ];
}

function parseName({ birthDate = null, ...input }: NameInput): CustomerSearchBy {
  const firstName = optional('name.firstName', input.firstName, NAME, 1, 40);
  const street = optional('name.street', input.street, STREET, SHORTEST_STREET, 60);
  const postcode = optional('name.postcode', input.postcode, /^\d{5}$/, 5, 5);
  const isAlone = [firstName, street, postcode, birthDate].every((each) => each === null);
  const lastName = text('name.lastName', input.lastName, NAME, isAlone ? SHORTEST_NAME_ALONE : SHORTEST_NAME, 40);
  return { kind: 'name', lastName, firstName, street, postcode, birthDate };
}

function optional(
  path: string,
  typed: string | null | undefined,
  shape: RegExp,
  least: number,
  most: number,
): string | null {
  return typed === null || typed === undefined ? null : text(path, typed, shape, least, most);
}

function text(path: string, typed: string, shape: RegExp, least: number, most: number): string {
  const plain = typed.normalize('NFC').trim();
  const reason = `must have ${least} to ${most} characters without placeholders`;
  if (plain.length > most || !shape.test(plain)) throw invalid(path, reason);
  if ((plain.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < least) throw invalid(path, reason);
  return plain;
}

function digits(path: string, typed: string, length: number): string {
  const plain = typed.replace(/\s/g, '').replace(/^0+(?=\d)/, '');
  if (/^\d+$/.test(plain) && plain.length <= length) return plain.padStart(length, '0');
  throw invalid(path, `must be a number of at most ${length} digits`);
}

function invalid(path: string, reason: string): AppError {
  const place = path === '' ? 'by' : `by.${path}`;
  return new AppError('INVALID_INPUT', `${place} ${reason}`, { path: place, reason });
}
