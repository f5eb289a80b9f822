/**
 * Numbers that look random and are always the same for the same seed and salt, so that a household is computed
 * instead of stored.
 */
export class Chance {
  private state: number;

  constructor(seed: number, salt: number) {
    this.state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(salt, 0x85ebca6b)) >>> 0;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + (this.next() % (high - low + 1));
  }

  /** True in about `percent` of a hundred cases. */
  happens(percent: number): boolean {
    return this.between(1, 100) <= percent;
  }

  pick<const T>(choices: readonly [T, ...T[]]): T {
    return choices[this.between(0, choices.length - 1)] ?? choices[0];
  }

  /** Mixes a counter (Weyl sequence with an avalanche), which is enough for test data. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  }
}
