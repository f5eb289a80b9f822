import { isMarketLocation, isMarketPartnerCode, isMeteringLocation } from '../identifiers/market-location.js';
import { component, date, decimal, flag, identifier, list, text, word, wordList, type Field } from './bo4e-fields.js';
import { SPARTEN, VERTRAGSARTEN, VERTRAGSSTATUS } from './bo4e-words.js';
import {
  adresse,
  bankverbindung,
  betrag,
  externeReferenzen,
  geokoordinaten,
  rechnungsposition,
  steuerbetrag,
  unterschrift,
  verbrauch,
  vertragskonditionen,
  vertragsteil,
  vorauszahlung,
  zaehlwerk,
  zeitraum,
  type Read,
} from './components.js';
import { FieldIndex, isObject } from './object-fields.js';

/** What all business objects have. */
const common = { boTyp: word(), versionStruktur: text, externeReferenzen };

const partner = {
  ...common,
  anrede: word(),
  titel: text,
  title: text,
  name1: text,
  name2: text,
  name3: text,
  vorname: text,
  nachname: text,
  organisationsname: text,
  gewerbekennzeichnung: flag,
  hrnummer: text,
  amtsgericht: text,
  kontaktweg: wordList(),
  umsatzsteuerId: text,
  glaeubigerId: text,
  eMailAdresse: text,
  website: text,
  geschaeftspartnerrolle: wordList(),
  partneradresse: adresse,
  bankverbindung,
};

export const geschaeftspartner = component(partner);

export const marktteilnehmer = component({
  ...partner,
  marktrolle: word(),
  rollencodenummer: identifier(isMarketPartnerCode, 'fails the check of BDEW and DVGW code numbers'),
  rollencodetyp: word(),
  makoadresse: text,
});

type Partner = Read<typeof geschaeftspartner> | Read<typeof marktteilnehmer>;

/** A party is a business partner or, where it has a code number, a market participant. */
const partei: Field<Partner | null> = {
  absent: null,
  read: (value, path, notes) => {
    const isMarket = isObject(value) && new FieldIndex(value).value('rollencodenummer') !== null;
    return (isMarket ? marktteilnehmer : geschaeftspartner).read(value, path, notes);
  },
};

const marktlokationsId = identifier(isMarketLocation, 'fails the check digit of market locations');
const messlokationsId = identifier(isMeteringLocation, 'is no designation of a metering location');
const codenummer = identifier(isMarketPartnerCode, 'fails the check of BDEW and DVGW code numbers');

export const zaehler = component({
  ...common,
  zaehlernummer: text,
  sparte: word(SPARTEN),
  zaehlerauspraegung: word(),
  zaehlertyp: word(),
  tarifart: word(),
  zaehlerkonstante: decimal,
  eichungBis: date,
  letzteEichung: date,
  zaehlwerke: list(zaehlwerk),
  zaehlerhersteller: partei,
  gateway: text,
  fernschaltung: word(),
  messwerterfassung: word(),
});

export const messlokation = component({
  ...common,
  messlokationsId,
  sparte: word(SPARTEN),
  netzebeneMessung: word(),
  messgebietNr: text,
  grundzustaendigerMSBCodeNr: codenummer,
  messadresse: adresse,
  geoadresse: geokoordinaten,
  messlokationszaehler: list(zaehler),
  bilanzierungsmethode: word(),
  gasqualitaet: word(['H_GAS', 'L_GAS']),
});

export const marktlokation = component({
  ...common,
  marktlokationsId,
  sparte: word(SPARTEN),
  energierichtung: word(),
  bilanzierungsmethode: word(),
  verbrauchsart: word(),
  unterbrechbar: flag,
  netzebene: word(),
  netzbetreiberCodeNr: codenummer,
  gebietTyp: word(),
  netzgebietNr: text,
  bilanzierungsgebiet: text,
  grundversorgerCodeNr: codenummer,
  gasqualitaet: word(['H_GAS', 'L_GAS']),
  endkunde: partei,
  lokationsadresse: adresse,
  geoadresse: geokoordinaten,
  regelzone: text,
  marktgebiet: text,
  messlokationen: list(messlokation),
});

export const vertrag = component({
  ...common,
  vertragsnummer: text,
  beschreibung: text,
  vertragsart: word(VERTRAGSARTEN),
  vertragstatus: word(VERTRAGSSTATUS),
  sparte: word(SPARTEN),
  vertragsbeginn: date,
  vertragsende: date,
  vertragspartner1: partei,
  vertragspartner2: partei,
  unterzeichnervp1: list(unterschrift),
  unterzeichnervp2: list(unterschrift),
  vertragskonditionen,
  vertragsteile: list(vertragsteil),
  gemeinderabatt: decimal,
  korrespondenzpartner: partei,
});

export const rechnung = component({
  ...common,
  rechnungstitel: text,
  rechnungsstatus: word(),
  storno: flag,
  rechnungsnummer: text,
  originalRechnungsnummer: text,
  rechnungsdatum: date,
  faelligkeitsdatum: date,
  rechnungstyp: word(),
  rechnungsperiode: zeitraum,
  rechnungsersteller: partei,
  rechnungsempfaenger: partei,
  gesamtnetto: betrag,
  gesamtsteuer: betrag,
  gesamtbrutto: betrag,
  vorausgezahlt: betrag,
  rabattBrutto: betrag,
  zuzahlen: betrag,
  steuerbetraege: list(steuerbetrag),
  rechnungspositionen: list(rechnungsposition),
  vorauszahlungen: list(vorauszahlung),
});

export const energiemenge = component({
  ...common,
  lokationsId: text,
  lokationsTyp: word(['MALO', 'MELO']),
  energieverbrauch: list(verbrauch),
});
