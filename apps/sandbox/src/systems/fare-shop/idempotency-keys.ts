import { ShopError } from './shop-error.js';

const LIFETIME_MS = 86_400_000;
const MOST_KEYS = 10_000;

/** A finished answer as JSON. */
export interface Answer {
  readonly status: number;
  readonly body: object;
}

interface Kept {
  readonly request: string;
  readonly answer: Answer;
  readonly at: number;
}

/** The first answer to each key, for 24 hours; past ten thousand keys the oldest is forgotten. */
export class IdempotencyKeys {
  private readonly kept = new Map<string, Kept>();

  /**
   * The answer that this request got under this key before.
   * @param request what must be the same
   * @param now epoch milliseconds
   * @throws ShopError when the key was used for another request
   */
  find(key: string, request: string, now: number): Answer | undefined {
    const kept = this.kept.get(key);
    if (kept === undefined || now >= kept.at + LIFETIME_MS) return undefined;
    if (kept.request === request) return kept.answer;
    throw new ShopError(422, 'IDEMPOTENCY_KEY_REUSED', 'Dieser Schlüssel gehört zu einer anderen Anfrage.');
  }

  keep(key: string, request: string, answer: Answer, now: number): void {
    this.kept.delete(key);
    this.kept.set(key, { request, answer, at: now });
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEYS && oldest !== undefined) this.kept.delete(oldest);
  }

  /** Forgets the requests that `concerns` says to. */
  forget(concerns: (request: string) => boolean = () => true): void {
    for (const [key, { request }] of this.kept) if (concerns(request)) this.kept.delete(key);
  }
}
