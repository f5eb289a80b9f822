import { ACTIONS, ESTATE_KINDS, FLAT_TYPES, MARKETING, USES, wordOf } from './openimmo-words.js';
import type { OpenImmoElement } from './openimmo-element.js';
import type { EstateCategory, EstateIdentity, EstatePlace, EstateTerms } from './openimmo-model.js';
import { openImmoDate } from './openimmo-values.js';

/** Reads `verwaltung_techn`; null when the object has none. */
export function readIdentity(group: OpenImmoElement | null): EstateIdentity {
  return {
    number: group?.line('objektnr_extern') ?? null,
    internalNumber: group?.line('objektnr_intern') ?? null,
    obid: group?.line('openimmo_obid') ?? null,
    action: group?.child('aktion')?.attributeWord('aktionart', ACTIONS) ?? null,
    asOf: group?.date('stand_vom') ?? null,
    activeFrom: group?.date('aktiv_von') ?? null,
    activeUntil: group?.date('aktiv_bis') ?? null,
  };
}

/** Reads `objektkategorie`. */
export function readCategory(group: OpenImmoElement | null): EstateCategory {
  const kind = group
    ?.child('objektart')
    ?.children()
    .find(({ name }) => name !== 'objektart_zusatz' && !name.startsWith('user_defined'));
  return {
    uses: group?.child('nutzungsart')?.words(USES) ?? [],
    marketing: group?.child('vermarktungsart')?.words(MARKETING) ?? [],
    kind: kind ? wordOf(ESTATE_KINDS, kind.name) : null,
    flatType: kind?.attributeWord('wohnungtyp', FLAT_TYPES) ?? null,
  };
}

/** Reads `geo`. What leads to the door is not even read unless the owner released it. */
export function readPlace(group: OpenImmoElement | null, addressReleased: boolean): EstatePlace {
  const coordinates = group?.child('geokoordinaten');
  return {
    postcode: group?.line('plz') ?? null,
    city: group?.line('ort') ?? null,
    country: group?.child('land')?.attribute('iso_land') ?? null,
    region: group?.line('regionaler_zusatz') ?? null,
    floor: group?.line('etage') ?? null,
    address:
      group && addressReleased
        ? {
            street: group.line('strasse'),
            houseNumber: group.line('hausnummer'),
            flatNumber: group.line('wohnungsnr'),
            latitude: coordinates?.attributeDecimal('breitengrad', 6) ?? null,
            longitude: coordinates?.attributeDecimal('laengengrad', 6) ?? null,
          }
        : null,
  };
}

/** Reads `verwaltung_objekt`. */
export function readTerms(group: OpenImmoElement | null): EstateTerms {
  const wording = group?.line('verfuegbar_ab') ?? null;
  const worded = wording === null ? null : (openImmoDate(wording) ?? null);
  return {
    addressReleased: group?.flag('objektadresse_freigeben') ?? false,
    availableFrom: group?.date('abdatum') ?? worded,
    availability: worded === null ? wording : null,
    entitlementRequired: group?.flag('wbs_sozialwohnung') ?? null,
    let: group?.flag('vermietet') ?? null,
    petsAllowed: group?.flag('haustiere') ?? null,
  };
}
