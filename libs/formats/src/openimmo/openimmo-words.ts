/** Closed lists of the standard's words. What a list does not have becomes OTHER, so that a newer version still reads. */

export const ARTS = ['ONLINE', 'OFFLINE'] as const;
export const SCOPES = ['TEIL', 'VOLL'] as const;
export const MODES = ['NEW', 'CHANGE', 'DELETE'] as const;
/** `NEW` is the word of `modus`; some senders write it here as well. */
export const ACTIONS = ['CHANGE', 'DELETE', 'REFERENZ', 'NEW'] as const;

export const USES = ['WOHNEN', 'GEWERBE', 'ANLAGE', 'WAZ'] as const;
export const MARKETING = ['KAUF', 'MIETE_PACHT', 'ERBPACHT', 'LEASING'] as const;

/** Elements below `objektart`, in upper case. */
export const ESTATE_KINDS = [
  'ZIMMER',
  'WOHNUNG',
  'HAUS',
  'GRUNDSTUECK',
  'BUERO_PRAXEN',
  'EINZELHANDEL',
  'GASTGEWERBE',
  'HALLEN_LAGER_PROD',
  'LAND_UND_FORSTWIRTSCHAFT',
  'PARKEN',
  'SONSTIGE',
  'FREIZEITIMMOBILIE_GEWERBLICH',
  'ZINSHAUS_RENDITEOBJEKT',
] as const;

export const FLAT_TYPES = [
  'DACHGESCHOSS',
  'MAISONETTE',
  'LOFT-STUDIO-ATELIER',
  'PENTHOUSE',
  'TERRASSEN',
  'ETAGE',
  'ERDGESCHOSS',
  'SOUTERRAIN',
  'APARTMENT',
  'FERIENWOHNUNG',
  'GALERIE',
  'ROHDACHBODEN',
  'ATTIKAWOHNUNG',
  'KEINE_ANGABE',
] as const;

export const HEATING = ['OFEN', 'ETAGE', 'ZENTRAL', 'FERN', 'FUSSBODEN'] as const;
export const FUELS = [
  'OEL',
  'GAS',
  'ELEKTRO',
  'ALTERNATIV',
  'SOLAR',
  'ERDWAERME',
  'LUFTWP',
  'FERN',
  'BLOCK',
  'WASSER-ELEKTRO',
  'PELLET',
  'KOHLE',
  'HOLZ',
  'FLUESSIGGAS',
] as const;
export const LIFTS = ['PERSONEN', 'LASTEN'] as const;
export const PARKING = ['GARAGE', 'TIEFGARAGE', 'CARPORT', 'FREIPLATZ', 'PARKHAUS', 'DUPLEX'] as const;
export const CELLARS = ['JA', 'NEIN', 'TEIL'] as const;
export const KITCHENS = ['EBK', 'OFFEN', 'PANTRY'] as const;
export const BATHS = ['DUSCHE', 'WANNE', 'FENSTER', 'BIDET', 'PISSOIR'] as const;
export const FLOORINGS = [
  'FLIESEN',
  'STEIN',
  'TEPPICH',
  'PARKETT',
  'FERTIGPARKETT',
  'LAMINAT',
  'DIELEN',
  'KUNSTSTOFF',
  'ESTRICH',
  'DOPPELBODEN',
  'LINOLEUM',
  'MARMOR',
  'TERRAKOTTA',
  'GRANIT',
] as const;
export const FURNISHED = ['VOLL', 'TEIL'] as const;

export const CERTIFICATES = ['BEDARF', 'VERBRAUCH'] as const;
export const CERTIFICATE_RULES = ['2008', '2014', 'OHNE', 'NICHT_NOETIG', 'BEI_BESICHTIGUNG'] as const;

export const LOCATIONS = ['INTERN', 'EXTERN', 'REMOTE'] as const;
export const ATTACHMENT_GROUPS = [
  'TITELBILD',
  'INNENANSICHTEN',
  'AUSSENANSICHTEN',
  'GRUNDRISS',
  'KARTEN_LAGEPLAN',
  'ANBIETERLOGO',
  'BILD',
  'DOKUMENTE',
  'LINKS',
  'PANORAMA',
  'QRCODE',
  'FILM',
  'FILMLINK',
  'EPASS-SKALA',
  'ANBOBJURL',
] as const;

/** One word of a list, or OTHER. */
export type WordOf<List extends readonly string[]> = List[number] | 'OTHER';

/** The word as the list spells it; case does not matter, because senders disagree on it. */
export function wordOf<List extends readonly string[]>(list: List, text: string): WordOf<List> {
  const word = text.toUpperCase();
  return list.find((each) => each === word) ?? 'OTHER';
}
