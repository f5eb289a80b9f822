import {
  calendarDate,
  compareDecimals,
  parseDecimal,
  sumDecimals,
  type CalendarDate,
  type DecimalText,
} from '#lib/kernel';
import { malformed, WireObject } from '../wire/wire-object.js';
import { WODIS_COLUMNS } from './wodis-csv.js';

/** Columns by the words their content goes by at the housing company, counted from 1. Unlisted ones are empty. */
const COLUMN = {
  Satzart: 1,
  Nutzung: 3,
  Objektnummer: 4,
  Strasse: 6,
  Hausnummer: 7,
  PLZ: 8,
  Ort: 9,
  Ortsteil: 10,
  Baujahr: 11,
  Verfuegbarkeit: 14,
  Lage: 15,
  Zimmer: 16,
  Wohnflaeche: 17,
  Heizung: 18,
  Energiekennwert: 19,
  Energieausweis: 20,
  Ausweisdatum: 21,
  Kaltmiete: 23,
  Nebenkosten: 24,
  Heizkosten: 25,
  HeizkostenEnthalten: 26,
  Warmmiete: 27,
  Kaution: 29,
  Titel: 30,
  Lagetext: 32,
  Beschreibung: 33,
  Ausstattung: 34,
  Aufzug: 35,
  Balkon: 36,
  Keller: 37,
  Parken: 46,
} as const;

const FIRST_IMAGE = 58;
const COLUMNS_PER_IMAGE = 5;
const IMAGE_TITLE = 4;

/** What an object is let for. */
export type WodisUse = 'FLAT' | 'COMMERCIAL' | 'PARKING' | 'OTHER';

const USES: ReadonlyMap<string, WodisUse> = new Map([
  ['Wohnraum', 'FLAT'],
  ['Gewerbe', 'COMMERCIAL'],
  ['gewerbliche Nutzung', 'COMMERCIAL'],
  ['Stellplatz', 'PARKING'],
  ['Garage', 'PARKING'],
]);

/** Units that some clerks write behind a number. */
const EUROS = /\s*(?:€|EUR)$/i;
const SQUARE_METRES = /\s*(?:m²|m2|qm)$/i;
const ROOMS = /\s*(?:Zimmer|Räume|Raum)$/i;
const ENERGY = /\s*kWh\/\(?m²[·*. ]?a\)?$/i;

/** One row of the export. Money is euros with two decimals, area m² with two; null is an empty cell. */
export interface WodisObject {
  readonly use: WodisUse;
  /** Wodis number, e.g. `4711 / 2 / 5`: printable ASCII. */
  readonly number: string;
  /** Without house number, even where the export repeats it. */
  readonly street: string;
  readonly houseNumber: string | null;
  readonly postcode: string;
  readonly city: string;
  readonly district: string | null;
  /** As written, because old houses have words here. */
  readonly yearBuilt: string | null;
  /** As written, e.g. `sofort`. */
  readonly availability: string | null;
  /** Null unless the availability is a date. */
  readonly availableFrom: CalendarDate | null;
  readonly floor: string | null;
  /** One decimal, because half rooms exist. */
  readonly rooms: DecimalText | null;
  readonly area: DecimalText | null;
  readonly heating: string | null;
  /** kWh per m² and year. */
  readonly energyValue: DecimalText | null;
  /** As written, e.g. `Bedarfsausweis`. */
  readonly energyCertificate: string | null;
  readonly certificateDate: CalendarDate | null;
  readonly netRent: DecimalText | null;
  readonly serviceCharges: DecimalText | null;
  /** Part of the service charges. */
  readonly heatingCharges: DecimalText | null;
  readonly heatingIncluded: boolean | null;
  readonly grossRent: DecimalText | null;
  /** As written, e.g. `kautionsfrei`. */
  readonly deposit: string | null;
  readonly title: string | null;
  readonly locationText: string | null;
  readonly description: string | null;
  readonly equipment: string | null;
  readonly lift: boolean | null;
  readonly balcony: boolean | null;
  readonly cellar: string | null;
  readonly parking: string | null;
  readonly images: readonly WodisImage[];
}

export interface WodisImage {
  /** Name of the file in the archive. */
  readonly file: string;
  readonly title: string | null;
}

/**
 * Reads one row of `splitWodisCsv`.
 * @throws AppError UPSTREAM_MALFORMED for a wrong number of columns, a wrong value, and rents that contradict each
 *   other: gross rent is net rent plus service charges, and the charges contain the heating share
 */
export function readWodisObject(cells: readonly string[], path: string): WodisObject {
  if (cells.length !== WODIS_COLUMNS) throw malformed(path, `has not ${WODIS_COLUMNS} columns`);
  const names = Object.entries(COLUMN).map(([name, column]) => [name, cells[column - 1]]);
  const row = new WireObject(Object.fromEntries(names), path);
  // Updates and deletions would be other record types; an export of the whole stock has none.
  if (row.text('Satzart') !== 'I') throw malformed(row.at('Satzart'), 'is not a known type of record');
  return { ...readPlace(row), ...readFlat(row), ...readRents(row), ...readTexts(row), images: readImages(cells) };
}

function readPlace(row: WireObject) {
  const houseNumber = row.optionalText('Hausnummer', 20);
  return {
    use: USES.get(row.text('Nutzung')) ?? ('OTHER' as const),
    number: matching(row, 'Objektnummer', /^[\x20-\x7e]{1,60}$/, 'is not an object number'),
    street: withoutHouseNumber(row.text('Strasse', 200), houseNumber),
    houseNumber,
    postcode: matching(row, 'PLZ', /^\d{5}$/, 'is not a postcode of five digits'),
    city: row.text('Ort', 100),
    district: row.optionalText('Ortsteil', 100),
  };
}

function readFlat(row: WireObject) {
  const availability = row.optionalText('Verfuegbarkeit', 100);
  const isDate = availability !== null && /^[\d.]+$/.test(availability);
  return {
    yearBuilt: row.optionalText('Baujahr', 50),
    availability,
    availableFrom: isDate ? date(row, 'Verfuegbarkeit') : null,
    floor: row.optionalText('Lage', 100),
    rooms: decimal(row, 'Zimmer', ROOMS, 1),
    area: decimal(row, 'Wohnflaeche', SQUARE_METRES, 2),
    heating: row.optionalText('Heizung', 100),
    energyValue: decimal(row, 'Energiekennwert', ENERGY, 2),
    energyCertificate: row.optionalText('Energieausweis', 100),
    certificateDate: date(row, 'Ausweisdatum'),
    lift: presence(row, 'Aufzug'),
    balcony: presence(row, 'Balkon'),
    cellar: row.optionalText('Keller', 200),
    parking: row.optionalText('Parken', 200),
  };
}

function readRents(row: WireObject) {
  const netRent = amount(row, 'Kaltmiete');
  const serviceCharges = amount(row, 'Nebenkosten');
  const heatingCharges = amount(row, 'Heizkosten');
  const grossRent = amount(row, 'Warmmiete');
  if (netRent !== null && serviceCharges !== null && grossRent !== null) {
    const sum = sumDecimals([netRent, serviceCharges]);
    if (sum !== grossRent) throw malformed(row.at('Warmmiete'), 'is not net rent plus service charges');
  }
  if (serviceCharges !== null && heatingCharges !== null && compareDecimals(heatingCharges, serviceCharges) > 0) {
    throw malformed(row.at('Heizkosten'), 'is more than the service charges that contain it');
  }
  return {
    netRent,
    serviceCharges,
    heatingCharges,
    grossRent,
    heatingIncluded: presence(row, 'HeizkostenEnthalten'),
    deposit: row.optionalText('Kaution', 100),
  };
}

function readTexts(row: WireObject) {
  return {
    title: row.optionalText('Titel', 500),
    locationText: row.optionalText('Lagetext'),
    description: row.optionalText('Beschreibung'),
    equipment: row.optionalText('Ausstattung'),
  };
}

function readImages(cells: readonly string[]): readonly WodisImage[] {
  const images: WodisImage[] = [];
  for (let column = FIRST_IMAGE; column <= WODIS_COLUMNS; column += COLUMNS_PER_IMAGE) {
    const file = cells[column - 1];
    if (file) images.push({ file, title: cells[column - 1 + IMAGE_TITLE] || null });
  }
  return images;
}

/** Whole house number at the end only: `Beispielweg 1` and 1, but not `Straße des 17. Juni` and 7. */
function withoutHouseNumber(street: string, houseNumber: string | null): string {
  if (houseNumber === null || !street.toLowerCase().endsWith(` ${houseNumber.toLowerCase()}`)) return street;
  return street.slice(0, -houseNumber.length).trim() || street;
}

const DECIMAL_COMMA = /^(?:\d{1,12}|\d{1,3}(?:\.\d{3}){1,3})(?:,\d{1,20})?$/;

/** `1.234,50`, `55,34` or `2`, perhaps with its unit, rounded half-up to `scale` decimals. */
function decimal(row: WireObject, name: string, unit: RegExp, scale: number): DecimalText | null {
  const text = row.optionalText(name, 40)?.replace(unit, '');
  if (text === undefined) return null;
  const plain = DECIMAL_COMMA.test(text) ? text.replaceAll('.', '').replace(',', '.') : '';
  const value = parseDecimal(plain, scale);
  if (value === undefined) throw malformed(row.at(name), 'is not a number with decimal comma');
  return value;
}

/** Euros. Fractions of a cent are refused: rounding would hide a mistake. */
function amount(row: WireObject, name: string): DecimalText | null {
  const value = decimal(row, name, EUROS, 2);
  if (value !== null && compareDecimals(value, decimal(row, name, EUROS, 20)!) !== 0) {
    throw malformed(row.at(name), 'has fractions of a cent');
  }
  return value;
}

function date(row: WireObject, name: string): CalendarDate | null {
  const text = row.optionalText(name, 40);
  if (text === null) return null;
  const parts = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(text);
  const value = parts ? calendarDate(Number(parts[3]), Number(parts[2]), Number(parts[1])) : undefined;
  if (value === undefined) throw malformed(row.at(name), 'is not an existing day written dd.mm.yyyy');
  return value;
}

/** Other words, such as a number of balconies, say nothing certain: null. */
function presence(row: WireObject, name: string): boolean | null {
  const text = row.optionalText(name, 200)?.toLowerCase();
  if (text === 'vorhanden' || text === 'ja') return true;
  return text === 'nicht vorhanden' || text === 'nein' ? false : null;
}

function matching(row: WireObject, name: string, shape: RegExp, reason: string): string {
  const text = row.text(name);
  if (!shape.test(text)) throw malformed(row.at(name), reason);
  return text;
}
