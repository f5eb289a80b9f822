import type { ApplianceType, RoomType } from '#lib/formats';
import type { Choice, Language } from '#lib/kernel';

type Labels = readonly [de: string, simple: string, en: string];
const COLUMN: Readonly<Record<Language, 0 | 1 | 2>> = { de: 0, 'de-simple': 1, en: 2 };

/** Rooms that a report can name (DTA-RA, `roomtypes`). */
const ROOMS: Readonly<Record<Exclude<RoomType, 'OTHER'>, Labels>> = {
  KITCHEN: ['Küche', 'Küche', 'Kitchen'],
  BATHROOM: ['Bad, WC', 'Bad oder Toilette', 'Bathroom, toilet'],
  CORRIDOR: ['Flur', 'Flur', 'Corridor'],
  ROOM: ['Zimmer', 'Zimmer', 'Room'],
  STOREROOM: ['Abstellraum', 'Abstell-Raum', 'Storeroom'],
  BALCONY: ['Balkon, Terrasse', 'Balkon oder Terrasse', 'Balcony, terrace'],
  STAIRCASE: ['Treppenhaus', 'Treppen-Haus', 'Staircase'],
  LAUNDRY: ['Waschküche', 'Wasch-Raum', 'Laundry'],
  CELLAR: ['Keller', 'Keller', 'Cellar'],
  ATTIC: ['Dachboden', 'Dach-Boden', 'Attic'],
  UNDEFINED: ['Anderer Ort', 'Ein anderer Ort', 'Another place'],
};

/** Appliances that a report can name (DTA-RA, `appliancetypes`). */
const APPLIANCES: Readonly<Record<Exclude<ApplianceType, 'OTHER'>, Labels>> = {
  REFRIGERATOR: ['Kühlschrank', 'Kühl-Schrank', 'Refrigerator'],
  FREEZER: ['Gefrierschrank', 'Gefrier-Schrank', 'Freezer'],
  DISHWASHER: ['Geschirrspüler', 'Spül-Maschine', 'Dishwasher'],
  EXTRACTOR_HOOD: ['Dunstabzug', 'Dunst-Abzug', 'Extractor hood'],
  COOKER: ['Herd', 'Herd', 'Cooker'],
  OVEN: ['Backofen', 'Back-Ofen', 'Oven'],
  STEAMER: ['Dampfgarer', 'Dampf-Garer', 'Steamer'],
  MICROWAVE: ['Mikrowelle', 'Mikro-Welle', 'Microwave'],
  WASHING_MACHINE: ['Waschmaschine', 'Wasch-Maschine', 'Washing machine'],
  TUMBLE_DRYER: ['Wäschetrockner', 'Wäsche-Trockner', 'Tumble dryer'],
  ROOM_AIR_DRYER: ['Raumlufttrockner', 'Luft-Trockner', 'Room air dryer'],
  CARD_OR_COIN_METER: ['Karten- oder Münzautomat', 'Automat für Karten oder Münzen', 'Card or coin meter'],
  UNDEFINED: ['Kein Gerät oder ein anderes', 'Kein Gerät oder ein anderes Gerät', 'No appliance, or another one'],
};

export function isRoom(word: string | null): word is keyof typeof ROOMS {
  return word !== null && Object.hasOwn(ROOMS, word);
}

export function isAppliance(word: string): word is keyof typeof APPLIANCES {
  return Object.hasOwn(APPLIANCES, word);
}

export function roomChoices(language: Language): readonly Choice[] {
  return choices(ROOMS, language);
}

export function applianceChoices(language: Language): readonly Choice[] {
  return choices(APPLIANCES, language);
}

function choices(table: Readonly<Record<string, Labels>>, language: Language): readonly Choice[] {
  return Object.entries(table).map(([value, labels]) => ({ value, label: labels[COLUMN[language]] }));
}
