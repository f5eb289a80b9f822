/** A stop of the imitated city. */
export interface Stop {
  /** HAFAS number (`extId`, `L=` of the lid). */
  readonly id: string;
  readonly name: string;
  /** WGS 84 in millionths of a degree, as HAFAS sends them. */
  readonly x: number;
  readonly y: number;
  /** Nationwide id (DHID); railway stations outside the city have none here. */
  readonly globalId: string | null;
}

/** Something LocMatch finds besides stops: an address (A) or a point of interest (P). */
export interface Place {
  readonly kind: 'A' | 'P';
  readonly id: string;
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/** All stops, names as the timetable shows them. */
export const STOPS: readonly Stop[] = [
  inJena('153001', 'Jena, Zwätzen Schleife', 11_617_340, 50_964_210),
  inJena('153002', 'Jena, Zwätzen', 11_615_120, 50_960_830),
  inJena('153003', 'Jena, Himmelreich', 11_612_480, 50_957_260),
  inJena('153004', 'Jena, Löbstedt', 11_609_050, 50_952_940),
  inJena('153005', 'Jena, Naumburger Straße', 11_603_710, 50_947_180),
  inJena('153006', 'Jena, Schützenhofstraße', 11_599_820, 50_943_370),
  inJena('153007', 'Jena, Nordschule', 11_596_930, 50_940_250),
  inJena('153008', 'Jena, Altenburger Straße', 11_592_640, 50_935_980),
  inJena('153014', 'Jena, Spittelplatz', 11_590_270, 50_932_150),
  inJena('153166', 'Jena, Löbdergraben', 11_588_410, 50_927_960),
  inJena('153015', 'Jena, Holzmarkt', 11_586_530, 50_926_090),
  inJena('153016', 'Jena, Ernst-Abbe-Platz', 11_580_720, 50_929_330),
  inJena('153017', 'Jena, Teichgraben', 11_584_160, 50_926_710),
  inJena('153018', 'Jena, Paradiesbahnhof West', 11_586_890, 50_924_120),
  inJena('153019', 'Jena, Felsenkeller', 11_583_380, 50_919_460),
  inJena('153020', 'Jena, Ringwiese', 11_582_250, 50_912_730),
  inJena('153021', 'Jena, Damaschkeweg', 11_585_970, 50_904_080),
  inJena('153022', 'Jena, Winzerla', 11_577_510, 50_893_640),
  inJena('153023', 'Jena, Burgaupark', 11_591_820, 50_897_550),
  inJena('153024', 'Jena, Bahnhof Göschwitz', 11_593_460, 50_883_270),
  inJena('153025', 'Jena, Sparkassen-Arena', 11_591_070, 50_914_890),
  inJena('153026', 'Jena, Sportforum', 11_594_630, 50_909_410),
  inJena('153027', 'Jena, Jenertal', 11_598_240, 50_904_630),
  inJena('153028', 'Jena, Alt-Lobeda', 11_607_390, 50_895_180),
  inJena('153029', 'Jena, Lobeda-West', 11_610_840, 50_889_750),
  inJena('153030', 'Jena, Emil-Wölk-Straße', 11_614_570, 50_887_320),
  inJena('153031', 'Jena, Universitätsklinikum', 11_622_190, 50_884_960),
  inJena('153032', 'Jena, Lobeda-Ost', 11_627_830, 50_883_410),
  inJena('153033', 'Jena, Steinweg', 11_592_960, 50_928_570),
  inJena('153034', 'Jena, Geschwister-Scholl-Straße', 11_598_110, 50_929_840),
  inJena('153035', 'Jena, Schlippenstraße', 11_602_750, 50_931_260),
  inJena('153036', 'Jena, Jena-Ost', 11_608_420, 50_932_690),
  inJena('153045', 'Jena, Zeiss-Werk', 11_571_630, 50_919_870),
  inJena('153046', 'Jena, Westbahnhof', 11_577_890, 50_922_640),
  inJena('153047', 'Jena, Tatzendpromenade', 11_568_140, 50_915_330),
  inJena('153048', 'Jena, Beutenberg Campus', 11_567_260, 50_909_180),
  inJena('153049', 'Jena, Ammerbach Ort', 11_560_970, 50_905_420),
  inJena('153050', 'Jena, Am Herrenberge', 11_563_580, 50_912_060),
  inJena('153051', 'Jena, Universität', 11_589_640, 50_929_710),
  inJena('153052', 'Jena, Cospeda', 11_553_310, 50_943_890),
  inJena('153053', 'Jena, Landgraf', 11_574_490, 50_934_720),
  { ...inJena('8011956', 'Jena Paradies', 11_587_730, 50_924_580), globalId: 'de:16053:8011956' },
  { id: '8010240', name: 'Naumburg(Saale)Hbf', x: 11_797_390, y: 51_163_180, globalId: null },
  { id: '8010309', name: 'Saalfeld(Saale)', x: 11_374_520, y: 50_650_860, globalId: null },
];

/** A few addresses and points of interest, so that not everything LocMatch finds is a stop. */
export const PLACES: readonly Place[] = [
  { kind: 'A', id: '990000417', name: '07743 Jena, Löbdergraben', x: 11_588_020, y: 50_928_330 },
  { kind: 'A', id: '990000862', name: '07743 Jena, Saalstraße 8a', x: 11_589_130, y: 50_927_610 },
  { kind: 'P', id: '980000031', name: 'Jena, Zeiss-Planetarium', x: 11_586_240, y: 50_931_740 },
  { kind: 'P', id: '980000058', name: 'Jena, GalaxSea Freizeitbad', x: 11_581_660, y: 50_899_350 },
];

const BY_ID = new Map(STOPS.map((stop) => [stop.id, stop]));

/** The stop with this HAFAS number, if there is one. */
export function findStop(id: string): Stop | undefined {
  return BY_ID.get(id);
}

/** Like {@link findStop} for numbers that the network itself names. @throws Error for an unknown one */
export function getStop(id: string): Stop {
  const stop = findStop(id);
  if (stop === undefined) throw new Error(`the network names the unknown stop ${id}`);
  return stop;
}

function inJena(id: string, name: string, x: number, y: number): Stop {
  return { id, name, x, y, globalId: `de:16053:${id}` };
}
