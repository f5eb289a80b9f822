/** Number → word of one table of the format; numbers that a table lacks become OTHER. */
type Table = Readonly<Record<number, string>>;

export const ROOM_TYPES = {
  1: 'UNDEFINED',
  10: 'KITCHEN',
  11: 'BATHROOM',
  12: 'CORRIDOR',
  13: 'ROOM',
  14: 'STOREROOM',
  15: 'BALCONY',
  16: 'STAIRCASE',
  17: 'LAUNDRY',
  18: 'CELLAR',
  19: 'ATTIC',
} as const;

export const APPLIANCE_TYPES = {
  1: 'UNDEFINED',
  10: 'REFRIGERATOR',
  11: 'FREEZER',
  12: 'DISHWASHER',
  13: 'EXTRACTOR_HOOD',
  14: 'COOKER',
  15: 'OVEN',
  16: 'STEAMER',
  17: 'MICROWAVE',
  20: 'WASHING_MACHINE',
  21: 'TUMBLE_DRYER',
  22: 'ROOM_AIR_DRYER',
  23: 'CARD_OR_COIN_METER',
} as const;

export const MANUFACTURER_TYPES = { 0: 'UNDEFINED', 1: 'VARIOUS' } as const;

export const PERSON_TYPES = { 0: 'UNDEFINED', 1: 'TENANT', 2: 'OWNER', 3: 'MANAGEMENT', 4: 'CARETAKER' } as const;

export const SALUTATIONS = {
  0: 'UNDEFINED',
  1: 'MR',
  2: 'MS',
  3: 'COMPANY',
  4: 'FAMILY',
  5: 'MR_AND_MS',
} as const;

/** Some senders write the salutation's word instead of its number. */
export const SALUTATION_WORDS: ReadonlyMap<string, Salutation> = new Map([
  ['herr', 'MR'],
  ['frau', 'MS'],
  ['firma', 'COMPANY'],
  ['familie', 'FAMILY'],
  ['herr und frau', 'MR_AND_MS'],
]);

type WordIn<T extends Table> = T[keyof T] | 'OTHER';

export type RoomType = WordIn<typeof ROOM_TYPES>;
export type ApplianceType = WordIn<typeof APPLIANCE_TYPES>;
export type ManufacturerType = WordIn<typeof MANUFACTURER_TYPES>;
export type PersonType = WordIn<typeof PERSON_TYPES>;
export type Salutation = WordIn<typeof SALUTATIONS>;

export function wordOfNumber<T extends Table>(table: T, number: number): WordIn<T> {
  return Object.hasOwn(table, number) ? (table[number] as WordIn<T>) : 'OTHER';
}

/** The number of a word. OTHER has none, so it becomes the table's number for undefined. */
export function numberOfWord<T extends Table>(table: T, word: WordIn<T>): number {
  const entry = Object.entries(table).find(([, each]) => each === word) ?? Object.entries(table)[0];
  return Number(entry?.[0]);
}
