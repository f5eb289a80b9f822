import { malformed, readWodisObject, splitWodisCsv, type WodisObject } from '#lib/formats';
import { AppError, type Loaded, type Omission } from '#lib/kernel';
import type { Turns } from '../feed/turns.js';
import type { CertificateKind, EnergyCertificate, FeedListing } from '../model/listing.js';

const CERTIFICATES: ReadonlyMap<string, CertificateKind> = new Map([
  ['Bedarfsausweis', 'DEMAND'],
  ['Verbrauchsausweis', 'CONSUMPTION'],
]);

const PATH = 'objects.csv';

/**
 * Reads the flats of a Wodis export, in the order of the file. Shops and parking spaces are passed over; a malformed
 * row and a flat that is listed again are left out and reported.
 * @param csv the export's list of objects
 * @throws AppError UPSTREAM_MALFORMED for a list that cannot be read and for one without a single readable row
 */
export function* readListings(csv: Buffer): Turns<Loaded<readonly FeedListing[]>> {
  const listings = new Map<string, FeedListing>();
  const omissions: Omission[] = [];
  let rows = 0;
  for (const cells of splitWodisCsv(csv)) {
    if (cells === null) {
      yield;
      continue;
    }
    const path = `${PATH}[${rows}]`;
    rows += 1;
    try {
      const listing = readListing(readWodisObject(cells, path), path);
      if (listing !== null && listings.has(listing.number)) throw malformed(path, 'is listed before');
      if (listing !== null) listings.set(listing.number, listing);
    } catch (error) {
      omissions.push(omissionOf(error, path));
    }
  }
  if (omissions.length === rows) throw nothingReadable(omissions);
  return { value: [...listings.values()], omissions };
}

function omissionOf(error: unknown, path: string): Omission {
  if (!(error instanceof AppError) || error.code !== 'UPSTREAM_MALFORMED') throw error;
  return { path: error.details.path ?? path, reason: error.details.reason ?? 'is malformed' };
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
