import { malformed, type EnergyPass, type OpenImmoEstate } from '#lib/formats';
import type { CalendarDate, DecimalText } from '#lib/kernel';
import type { EnergyCertificate, FeedListing, ListingImage } from '../model/listing.js';
import { plainText } from './plain-text.js';
import { rentOf } from './rent.js';

/** A flat of the feed, with what the list of flats does not show. */
export interface OfferedFlat {
  readonly listing: FeedListing;
  /** `openimmo_obid`. */
  readonly obid: string | null;
  /** Only with a housing entitlement certificate (WBS); null is not stated. */
  readonly entitlementRequired: boolean | null;
  /** `objektadresse_freigeben`; without it nobody may be shown the way to the door. */
  readonly addressReleased: boolean;
  /** `stand_vom`. */
  readonly asOf: CalendarDate | null;
}

/**
 * The flat to let that an OpenImmo object describes; null for anything else: houses, shops, flats for sale, flats that
 * are let.
 * @param path place of the object
 * @throws AppError UPSTREAM_MALFORMED when the flat lacks what a listing must have
 */
export function readOfferedFlat(estate: OpenImmoEstate, path: string): OfferedFlat | null {
  if (!isFlatToLet(estate)) return null;
  const { identity, terms } = estate;
  const listing: FeedListing = {
    number: numberOf(estate, path),
    ...wordsOf(estate.texts),
    ...placeOf(estate.place, path),
    rooms: positive(estate.areas.rooms, `${path}.flaechen.anzahl_zimmer`),
    area: positive(estate.areas.livingArea, `${path}.flaechen.wohnflaeche`),
    ...rentOf(estate.prices, `${path}.preise`),
    deposit: depositOf(estate.prices),
    availableFrom: terms.availableFrom,
    availability: terms.availability,
    ...buildingOf(estate),
    images: estate.attachments.flatMap(imageOf),
  };
  const { entitlementRequired, addressReleased } = terms;
  return { listing, obid: identity.obid, entitlementRequired, addressReleased, asOf: identity.asOf };
}

/** The number a flat goes by: the landlord's, else OpenImmo's. @throws AppError UPSTREAM_MALFORMED without any */
export function numberOf({ identity }: OpenImmoEstate, path: string): string {
  const at = `${path}.verwaltung_techn.objektnr_extern`;
  const number = identity.number ?? identity.obid;
  if (number === null) throw malformed(at, 'is missing');
  // It becomes part of a global id.
  if (!/^[\x20-\x7e]{1,200}$/.test(number)) throw malformed(at, 'is not printable ASCII');
  return number;
}

/** A feed that says nothing of a group is taken to mean flats to let. */
function isFlatToLet({ category, terms }: OpenImmoEstate): boolean {
  const { kind, uses, marketing } = category;
  const forLiving = uses.length === 0 || uses.includes('WOHNEN');
  const toLet = marketing.length === 0 || marketing.includes('MIETE_PACHT');
  return (kind === null || kind === 'WOHNUNG') && forLiving && toLet && terms.let !== true;
}

function wordsOf(texts: OpenImmoEstate['texts']) {
  return {
    title: plainText(texts.title),
    location: plainText(texts.location),
    description: plainText(texts.description ?? texts.summary),
    equipment: plainText(texts.equipment),
  };
}

function placeOf(place: OpenImmoEstate['place'], path: string) {
  const { postcode, city, region, address } = place;
  if (postcode === null || city === null)
    throw malformed(`${path}.geo.${postcode === null ? 'plz' : 'ort'}`, 'is missing');
  const street = [address?.street, address?.houseNumber].filter(Boolean).join(' ');
  return {
    address: address?.street ? `${street}, ${postcode} ${city}` : null,
    postcode,
    city,
    district: region,
    floor: floorName(place.floor),
  };
}

function floorName(floor: string | null): string | null {
  if (floor === null || !/^-?\d{1,2}$/.test(floor)) return floor;
  const number = Number(floor);
  if (number === 0) return 'Erdgeschoss';
  return number > 0 ? `${number}. Etage` : `${-number}. Untergeschoss`;
}

function depositOf({ deposit, depositText }: OpenImmoEstate['prices']): string | null {
  return depositText ?? (deposit === null ? null : `${deposit.replace('.', ',')} €`);
}

const HEATING: Readonly<Record<string, string>> = {
  OFEN: 'Ofenheizung',
  ETAGE: 'Etagenheizung',
  ZENTRAL: 'Zentralheizung',
  FERN: 'Fernwärme',
  FUSSBODEN: 'Fußbodenheizung',
};
const PARKING: Readonly<Record<string, string>> = {
  GARAGE: 'Garage',
  TIEFGARAGE: 'Tiefgarage',
  CARPORT: 'Carport',
  FREIPLATZ: 'Stellplatz',
  PARKHAUS: 'Parkhaus',
  DUPLEX: 'Duplex-Stellplatz',
};
const CELLAR: Readonly<Record<string, string>> = { JA: 'vorhanden', NEIN: 'nicht vorhanden', TEIL: 'teilweise' };

function buildingOf({ equipment, condition, areas }: OpenImmoEstate) {
  const balconies = [areas.balconies, areas.loggias];
  return {
    yearBuilt: condition.yearBuilt,
    heating: named(equipment.heating, HEATING),
    energy: energyOf(condition.certificates[0]),
    lift: equipment.liftStated ? equipment.lifts.includes('PERSONEN') : null,
    balcony: balconies.every((count) => count === null) ? null : balconies.some((count) => Number(count ?? 0) > 0),
    cellar: equipment.cellar === null ? null : (CELLAR[equipment.cellar] ?? null),
    parking: named(equipment.parking, PARKING),
  };
}

function named(words: readonly string[], names: Readonly<Record<string, string>>): string | null {
  return words.flatMap((word) => names[word] ?? []).join(', ') || null;
}

function energyOf(pass: EnergyPass | undefined): EnergyCertificate | null {
  const value = pass?.consumption ?? pass?.demand ?? null;
  if (!pass || (pass.kind === null && value === null)) return null;
  if (pass.kind === 'BEDARF') return { kind: 'DEMAND', value: pass.demand ?? value, date: pass.issued };
  return { kind: pass.kind === 'VERBRAUCH' ? 'CONSUMPTION' : 'OTHER', value, date: pass.issued };
}

/** Pictures beside the feed only: an address in a feed is never fetched. */
function imageOf({ path, title, format, location }: OpenImmoEstate['attachments'][number]): readonly ListingImage[] {
  const isFile =
    path !== null && location !== 'REMOTE' && /^[^/\\:\p{Cc}]{1,200}$/u.test(path) && !path.startsWith('.');
  const isPicture = format === 'JPEG' || format === 'PNG' || /\.(?:jpe?g|png)$/i.test(path ?? '');
  return isFile && isPicture ? [{ file: path, title }] : [];
}

/** Zero is how senders write that they do not know. */
function positive(value: DecimalText | null, path: string): DecimalText {
  if (value === null || Number(value) <= 0) throw malformed(path, 'is missing');
  return value;
}
