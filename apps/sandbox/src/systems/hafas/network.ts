/** Kind of vehicle; `productClass` is HAFAS' bit for it in the area of VMT. */
export interface Vehicle {
  readonly productClass: number;
  /** Abbreviation in front of the line's number. */
  readonly category: string;
  readonly categoryLong: string;
  readonly icon: string;
}

/** When a line runs: on which days, from which to which time of day (Berlin wall clock), every how many minutes. */
export interface Service {
  readonly days: 'working' | 'weekend' | 'daily';
  /** Minutes after midnight of the first departure from either terminus. */
  readonly from: number;
  /** No departure from a terminus after this minute. */
  readonly until: number;
  readonly every: number;
}

export interface Line {
  readonly name: string;
  readonly vehicle: Vehicle;
  readonly operator: Operator;
  /** Stop numbers in direction 1 with minutes of travel from the first; direction 2 is the mirror image. */
  readonly calls: readonly (readonly [stopId: string, minute: number])[];
  readonly services: readonly Service[];
}

export interface Operator {
  readonly id: string;
  readonly name: string;
  readonly short: string;
}

const TRAM: Vehicle = { productClass: 32, category: 'STR', categoryLong: 'Straßenbahn', icon: 'prod_tram' };
const BUS: Vehicle = { productClass: 256, category: 'Bus', categoryLong: 'Bus', icon: 'prod_bus' };
const REGIONAL: Vehicle = { productClass: 8, category: 'RB', categoryLong: 'Regionalbahn', icon: 'prod_reg' };

const JENAER_NAHVERKEHR: Operator = { id: '3416', name: 'Jenaer Nahverkehr', short: 'JNV' };
const ERFURTER_BAHN: Operator = { id: '3420', name: 'Erfurter Bahn', short: 'EB' };

const DAY_AND_EVENING: readonly Service[] = [
  { days: 'working', from: 280, until: 1139, every: 10 },
  { days: 'working', from: 1140, until: 1435, every: 20 },
  { days: 'weekend', from: 320, until: 1435, every: 20 },
];
const BUS_DAY: readonly Service[] = [
  { days: 'working', from: 300, until: 1200, every: 20 },
  { days: 'weekend', from: 420, until: 1200, every: 60 },
];
const NIGHT: readonly Service[] = [{ days: 'daily', from: 12, until: 222, every: 30 }];
const HOURLY: readonly Service[] = [{ days: 'daily', from: 275, until: 1415, every: 60 }];

/** Five tram lines, two night lines (one of them a bus), three bus lines and a railway line. */
export const LINES: readonly Line[] = [
  tram(
    '1',
    '153001 0,153002 2,153003 4,153004 6,153005 9,153006 11,153007 13,153008 15,153014 17,153166 20,153015 22,' +
      '153018 24,153019 26,153020 28,153021 31,153023 34,153024 38,153029 42',
  ),
  tram('2', '153036 0,153035 2,153034 4,153033 6,153166 9,153015 11,153018 13,153019 15,153020 17,153021 20,153022 25'),
  tram('3', '153022 0,153021 4,153023 7,153024 11,153029 15,153030 17,153031 19,153032 21'),
  tram(
    '4',
    '153001 0,153002 2,153003 4,153004 6,153005 9,153006 11,153007 13,153008 15,153014 17,153166 20,153018 23,' +
      '153025 26,153026 28,153027 30,153028 34,153029 37',
  ),
  tram(
    '5',
    '153016 0,153166 3,153018 6,153025 9,153026 11,153027 13,153028 17,153029 20,153030 22,153031 24,153032 26',
  ),
  {
    ...tram('N1', '153001 0,153007 9,153014 13,153166 16,153018 19,153025 22,153028 29,153029 32,153032 39'),
    services: NIGHT,
  },
  { ...bus('N2', '153036 0,153166 8,153017 11,153046 14,153020 20,153021 23,153022 29'), services: NIGHT },
  bus('10', '153017 0,153046 4,153045 7,153047 9,153050 12,153048 14,153021 20,153022 25'),
  bus('12', '153166 0,153017 3,153046 7,153045 10,153047 12,153048 16,153049 20'),
  bus('14', '153052 0,153053 9,153051 13,153166 15'),
  {
    name: '25',
    vehicle: REGIONAL,
    operator: ERFURTER_BAHN,
    calls: callsOf('8010240 0,8011956 36,8010309 78'),
    services: HOURLY,
  },
];

/** All lines that call at the stop. */
export function linesAt(stopId: string): readonly Line[] {
  return LINES.filter((line) => line.calls.some(([id]) => id === stopId));
}

/** Full name of a line as boards show it, e.g. `STR 4`. */
export function displayName(line: Line): string {
  return `${line.vehicle.category} ${line.name}`;
}

function tram(name: string, calls: string): Line {
  return { name, vehicle: TRAM, operator: JENAER_NAHVERKEHR, calls: callsOf(calls), services: DAY_AND_EVENING };
}

function bus(name: string, calls: string): Line {
  return { name, vehicle: BUS, operator: JENAER_NAHVERKEHR, calls: callsOf(calls), services: BUS_DAY };
}

function callsOf(text: string): Line['calls'] {
  return text.split(',').map((call) => {
    const [stopId = '', minute = ''] = call.split(' ');
    return [stopId, Number(minute)] as const;
  });
}
