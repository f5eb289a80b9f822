import type { OpenImmoElement } from './openimmo-element.js';
import type {
  EnergyPass,
  EstateAreas,
  EstateCondition,
  EstateEquipment,
  EstatePrices,
  EstateTexts,
} from './openimmo-model.js';
import {
  BATHS,
  CELLARS,
  CERTIFICATE_RULES,
  CERTIFICATES,
  FLOORINGS,
  FUELS,
  FURNISHED,
  HEATING,
  KITCHENS,
  LIFTS,
  PARKING,
} from './openimmo-words.js';

/** Reads `preise`. */
export function readPrices(group: OpenImmoElement | null): EstatePrices {
  return {
    currency: group?.child('waehrung')?.attribute('iso_waehrung')?.toUpperCase() ?? 'EUR',
    netRent: group?.decimal('nettokaltmiete') ?? null,
    coldRent: group?.decimal('kaltmiete') ?? null,
    grossRent: group?.decimal('warmmiete') ?? null,
    serviceCharges: group?.decimal('nebenkosten') ?? null,
    heatingCharges: group?.decimal('heizkosten') ?? null,
    heatingIncluded: group?.flag('heizkosten_enthalten') ?? null,
    deposit: group?.decimal('kaution') ?? null,
    depositText: group?.line('kaution_text') ?? null,
    cooperativeShare: group?.decimal('geschaeftsguthaben') ?? null,
    purchasePrice: group?.decimal('kaufpreis') ?? null,
    period: group?.child('preis_zeiteinheit')?.attribute('zeiteinheit') ?? null,
  };
}

/** Reads `flaechen`. */
export function readAreas(group: OpenImmoElement | null): EstateAreas {
  return {
    livingArea: group?.decimal('wohnflaeche') ?? null,
    usableArea: group?.decimal('nutzflaeche') ?? null,
    totalArea: group?.decimal('gesamtflaeche') ?? null,
    rooms: group?.decimal('anzahl_zimmer', 1) ?? null,
    bedrooms: group?.decimal('anzahl_schlafzimmer', 1) ?? null,
    bathrooms: group?.decimal('anzahl_badezimmer', 1) ?? null,
    balconies: group?.decimal('anzahl_balkone', 0) ?? null,
    terraces: group?.decimal('anzahl_terrassen', 0) ?? null,
    loggias: group?.decimal('anzahl_logia', 0) ?? null,
  };
}

/** Reads `ausstattung`. */
export function readEquipment(group: OpenImmoElement | null): EstateEquipment {
  const lift = group?.child('fahrstuhl') ?? null;
  return {
    heating: group?.child('heizungsart')?.words(HEATING) ?? [],
    fuels: group?.child('befeuerung')?.words(FUELS) ?? [],
    lifts: lift?.words(LIFTS) ?? [],
    liftStated: lift !== null,
    parking: group?.child('stellplatzart')?.words(PARKING) ?? [],
    cellar: group?.child('unterkellert')?.attributeWord('keller', CELLARS) ?? null,
    kitchen: group?.child('kueche')?.words(KITCHENS) ?? [],
    bath: group?.child('bad')?.words(BATHS) ?? [],
    flooring: group?.child('boden')?.words(FLOORINGS) ?? [],
    furnished: group?.child('moebliert')?.attributeWord('moeb', FURNISHED) ?? null,
    wheelchairAccessible: group?.flag('rollstuhlgerecht') ?? null,
    barrierFree: group?.flag('barrierefrei') ?? null,
    suitsSeniors: group?.flag('seniorengerecht') ?? null,
    suitsSharing: group?.flag('wg_geeignet') ?? null,
    guestToilet: group?.flag('gaestewc') ?? null,
    gardenUse: group?.flag('gartennutzung') ?? null,
    storeroom: group?.flag('abstellraum') ?? null,
    bicycleRoom: group?.flag('fahrradraum') ?? null,
  };
}

const MOST_CERTIFICATES = 10;

/** Reads `zustand_angaben`. */
export function readCondition(group: OpenImmoElement | null): EstateCondition {
  return {
    yearBuilt: group?.line('baujahr') ?? null,
    lastModernised: group?.line('letztemodernisierung') ?? null,
    state: group?.child('zustand')?.attribute('zustand_art') ?? null,
    certificates: (group?.children('energiepass') ?? []).slice(0, MOST_CERTIFICATES).map(readEnergyPass),
  };
}

/** Reads `energiepass`. Until version 1.2.2 its kind was called `art`, and one value served both kinds. */
export function readEnergyPass(pass: OpenImmoElement): EnergyPass {
  return {
    kind: pass.word('epart', CERTIFICATES) ?? pass.word('art', CERTIFICATES),
    rules: pass.word('jahrgang', CERTIFICATE_RULES),
    demand: pass.decimal('endenergiebedarf'),
    consumption: pass.decimal('energieverbrauchkennwert'),
    withHotWater: pass.flag('mitwarmwasser'),
    efficiencyClass: pass.line('wertklasse', 20),
    energySource: pass.line('primaerenergietraeger'),
    issued: pass.date('ausstelldatum'),
    validUntil: pass.line('gueltig_bis', 100),
  };
}

/** Reads `freitexte`. */
export function readTexts(group: OpenImmoElement | null): EstateTexts {
  return {
    title: group?.line('objekttitel', 1_000) ?? null,
    summary: group?.text('dreizeiler') ?? null,
    location: group?.text('lage') ?? null,
    equipment: group?.text('ausstatt_beschr') ?? null,
    description: group?.text('objektbeschreibung') ?? null,
    other: group?.text('sonstige_angaben') ?? null,
  };
}
