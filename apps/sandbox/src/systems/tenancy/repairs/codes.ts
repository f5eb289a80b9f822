// The enumerations of DTA-RA (draft), which go on in "…" where the standard leaves them open: such codes are not taken.

/** Raumtypen. */
export const ROOM_TYPES: ReadonlyMap<number, string> = new Map([
  [1, 'undefiniert'],
  [10, 'Küche'],
  [11, 'Bad, WC'],
  [12, 'Korridor'],
  [13, 'Zimmer'],
  [14, 'Reduit'],
  [15, 'Balkon, Terrasse'],
  [16, 'Treppenhaus'],
  [17, 'Waschküche'],
  [18, 'Keller'],
  [19, 'Estrich'],
]);

/** Gerätetypen. */
export const APPLIANCE_TYPES: ReadonlyMap<number, string> = new Map([
  [1, 'undefiniert'],
  [10, 'Kühlschrank'],
  [11, 'Tiefkühler'],
  [12, 'Geschirrspüler'],
  [13, 'Dampfabzug'],
  [14, 'Kochherd'],
  [15, 'Backofen'],
  [16, 'Steamer'],
  [17, 'Mikrowelle'],
  [20, 'Waschmaschine'],
  [21, 'Wäschetrockner'],
  [22, 'Secomat'],
  [23, 'Cardsystem, Münzzähler'],
]);

/** Personentypen. */
export const PERSON_TYPES: ReadonlyMap<number, string> = new Map([
  [0, 'unbekannt/undefiniert'],
  [1, 'Bewohner'],
  [2, 'Eigentümer'],
  [3, 'Verwaltung'],
  [4, 'Hauswart'],
]);

/** Anreden. */
export const SALUTATIONS: ReadonlyMap<number, string> = new Map([
  [0, 'unbekannt/undefiniert'],
  [1, 'Herr'],
  [2, 'Frau'],
  [3, 'Firma'],
  [4, 'Familie'],
  [5, 'Herr und Frau'],
]);

/** Hersteller. */
export const MANUFACTURER_TYPES: ReadonlyMap<number, string> = new Map([
  [0, 'undefiniert'],
  [1, 'Diverse/Andere'],
]);
