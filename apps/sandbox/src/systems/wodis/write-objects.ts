import { cents, euros } from '../../world/money.js';
import type { FlatToLet } from '../../world/world.js';
import { contactFor } from './contacts.js';

const COLUMNS = 107;
const FIRST_CONTACT = 49;
const FIRST_IMAGE = 58;
/** File, type, `B`, an empty column, title. */
const COLUMNS_PER_IMAGE = 5;
const IMAGES = 5;

/** `objects.csv` as Aareon Wodis Sigma exports it: 107 columns, `;`, CRLF after every row, ISO-8859-1, no header. */
export function writeObjects(flats: readonly FlatToLet[]): Buffer {
  return toLatin1(flats.map((flat, index) => `${writeRow(flat, index)}\r\n`).join(''));
}

/** A row has room for five images; further ones stay at home. */
export function exportedImages(flat: FlatToLet): FlatToLet['images'] {
  return flat.images.slice(0, IMAGES);
}

function writeRow(flat: FlatToLet, index: number): string {
  const row = Array.from({ length: COLUMNS }, () => '');
  // Numbers of columns count from 1, as in Wodis' own interface description.
  const put = (column: number, ...values: readonly string[]) => {
    row.splice(column - 1, values.length, ...values);
  };
  putObject(put, flat, index);
  putRent(put, flat);
  putTexts(put, flat, index);
  put(FIRST_CONTACT, ...contactFor(flat.district));
  exportedImages(flat).forEach((image, place) => {
    put(FIRST_IMAGE + place * COLUMNS_PER_IMAGE, image.file, 'jpg', 'B', '', image.title);
  });
  return row.map(quote).join(';');
}

type Put = (column: number, ...values: readonly string[]) => void;

function putObject(put: Put, flat: FlatToLet, index: number): void {
  put(1, 'I', '1', 'Wohnraum', flat.number, 'jenawohnen GmbH');
  // Some clerks type the house number into the street as well.
  put(6, index % 4 === 2 ? `${flat.street} ${flat.houseNumber}` : flat.street, flat.houseNumber);
  put(8, flat.postcode, flat.city, flat.district, String(flat.yearBuilt));
  put(14, flat.availableFrom === null ? 'sofort' : germanDate(flat.availableFrom), flat.floor);
  put(16, commaDecimal(flat.rooms), commaDecimal(flat.area), flat.heating);
  put(19, commaDecimal(flat.energyValue), certificateOf(flat), germanDate(flat.certificateDate));
}

function putRent(put: Put, flat: FlatToLet): void {
  put(23, amount(flat.netRent), amount(flat.serviceCharges), amount(flat.heatingCharges));
  put(26, cents(flat.heatingCharges) > 0 ? 'ja' : '');
  put(27, amount(euros(cents(flat.netRent) + cents(flat.serviceCharges))));
  put(29, 'kautionsfrei');
}

function putTexts(put: Put, flat: FlatToLet, index: number): void {
  put(30, flat.title, `${flat.street} ${flat.houseNumber}, ${flat.postcode} ${flat.city}`);
  put(32, flat.locationText, flat.description, flat.equipment);
  put(35, presence(flat.lift), presence(flat.balcony), flat.cellar);
  put(46, index % 3 === 0 ? 'öffentlich ' : 'öffentlich im Wohnumfeld');
}

function certificateOf(flat: FlatToLet): string {
  return flat.yearBuilt < 1978 ? 'Bedarfsausweis' : 'Verbrauchsausweis';
}

function presence(there: boolean): string {
  return there ? 'vorhanden' : 'nicht vorhanden';
}

/** `294.00` becomes `294`, `294.50` becomes `294,50`. */
function amount(text: string): string {
  return commaDecimal(text.replace(/\.00$/, ''));
}

function commaDecimal(text: string): string {
  return text.replace('.', ',');
}

/** `2008-02-08` becomes `08.02.2008`. */
function germanDate(date: string): string {
  return date.split('-').toReversed().join('.');
}

function quote(value: string): string {
  return /[;"\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** What the code page lacks becomes a question mark, as Windows does it. */
function toLatin1(text: string): Buffer {
  const carried = text.replace(/\P{ASCII}/gu, (character) => (character <= '\u00ff' ? character : '?'));
  return Buffer.from(carried, 'latin1');
}
