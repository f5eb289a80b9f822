import type { ListingFilter, ListingSort } from '../model/listing-search.js';
import type { BenchFlat } from './bench-flats.js';

/** The wishes that the bench varies. */
export type BenchFilter = Pick<ListingFilter, 'minRooms' | 'maxGrossRent' | 'districts' | 'text'>;

/** Numbers of all flats that fit, in order: one look at each flat, and a sort. */
export function plainSearch(flats: readonly BenchFlat[], filter: BenchFilter, sort: ListingSort): readonly string[] {
  const words = (filter.text ?? '').toLowerCase().split(' ').filter(Boolean);
  const found = flats.filter((flat) => {
    const text = `${flat.title} ${flat.district} ${flat.description}`.toLowerCase();
    return (
      flat.rooms >= Number(filter.minRooms ?? 0) &&
      grossRent(flat) <= Math.round(Number(filter.maxGrossRent ?? 1e9) * 100) &&
      (filter.districts?.includes(flat.district) ?? true) &&
      words.every((word) => text.includes(word))
    );
  });
  const value = valueOf(sort);
  const direction = sort.endsWith('_ASC') ? 1 : -1;
  found.sort((left, right) => direction * (value(left) - value(right)) || (left.number < right.number ? -1 : 1));
  return found.map(({ number }) => number);
}

function grossRent({ netRent, serviceCharges }: BenchFlat): number {
  return netRent + serviceCharges;
}

function valueOf(sort: ListingSort): (flat: BenchFlat) => number {
  if (sort.startsWith('RENT')) return grossRent;
  return sort.startsWith('AREA') ? ({ area }) => area : ({ rooms }) => rooms;
}
