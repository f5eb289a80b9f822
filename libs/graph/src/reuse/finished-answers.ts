import { LRUCache } from 'lru-cache';
import type { CustomerState } from '#lib/customer';

/** An answer as it goes out again. */
export interface FinishedAnswer {
  /** Names and values of its headers by turns, as they left the first time. */
  readonly head: readonly string[];
  /** The body in UTF-8, each byte a character. */
  readonly bytes: string;
  /** Id under which the request named its document; null where it brought the document itself. */
  readonly documentId: string | null;
}

/** What an answer was made of, and until when it may be given, in clock milliseconds. */
export interface Terms {
  readonly state: CustomerState;
  readonly expiresAt: number;
}

/** Cost of key, head, entry and list links beside the body, in bytes; measured roughly. */
const OVERHEAD_BYTES = 1_200;

/** Answers in memory, bounded by bytes; the least recently used go first. */
export class FinishedAnswers {
  private readonly answers: LRUCache<string, FinishedAnswer & Terms> | null;

  constructor(maximumBytes: number) {
    this.answers = maximumBytes > 0 ? new LRUCache({ maxSize: maximumBytes }) : null;
  }

  /** Whether there is no room at all: then nothing is looked for, and nothing prepared. */
  get isOff(): boolean {
    return this.answers === null;
  }

  /** The answer, if it is in time and what it was made of still stands; one of which that is no longer true is dropped. */
  find(key: string, now: number, stands: (state: CustomerState) => boolean): FinishedAnswer | undefined {
    const kept = this.answers?.get(key);
    if (kept === undefined) return undefined;
    if (now < kept.expiresAt && stands(kept.state)) return kept;
    this.answers?.delete(key);
    return undefined;
  }

  keep(key: string, answer: FinishedAnswer & Terms): void {
    this.answers?.set(key, answer, { size: answer.bytes.length + OVERHEAD_BYTES });
  }
}
