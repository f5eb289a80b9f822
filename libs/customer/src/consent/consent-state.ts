import type { Purpose } from './purpose.js';

/**
 * Consent is kept per purpose and pair of subsidiaries, in no order: the two may show or use each other's data.
 * A pair of a subsidiary with itself says that it takes part in the purpose at all.
 */
export interface ConsentPair {
  readonly purpose: Purpose;
  /** The lower key of the two. */
  readonly one: string;
  readonly other: string;
}

/** The consents a customer has given and not withdrawn. Plain data, so that it can be kept in memory. */
export class ConsentState {
  /** Each pair in both orders: it is asked more often than anything else. */
  private readonly given: ReadonlySet<string>;

  constructor(pairs: Iterable<ConsentPair>) {
    this.given = new Set(
      [...pairs].flatMap(({ purpose, one, other }) => [keyOf(purpose, one, other), keyOf(purpose, other, one)]),
    );
  }

  /** Whether both subsidiaries may use each other's data for the purpose. */
  covers(purpose: Purpose, one: string, other: string): boolean {
    return this.given.has(keyOf(purpose, one, other));
  }
}

/** Every pair among the subsidiaries, each with itself included: what one declaration for all of them covers. */
export function pairsAmong(purpose: Purpose, subsidiaries: readonly string[]): ConsentPair[] {
  const keys = [...new Set(subsidiaries)].toSorted();
  return keys.flatMap((one, index) => keys.slice(index).map((other) => ({ purpose, one, other })));
}

function keyOf(purpose: Purpose, one: string, other: string): string {
  return `${purpose} ${one} ${other}`;
}
