import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../../world/world.js';
import { readBody, sendJson } from '../http.js';
import { berlinTimestamp } from './berlin.js';
import { type Answer, IdempotencyKeys } from './idempotency-keys.js';
import type { Contract, PauseBook } from './pause-book.js';
import type { Pause } from './pause-rules.js';
import { ShopError } from './shop-error.js';
import { writeSubscription } from './write-subscription.js';

const LONGEST_KEY = 255;
/** Refusals of the shop's rules, which stay the answer to their key; a request that was not understood has none. */
const KEPT_STATUSES: ReadonlySet<number> = new Set([200, 409, 422]);

/** Takes and ends pauses of a subscription whose caller is already known. */
export class PauseDesk {
  private readonly keys = new IdempotencyKeys();

  constructor(
    private readonly world: World,
    private readonly pauses: PauseBook,
  ) {}

  /** @param subscriptionId as it was asked for; `contract` is undefined when there is none */
  async handle(
    subscriptionId: string,
    contract: Contract | undefined,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const body = (await readBody(request)).toString('utf8');
    try {
      const key = keyOf(request);
      const wish = request.method === 'PUT' ? readPause(request, body) : null;
      const fingerprint = `${subscriptionId} ${wish === null ? 'resume' : `${wish.from} ${wish.until}`}`;
      const known = key === null ? undefined : this.keys.find(key, fingerprint, this.world.now());
      if (known) return sendJson(response, known.status, known.body, { 'Idempotent-Replayed': 'true' });
      const answer = this.answer(contract, wish);
      if (key !== null && KEPT_STATUSES.has(answer.status)) {
        this.keys.keep(key, fingerprint, answer, this.world.now());
      }
      sendJson(response, answer.status, answer.body);
    } catch (error) {
      const answer = answerTo(error);
      sendJson(response, answer.status, answer.body);
    }
  }

  /** @param belongs whether a subscription is meant; all unless given */
  forget(belongs: (subscriptionId: string) => boolean = () => true): void {
    this.keys.forget((fingerprint) => belongs(fingerprint.split(' ', 1)[0] ?? ''));
  }

  private answer(contract: Contract | undefined, wish: (Pause & { until: string }) | null): Answer {
    try {
      if (contract === undefined) throw new ShopError(404, 'SUBSCRIPTION_NOT_FOUND', 'Dieses Abo gibt es nicht.');
      if (wish === null) this.pauses.resume(contract);
      else this.pauses.pause(contract, wish);
      const data = writeSubscription(contract.book, this.pauses.of(contract.book), this.world.today());
      return { status: 200, body: { data, meta: { generatedAt: berlinTimestamp(this.world.now()) } } };
    } catch (error) {
      return answerTo(error);
    }
  }
}

function answerTo(error: unknown): Answer {
  if (error instanceof ShopError) return { status: error.status, body: error.body() };
  throw error;
}

/** A pause must have a key; null: an end without one. */
function keyOf(request: IncomingMessage): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined && request.method === 'DELETE') return null;
  if (typeof key === 'string' && key !== '' && key.length <= LONGEST_KEY) return key;
  throw new ShopError(400, 'IDEMPOTENCY_KEY_MISSING', 'Der Header Idempotency-Key fehlt oder ist zu lang.');
}

function readPause(request: IncomingMessage, body: string): Pause & { until: string } {
  const mediaType = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') {
    throw new ShopError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Die Anfrage muss application/json sein.');
  }
  const { from, until } = parse(body);
  if (isDate(from) && isDate(until)) return { from, until };
  throw new ShopError(400, 'INVALID_REQUEST', 'from und until müssen Tage sein, z. B. 2027-01-01.');
}

function parse(body: string): { readonly from?: unknown; readonly until?: unknown } {
  try {
    return Object(JSON.parse(body)) as object;
  } catch {
    throw new ShopError(400, 'INVALID_REQUEST', 'Die Anfrage ist kein JSON.');
  }
}

function isDate(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
