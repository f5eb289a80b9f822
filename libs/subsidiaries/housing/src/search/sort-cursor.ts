import { refused, type ListingSort } from '../model/listing-search.js';

/** A place in an order: hundredths of euros, m² or rooms, and the number. */
export interface SortPlace {
  readonly value: number;
  readonly number: string;
}

/** Negative, 0 or positive, as `left` comes before, at or after `right`. */
export function comparePlaces(left: SortPlace, right: SortPlace, sort: ListingSort): number {
  if (left.value !== right.value) return (left.value - right.value) * directionOf(sort);
  return compareNumbers(left.number, right.number);
}

/** 1 for ascending, -1 for descending. */
export function directionOf(sort: ListingSort): number {
  return sort.endsWith('_ASC') ? 1 : -1;
}

export function compareNumbers(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

export const LONGEST_CURSOR = 400;

/** A cursor names a place, not a listing: it stays valid when that listing is gone. */
export function cursorOf({ value, number }: SortPlace, sort: ListingSort): string {
  return Buffer.from(`${sort}|${value}|${number}`, 'utf8').toString('base64url');
}

/** @throws AppError INVALID_INPUT for a cursor that is not ours or of another order */
export function parseCursor(cursor: string, sort: ListingSort): SortPlace {
  const text = cursor.length > LONGEST_CURSOR ? '' : Buffer.from(cursor, 'base64url').toString('utf8');
  const match = /^([A-Z_]{1,20})\|(-?\d{1,15})\|(.{1,200})$/su.exec(text);
  const place = match && { value: Number(match[2]), number: match[3]! };
  // Base64 that decodes to the same text in another spelling is not ours either.
  if (!place || match[1] !== sort || cursorOf(place, sort) !== cursor) {
    throw refused('after', 'is not a cursor of this list');
  }
  return place;
}
