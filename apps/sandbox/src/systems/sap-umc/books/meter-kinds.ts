import type { EnergyContractBook } from '../../../world/household.js';

/** What meters of a division are like. */
export interface MeterKind {
  readonly unit: string;
  /** What a household uses in a year, in that unit. */
  readonly perYear: number;
  readonly integerPlaces: string;
  readonly decimalPlaces: string;
  readonly description: string;
}

const DAYS_A_YEAR = 365.25;
const DAY_MS = 86_400_000;

export const METER_KINDS: Readonly<Record<EnergyContractBook['division'], MeterKind>> = {
  '01': { unit: 'KWH', perYear: 2600, integerPlaces: '06', decimalPlaces: '01', description: 'Wechselstromzähler' },
  '02': { unit: 'M3', perYear: 1300, integerPlaces: '05', decimalPlaces: '03', description: 'Balgengaszähler G4' },
  '03': { unit: 'M3', perYear: 95, integerPlaces: '05', decimalPlaces: '00', description: 'Hauswasserzähler' },
  '07': { unit: 'KWH', perYear: 8200, integerPlaces: '07', decimalPlaces: '00', description: 'Wärmemengenzähler' },
};

/** What a register is expected to count from one calendar date to another, in units. The second one counts half. */
export function expectedUse(kind: MeterKind, register: number, from: string, until: string): number {
  const years = (Date.parse(until) - Date.parse(from)) / (DAYS_A_YEAR * DAY_MS);
  return (years * kind.perYear) / register;
}

/** How many of its smallest steps one unit has. */
export function stepsOf({ decimalPlaces }: MeterKind): number {
  return 10 ** Number(decimalPlaces);
}

/** A count of smallest steps as text with the decimals that the register shows. */
export function shown({ decimalPlaces }: MeterKind, count: number): string {
  const places = Number(decimalPlaces);
  const digits = String(count).padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** The count of smallest steps in a text that has no more digits than the register shows. */
export function countOf(kind: MeterKind, value: string): number {
  const [whole = '0', fraction = ''] = value.split('.');
  const places = Number(kind.decimalPlaces);
  return Number(`${whole}${fraction.slice(0, places).padEnd(places, '0')}`);
}
