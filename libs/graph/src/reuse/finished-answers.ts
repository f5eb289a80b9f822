import { LRUCache } from 'lru-cache';
import type { CustomerState } from '#lib/customer';

/** An answer as it goes out again. */
export interface FinishedAnswer {
  readonly body: Buffer;
  /** Media type with charset, as it was negotiated. */
  readonly contentType: string;
}

/** What an answer was made of, and until when it may be given, in clock milliseconds. */
export interface Terms {
  readonly state: CustomerState;
  readonly expiresAt: number;
}

/** Cost of key, entry and list links beside the body, in bytes; measured roughly. */
const OVERHEAD_BYTES = 600;

/** Answers in memory, bounded by bytes; the least recently used go first. */
export class FinishedAnswers {
  private readonly answers: LRUCache<string, FinishedAnswer & Terms> | null;

  constructor(maximumBytes: number) {
    this.answers = maximumBytes > 0 ? new LRUCache({ maxSize: maximumBytes }) : null;
  }

  /** The answer, if it is in time and what it was made of still stands; one of which that is no longer true is dropped. */
  find(key: string, now: number, stands: (state: CustomerState) => boolean): FinishedAnswer | undefined {
    const kept = this.answers?.get(key);
    if (kept === undefined) return undefined;
    if (now < kept.expiresAt && stands(kept.state)) return kept;
    this.answers?.delete(key);
    return undefined;
  }

  keep(key: string, { body, contentType }: FinishedAnswer, { state, expiresAt }: Terms): void {
    this.answers?.set(key, { body, contentType, state, expiresAt }, { size: body.length + OVERHEAD_BYTES });
  }
}
