import { isIban } from '../identifiers/iban.js';
import { component, date, decimal, flag, identifier, integer, list, text, word, type Field } from './bo4e-fields.js';
import { LANDESCODES, ZEITEINHEITEN } from './bo4e-words.js';

/** What `component(…)` reads. */
export type Read<C> = C extends Field<infer T> ? NonNullable<T> : never;

/** Components (COM) of BO4E, as far as contracts, locations, meters and invoices need them. */
export const adresse = component({
  postleitzahl: text,
  ort: text,
  ortsteil: text,
  strasse: text,
  hausnummer: text,
  postfach: text,
  adresszusatz: text,
  coErgaenzung: text,
  landescode: word(LANDESCODES),
});

export const geokoordinaten = component({ breitengrad: decimal, laengengrad: decimal });

/** An amount of money in the main unit of its currency. */
export const betrag = component({ wert: decimal, waehrung: word() });

export const menge = component({ wert: decimal, einheit: word() });

/** A price for one `bezugswert`, e.g. in EUR or CT for a KWH. */
export const preis = component({ wert: decimal, einheit: word(), bezugswert: word(), status: word() });

/** A period, by its dates or as a length; `enddatum` is the first moment after it. */
export const zeitraum = component({
  einheit: word(ZEITEINHEITEN),
  dauer: decimal,
  startdatum: date,
  enddatum: date,
  startzeitpunkt: date,
  endzeitpunkt: date,
});

export const externeReferenz = component({ exRefName: text, exRefWert: text });

export const bankverbindung = component({
  iban: identifier(isIban, 'is no valid IBAN'),
  kontoinhaber: text,
  bankkennung: text,
  bankname: text,
});

export const unterschrift = component({ ort: text, datum: date, name: text });

export const vertragskonditionen = component({
  beschreibung: text,
  anzahlAbschlaege: integer,
  vertragslaufzeit: zeitraum,
  kuendigungsfrist: zeitraum,
  vertragsverlaengerung: zeitraum,
  abschlagszyklus: zeitraum,
  startAbrechnungsjahr: date,
  turnusablesungIntervall: integer,
  netznutzungsabrechnung: zeitraum,
  netznutzungsabrechnungIntervall: integer,
  haushaltskunde: flag,
  netznutzungsvertrag: word(),
  netznutzungszahler: word(),
});

export const vertragsteil = component({
  vertragsteilbeginn: date,
  vertragsteilende: date,
  /** Number of a market or metering location; some systems write a key of their own. */
  lokation: text,
  vertraglichFixierteMenge: menge,
  minimaleAbnahmemenge: menge,
  maximaleAbnahmemenge: menge,
  jahresverbrauchsprognose: menge,
});

/** One counter of a meter. `vorkommastelle` and `nachkommastelle` are its digits before and after the comma. */
export const zaehlwerk = component({
  zaehlwerkId: text,
  bezeichnung: text,
  richtung: word(),
  obisKennzahl: text,
  wandlerfaktor: decimal,
  einheit: word(),
  vorkommastelle: integer,
  nachkommastelle: integer,
});

export const steuerbetrag = component({
  steuerkennzeichen: word(),
  sondersteuersatz: decimal,
  basiswert: decimal,
  steuerwert: decimal,
  waehrung: word(),
});

export const rechnungsposition = component({
  positionsnummer: integer,
  positionstext: text,
  lieferungVon: date,
  lieferungBis: date,
  zeiteinheit: word(),
  artikelnummer: word(),
  artikelId: text,
  lokationsId: text,
  positionsMenge: menge,
  zeitbezogeneMenge: menge,
  einzelpreis: preis,
  teilsummeNetto: betrag,
  teilrabattNetto: betrag,
  teilsummeSteuer: steuerbetrag,
  vertragskontoId: text,
  vertragsId: text,
});

export const vorauszahlung = component({ betrag, referenz: text, referenzDatum: date });

/** A consumption in a period. */
export const verbrauch = component({
  startdatum: date,
  enddatum: date,
  wertermittlungsverfahren: word(),
  messwertstatus: word(),
  obiskennzahl: text,
  wert: decimal,
  einheit: word(),
});

export const externeReferenzen = list(externeReferenz);
