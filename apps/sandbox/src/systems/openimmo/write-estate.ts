import { cents, euros } from '../../world/money.js';
import type { FlatToLet } from '../../world/world.js';
import { contactFor } from '../wodis/contacts.js';
import { element, type Markup } from './xml-writer.js';

/** What an export says of one flat besides its facts. */
export interface Estate {
  readonly flat: FlatToLet;
  /** Portals may show street and number. */
  readonly showsAddress: boolean;
  /** Only with a certificate of entitlement to housing. */
  readonly subsidised: boolean;
  /** Left out in a full export. */
  readonly action: 'CHANGE' | 'DELETE' | null;
}

/** `immobilie` of OpenImmo 1.2.7, its parts in the standard's order. */
export function writeEstate(estate: Estate, today: string): Markup {
  const { flat } = estate;
  return element('immobilie', [
    element('objektkategorie', [
      element('nutzungsart', '', { WOHNEN: 'true', GEWERBE: 'false', ANLAGE: '0', WAZ: '0' }),
      element('vermarktungsart', '', { KAUF: 'false', MIETE_PACHT: '1' }),
      element('objektart', [element('wohnung', '', { wohnungtyp: flat.floor === GROUND ? 'ERDGESCHOSS' : 'ETAGE' })]),
    ]),
    geo(flat),
    contact(flat),
    prices(flat),
    element('flaechen', [
      element('wohnflaeche', flat.area),
      element('anzahl_zimmer', flat.rooms),
      element('anzahl_balkone', flat.balcony ? '1' : '0'),
    ]),
    fittings(flat),
    condition(flat),
    element('freitexte', [
      element('objekttitel', flat.title),
      element('lage', flat.locationText),
      element('ausstatt_beschr', flat.equipment),
      element('objektbeschreibung', flat.description),
    ]),
    attachments(flat),
    management(estate),
    technical(estate, today),
  ]);
}

const GROUND = 'Erdgeschoss';
/** Certificates of energy hold ten years. */
const CERTIFICATE_YEARS = 10;
/** Since then the certificate goes by measured consumption. */
const MEASURED_SINCE = 1978;

function geo({ postcode, city, street, houseNumber, floor, district }: FlatToLet): Markup {
  return element('geo', [
    element('plz', postcode),
    element('ort', city),
    element('strasse', street),
    element('hausnummer', houseNumber),
    element('bundesland', 'Thüringen'),
    element('land', '', { iso_land: 'DEU' }),
    element('etage', floor === GROUND ? '0' : String(Number.parseInt(floor, 10))),
    element('regionaler_zusatz', district),
  ]);
}

function contact({ district }: FlatToLet): Markup {
  const [salutation, fullName, street, postcode, city, phone, , email, website] = contactFor(district);
  const [firstName = '', lastName = ''] = fullName.split(' ');
  return element('kontaktperson', [
    element('email_zentrale', email),
    element('tel_zentrale', phone),
    element('name', lastName),
    element('vorname', firstName),
    element('anrede', salutation),
    element('firma', 'jenawohnen GmbH'),
    element('strasse', street),
    element('plz', postcode),
    element('ort', city),
    element('url', website),
    element('adressfreigabe', 'true'),
  ]);
}

/** Heating is part of the service charges, as in the landlord's books. */
function prices({ netRent, serviceCharges, heatingCharges }: FlatToLet): Markup {
  return element('preise', [
    element('nettokaltmiete', netRent),
    element('kaltmiete', netRent),
    element('warmmiete', euros(cents(netRent) + cents(serviceCharges))),
    element('nebenkosten', serviceCharges),
    element('heizkosten_enthalten', '1'),
    element('heizkosten', heatingCharges),
    element('preis_zeiteinheit', '', { zeiteinheit: 'MONAT' }),
    element('provisionspflichtig', 'false'),
    element('waehrung', '', { iso_waehrung: 'EUR' }),
    element('kaution_text', 'kautionsfrei'),
  ]);
}

function fittings({ heating, lift, cellar }: FlatToLet): Markup {
  const isDistrictHeating = heating === 'Fernwärme';
  const kind = isDistrictHeating ? 'FERN' : heating === 'Gas zentral' ? 'ZENTRAL' : 'ETAGE';
  return element('ausstattung', [
    element('heizungsart', '', { [kind]: 'true' }),
    element('befeuerung', '', { [isDistrictHeating ? 'FERN' : 'GAS']: '1' }),
    element('fahrstuhl', '', { PERSONEN: lift ? 'true' : 'false', LASTEN: 'false' }),
    element('unterkellert', '', { keller: cellar === '' ? 'NEIN' : 'JA' }),
  ]);
}

function condition({ yearBuilt, certificateDate, energyValue, heating }: FlatToLet): Markup {
  const isMeasured = yearBuilt >= MEASURED_SINCE;
  const validUntil = `${Number(certificateDate.slice(0, 4)) + CERTIFICATE_YEARS}${certificateDate.slice(4)}`;
  return element('zustand_angaben', [
    element('baujahr', String(yearBuilt)),
    element('energiepass', [
      element('epart', isMeasured ? 'VERBRAUCH' : 'BEDARF'),
      element('gueltig_bis', validUntil),
      element(isMeasured ? 'energieverbrauchkennwert' : 'endenergiebedarf', energyValue),
      element('primaerenergietraeger', heating === 'Fernwärme' ? 'FERN' : 'GAS'),
      element('ausstelldatum', certificateDate),
      element('jahrgang', '2014'),
      element('gebaeudeart', 'wohn'),
    ]),
  ]);
}

function attachments({ images }: FlatToLet): Markup {
  return element(
    'anhaenge',
    images.map(({ file, title }, place) =>
      element(
        'anhang',
        [element('anhangtitel', title), element('format', 'JPG'), element('daten', [element('pfad', file)])],
        { location: 'EXTERN', gruppe: place === 0 ? 'TITELBILD' : title === 'Grundriss' ? 'GRUNDRISS' : 'BILD' },
      ),
    ),
  );
}

function management({ flat, showsAddress, subsidised }: Estate): Markup {
  return element('verwaltung_objekt', [
    element('objektadresse_freigeben', showsAddress ? 'true' : 'false'),
    element('verfuegbar_ab', flat.availableFrom?.split('-').toReversed().join('.') ?? 'sofort'),
    ...(flat.availableFrom === null ? [] : [element('abdatum', flat.availableFrom)]),
    element('wbs_sozialwohnung', subsidised ? '1' : '0'),
  ]);
}

function technical({ flat, action }: Estate, today: string): Markup {
  return element('verwaltung_techn', [
    element('objektnr_extern', flat.number),
    element('aktion', '', action === null ? {} : { aktionart: action }),
    element('openimmo_obid', `JW${flat.number.replace(/\D/g, '')}`),
    element('stand_vom', today),
    element('weitergabe_generell', 'true'),
  ]);
}
