/** A flat as the generator knows it, before any format. */
export interface BenchFlat {
  readonly number: string;
  readonly district: string;
  readonly rooms: number;
  /** Hundredths of m². */
  readonly area: number;
  /** Cents a month. */
  readonly netRent: number;
  readonly serviceCharges: number;
  readonly title: string;
  readonly description: string;
}

/** As many as the landlord owns. */
export const FLATS = 14_400;

export const DISTRICTS = [
  'Lobeda-Ost',
  'Lobeda-West',
  'Winzerla',
  'Zentrum',
  'Nord',
  'Ost',
  'West',
  'Süd',
  'Zwätzen',
  'Burgau',
  'Göschwitz',
  'Blankenhain',
] as const;

const PHRASES = [
  'Die Wohnung liegt in einer ruhigen Seitenstraße mit altem Baumbestand.',
  'Zur Straßenbahn sind es wenige Minuten zu Fuß, in die Innenstadt fährt sie eine Viertelstunde.',
  'Das Bad hat eine Wanne und ein Fenster, die Küche einen Anschluss für die Spülmaschine.',
  'Vom Balkon geht der Blick über die Saale bis zu den Kernbergen.',
  'Das Haus wurde energetisch saniert und hat Fernwärme.',
  'Im Hof stehen Fahrradständer und ein kleiner Spielplatz.',
  'Ein Keller gehört dazu, ein Stellplatz kann angemietet werden.',
  'Der Fußboden wird vor dem Einzug erneuert, die Wände werden gestrichen.',
  'Haustiere sind nach Absprache willkommen.',
  'Der Aufzug hält auf jeder zweiten Etage.',
  'Kindergarten, Grundschule und Einkaufsmöglichkeiten liegen im Viertel.',
  'Die Räume sind hell, das Wohnzimmer ist nach Süden ausgerichtet.',
] as const;
const PHRASES_A_FLAT = 7;

/** The landlord's flats: the same on every run, as different from each other as a city's. */
export function benchFlats(): readonly BenchFlat[] {
  return Array.from({ length: FLATS }, (_, index) => {
    const rooms = 1 + ((index * 7) % 9) / 2;
    const district = DISTRICTS[(index * 5 + Math.floor(index / 100)) % DISTRICTS.length] ?? DISTRICTS[0];
    const area = Math.round(1_800 + rooms * 1_650 + ((index * 131) % 1_700));
    return {
      number: `${1000 + (index % 1_200)} / ${1 + (index % 7)} / ${index}`,
      district,
      rooms,
      area,
      netRent: Math.round((area * (580 + ((index * 17) % 340))) / 100),
      serviceCharges: Math.round((area * 255) / 100),
      title: `${rooms}-Raum-Wohnung in ${district}`,
      description: descriptionOf(index),
    };
  });
}

/** Each has a word of its own, as real texts do. */
function descriptionOf(index: number): string {
  const phrases = Array.from(
    { length: PHRASES_A_FLAT },
    (_, place) => PHRASES[(index * 5 + place * 7) % PHRASES.length],
  );
  return `${phrases.join(' ')} Kennwort Haus${index % 2_000}x${index}.`;
}
