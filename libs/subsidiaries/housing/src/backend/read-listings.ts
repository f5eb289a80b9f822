import { malformed, readRows, readWodisObject, splitWodisCsv, wodisObjectsCsv, type WodisObject } from '#lib/formats';
import type { Loaded, Omission } from '#lib/kernel';
import type { Turns } from '../feed/turns.js';
import type { CertificateKind, EnergyCertificate, FeedListing } from '../model/listing.js';

const CERTIFICATES: ReadonlyMap<string, CertificateKind> = new Map([
  ['Bedarfsausweis', 'DEMAND'],
  ['Verbrauchsausweis', 'CONSUMPTION'],
]);

const PATH = 'objects.csv';

/** Rows that are read in one turn: some milliseconds. */
const ROWS_PER_TURN = 20;

/**
 * Reads the flats of a Wodis export, in the order of the file. Shops and parking spaces are passed over; a malformed
 * row and a flat that is listed again are left out and reported.
 * @throws AppError UPSTREAM_MALFORMED for an export that cannot be read and for one without a single readable row
 */
export function* readListings(bytes: Buffer): Turns<Loaded<readonly FeedListing[]>> {
  const rows = splitWodisCsv(wodisObjectsCsv(bytes));
  const listings = new Map<string, FeedListing>();
  const omissions: Omission[] = [];
  let readable = 0;
  for (let at = 0; at < rows.length; at += ROWS_PER_TURN) {
    yield;
    let index = at;
    const read = readRows(rows.slice(at, at + ROWS_PER_TURN), PATH, (row) => {
      const path = `${PATH}[${index++}]`;
      const listing = readListing(readWodisObject(row as readonly string[], path), path);
      if (listing !== null && listings.has(listing.number)) throw malformed(path, 'is listed before');
      if (listing !== null) listings.set(listing.number, listing);
    });
    readable += read.value.length;
    omissions.push(...read.omissions);
  }
  if (readable === 0) throw nothingReadable(omissions);
  return { value: [...listings.values()], omissions };
}

/** Every row is wrong: then the export is, and the first row says how. */
function nothingReadable([first]: readonly Omission[]): Error {
  return malformed(first?.path ?? PATH, first?.reason ?? 'has no rows');
}

/** Null for anything but a flat. */
function readListing(object: WodisObject, path: string): FeedListing | null {
  if (object.use !== 'FLAT') return null;
  const { number, district, floor, heatingCharges, heatingIncluded, deposit, availableFrom, availability } = object;
  const { yearBuilt, heating, lift, balcony, cellar, parking, description, equipment, images } = object;
  return {
    number,
    title: object.title,
    address: addressOf(object),
    postcode: object.postcode,
    city: object.city,
    district,
    rooms: stated(object.rooms, path, 'Zimmer'),
    area: stated(object.area, path, 'Wohnflaeche'),
    floor,
    netRent: stated(object.netRent, path, 'Kaltmiete'),
    serviceCharges: stated(object.serviceCharges, path, 'Nebenkosten'),
    heatingCharges,
    heatingIncluded,
    grossRent: stated(object.grossRent, path, 'Warmmiete'),
    deposit,
    availableFrom,
    availability,
    yearBuilt,
    heating,
    energy: energyOf(object),
    lift,
    balcony,
    cellar,
    parking,
    location: object.locationText,
    description,
    equipment,
    images,
  };
}

function addressOf({ street, houseNumber, postcode, city }: WodisObject): string {
  return `${houseNumber === null ? street : `${street} ${houseNumber}`}, ${postcode} ${city}`;
}

function energyOf({ energyCertificate, energyValue, certificateDate }: WodisObject): EnergyCertificate | null {
  if (energyCertificate === null && energyValue === null) return null;
  return { kind: CERTIFICATES.get(energyCertificate ?? '') ?? 'OTHER', value: energyValue, date: certificateDate };
}

function stated<T>(value: T | null, path: string, column: string): T {
  if (value === null) throw malformed(`${path}.${column}`, 'is empty');
  return value;
}
