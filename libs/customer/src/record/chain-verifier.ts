import { chainStart, seal, type SealedEntry } from './access-entry.js';

/** A place where the record is not as it was written. */
export interface ChainFault {
  readonly customerId: string;
  readonly seq: number;
  readonly reason: 'changed' | 'missing' | 'out of order';
}

/** Follows one customer's chain entry by entry, in the order of their places. */
export class ChainVerifier {
  private seq = 0;
  private previous: string;

  constructor(private readonly customerId: string) {
    this.previous = chainStart(customerId);
  }

  /** @returns what is wrong with the entry; undefined when it is whole and follows the one before */
  check(entry: SealedEntry): ChainFault | undefined {
    const expected = this.seq + 1;
    const { previous } = this;
    this.seq = entry.seq;
    this.previous = entry.digest;
    const fault = (reason: ChainFault['reason']): ChainFault => ({
      customerId: this.customerId,
      seq: entry.seq,
      reason,
    });
    if (entry.seq > expected) return fault('missing');
    if (entry.seq < expected || entry.customerId !== this.customerId) return fault('out of order');
    const { digest } = seal(entry, entry.seq, previous);
    return digest === entry.digest && entry.previous === previous ? undefined : fault('changed');
  }

  /** What the chain's end says: the place of its last entry and the digest that every earlier one went into. */
  get head(): { readonly seq: number; readonly digest: string } {
    return { seq: this.seq, digest: this.previous };
  }
}
