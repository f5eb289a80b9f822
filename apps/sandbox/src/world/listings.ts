import { Chance } from './chance.js';
import { dayOfMonth } from './dates.js';
import { JENA_NORD, LOBEDA, WINZERLA, ZENTRUM, type District } from './districts.js';
import { floorName } from './housing-books.js';
import { euros } from './money.js';
import type { FlatToLet } from './world.js';

interface Quarter {
  readonly district: District;
  readonly locationText: string;
  readonly heating: readonly [string, ...string[]];
  readonly built: readonly [from: number, to: number];
}

/** Wodis writes ISO-8859-1 and separates by semicolons: the texts keep to what it can carry. */
const QUARTERS: readonly [Quarter, ...Quarter[]] = [
  {
    district: LOBEDA,
    locationText:
      'Lobeda liegt im Süden der Stadt. Straßenbahn, Klinikum, Schulen und die Saaleaue sind zu Fuß erreichbar.',
    heating: ['Fernwärme'],
    built: [1968, 1986],
  },
  {
    district: WINZERLA,
    locationText:
      "Winzerla zieht sich den Hang hinauf. Von oben geht's in zehn Minuten in den Wald, unten fährt die Straßenbahn.",
    heating: ['Fernwärme'],
    built: [1971, 1991],
  },
  {
    district: JENA_NORD,
    locationText: 'Jena-Nord verbindet ruhige Höfe mit kurzen Wegen. Bäcker, Kita und Haltestelle liegen um die Ecke.',
    heating: ['Fernwärme', 'Gas zentral', 'Gas dezentral'],
    built: [1926, 1964],
  },
  {
    district: ZENTRUM,
    locationText: 'Mitten in der Stadt: Markt, Universität und Paradiespark sind in wenigen Schritten erreicht.',
    heating: ['Gas zentral', 'Fernwärme'],
    built: [1898, 1995],
  },
];

const FLATS = 60;
const TITLES = ['Helle', 'Gemütliche', 'Großzügige', 'Frisch renovierte', 'Ruhig gelegene'] as const;
const EQUIPMENT = [
  'Bad mit Dusche, Küche mit Fenster, Fußboden in Holzoptik.',
  'Bad mit Wanne, Einbauküche gegen Aufpreis, Gäste-WC.',
  'Tageslichtbad, Abstellraum, Anschluss für Waschmaschine, Glasfaser.',
] as const;
const IMAGE_TITLES = ['Objektbild', 'Küche', 'Grundriss', 'Straßenansicht', 'Grünfläche'] as const;

/** The flats to let on `today`: always the same ones, some free at once, some from the first of a month to come. */
export function flatsToLet(today: string): readonly FlatToLet[] {
  return Array.from({ length: FLATS }, (_, index) => flatToLet(index, today));
}

function flatToLet(index: number, today: string): FlatToLet {
  const chance = new Chance(index, 7);
  const { district, locationText, heating, built } = QUARTERS[index % QUARTERS.length] ?? QUARTERS[0];
  const rooms = 1 + (Math.floor(index / QUARTERS.length) % 5);
  const titleWord = chance.pick(TITLES);
  return {
    number: `${1100 + index * 7} / ${chance.between(1, 4)} / ${chance.between(1, 24)}`,
    street: chance.pick(district.streets),
    houseNumber: `${chance.between(1, 80)}${chance.happens(15) ? 'a' : ''}`,
    postcode: district.postcode,
    city: 'Jena',
    district: district.name,
    yearBuilt: chance.between(...built),
    availableFrom: chance.happens(50) ? null : dayOfMonth(today, chance.between(1, 4), 1),
    floor: floorName(chance.between(0, 8)),
    rooms: String(rooms),
    heating: chance.pick(heating),
    energyValue: euros(chance.between(6500, 14_500)),
    certificateDate: dayOfMonth('2019-01-01', chance.between(0, 70), chance.between(1, 28)),
    ...sizeAndRent(chance, rooms),
    title: `${titleWord} ${rooms}-Raum-Wohnung ${district === ZENTRUM ? 'im' : 'in'} ${district.name}`,
    locationText,
    description: `${titleWord} Wohnung mit ${rooms === 1 ? 'einem Raum' : `${rooms} Räumen`}. Besichtigung nach Absprache, Einzug ohne Kaution.`,
    equipment: chance.pick(EQUIPMENT),
    lift: chance.happens(40),
    balcony: chance.happens(65),
    cellar: chance.happens(80) ? `Kellerbox ${chance.between(1, 60)}` : '',
    images: images(index, chance.between(1, IMAGE_TITLES.length)),
  };
}

/** Rents follow from the size; heating is a part of the service charges. */
function sizeAndRent(
  chance: Chance,
  rooms: number,
): Pick<FlatToLet, 'area' | 'netRent' | 'serviceCharges' | 'heatingCharges'> {
  const areaHundredths = 1100 + rooms * 1650 + chance.between(0, 900);
  const serviceCharges = Math.round((areaHundredths * chance.between(225, 285)) / 100);
  return {
    area: euros(areaHundredths),
    netRent: euros(Math.round((areaHundredths * chance.between(610, 890)) / 100)),
    serviceCharges: euros(serviceCharges),
    heatingCharges: euros(Math.round(serviceCharges * 0.56)),
  };
}

function images(index: number, count: number): FlatToLet['images'] {
  return IMAGE_TITLES.slice(0, count).map((title, place) => ({
    file: `${String(730_000 + index * 10 + place).padStart(8, '0')}.jpg`,
    title,
  }));
}
