/** How something that was asked has ended: `OK`, the code of a refusal or error, or what the client saw instead. */
export type Outcome = string;

/** Kinds of requests, in the order in which they are shown. */
export const KINDS = ['dashboard', 'name', 'command', 'sign-in'] as const;
export type Kind = (typeof KINDS)[number];

/** Codes that are right while a legacy system is made to fail, and for a while after. */
const OUTAGES = new Set(['UPSTREAM_TIMEOUT', 'UPSTREAM_UNAVAILABLE', 'UPSTREAM_MALFORMED']);

/** Counts requests and what became of them. */
export class Tally {
  private readonly requests = new Map<Kind, number>();
  private readonly codes = new Map<Outcome, number>();
  private readonly wrong = new Map<string, number>();
  private answers: number[] = [];

  /** @param failing whether a legacy system failed on purpose during the request, or shortly before */
  add(kind: Kind, outcomes: readonly Outcome[], milliseconds: number, failing: boolean): void {
    count(this.requests, kind);
    this.answers.push(milliseconds);
    for (const outcome of outcomes) {
      if (outcome === 'OK') continue;
      count(this.codes, outcome);
      if (!isExpected(outcome, failing)) count(this.wrong, `${kind}: ${outcome}`);
    }
  }

  get total(): number {
    return [...this.requests.values()].reduce((sum, each) => sum + each, 0);
  }

  get byKind(): ReadonlyMap<Kind, number> {
    return this.requests;
  }

  /** What did not end with OK, by code. */
  get byCode(): ReadonlyMap<Outcome, number> {
    return this.codes;
  }

  /** What nothing that was done to the house explains, by kind and code. */
  get unexpected(): ReadonlyMap<string, number> {
    return this.wrong;
  }

  /** The 99th percentile of all answers since the last call, in milliseconds. */
  takeP99(): number {
    const sorted = this.answers.toSorted((a, b) => a - b);
    this.answers = [];
    return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0;
  }
}

/** A refusal is an answer: the customer wished for what is not possible. */
function isExpected(outcome: Outcome, failing: boolean): boolean {
  return outcome.startsWith('REFUSED ') || (failing && OUTAGES.has(outcome));
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
