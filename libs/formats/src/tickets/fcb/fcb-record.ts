import { money, type Money } from '#lib/kernel';
import { Decimal } from 'decimal.js';
import type { UperRecord, UperValue } from '../uper/uper-type.js';

/** Reads fields whose types the schema has already ensured; absent ones are null. */
export class FcbRecord {
  constructor(private readonly record: UperRecord) {}

  number(name: string): number | null {
    const value = this.record[name];
    return typeof value === 'number' ? value : null;
  }

  flag(name: string): boolean {
    return this.record[name] === true;
  }

  /** Text, trimmed; the first of the names that is there. Numbers, which stand for texts, are written out. */
  text(...names: readonly string[]): string | null {
    for (const name of names) {
      const value = this.record[name];
      if (typeof value === 'string' && value.trim() !== '') return value.trim();
      if (typeof value === 'number' || typeof value === 'bigint') return String(value);
    }
    return null;
  }

  child(name: string): FcbRecord | null {
    const value = this.record[name];
    return isRecord(value) ? new FcbRecord(value) : null;
  }

  children(name: string): readonly FcbRecord[] {
    const value = this.record[name];
    return Array.isArray(value) ? value.filter(isRecord).map((each) => new FcbRecord(each)) : [];
  }

  texts(name: string): readonly string[] {
    const value = this.record[name];
    return Array.isArray(value) ? value.filter((each) => typeof each !== 'object').map(String) : [];
  }

  /** Names of the fields that are there. */
  get names(): readonly string[] {
    return Object.keys(this.record);
  }

  /** Amounts are whole numbers of the currency's fraction. */
  amount(name: string, { currency, fraction }: Currency): Money | null {
    const value = this.record[name];
    if (typeof value !== 'bigint' || value < 0n || value > MOST_EXPENSIVE) return null;
    return money(new Decimal(String(value)).div(10 ** fraction).toFixed(fraction), currency);
  }
}

const MOST_EXPENSIVE = 1_000_000_000_000n;

export interface Currency {
  /** ISO 4217. */
  readonly currency: string;
  /** Decimals of the amounts: 1 to 3. */
  readonly fraction: number;
}

function isRecord(value: UperValue | undefined): value is UperRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}
