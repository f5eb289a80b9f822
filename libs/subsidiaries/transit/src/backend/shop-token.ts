import { AppError, type Cancel, type Clock } from '#lib/kernel';
import { malformed, WireObject } from '#lib/formats';
import type { Connection, UpstreamCall } from '#lib/upstream';
import { parseJson } from './parse-json.js';
import { shopError } from './shop-error.js';

/** Own deadline of a renewal: several reads may wait for it, so none of theirs counts. */
const DEADLINE_MS = 4_000;
/** A token is not used in its last seconds, because it must still be valid when the request arrives. */
const MARGIN_SECONDS = 30;

interface Token {
  readonly text: string;
  readonly usableUntil: number;
}

/**
 * The access token of the shop (RFC 6749 client credentials): kept until shortly before it expires; whoever needs a
 * new one at the same time shares one renewal.
 */
export class ShopToken {
  private token: Token | null = null;
  private renewal: Promise<Token> | null = null;

  constructor(
    private readonly connection: Connection,
    private readonly clock: Clock,
    private readonly clientId: string,
    private readonly clientSecret: string,
  ) {}

  /** @throws AppError UPSTREAM_REJECTED when the shop does not know this client, UPSTREAM_* otherwise */
  async get(call: UpstreamCall): Promise<string> {
    if (this.token !== null && this.clock.now() < this.token.usableUntil) return this.token.text;
    this.renewal ??= this.startRenewal();
    return (await untilAborted(this.renewal, call.signal)).text;
  }

  /** Drops a token that the shop refused; a newer one stays. */
  forget(text: string): void {
    if (this.token?.text === text) this.token = null;
  }

  private startRenewal(): Promise<Token> {
    const renewal = this.renew().finally(() => {
      this.renewal = null;
    });
    // All who wait may have gone before it fails.
    renewal.catch(() => undefined);
    return renewal;
  }

  private async renew(): Promise<Token> {
    const deadline = new AbortController();
    const timeout = new AppError('UPSTREAM_TIMEOUT', 'fare-shop gave no token in time');
    const cancel: Cancel = this.clock.after(DEADLINE_MS, () => deadline.abort(timeout));
    try {
      const askedAt = this.clock.now();
      const { text, seconds } = await this.request({ signal: deadline.signal });
      const usable = Math.max(seconds - MARGIN_SECONDS, seconds / 2);
      this.token = { text, usableUntil: askedAt + usable * 1_000 };
      return this.token;
    } finally {
      cancel();
    }
  }

  private async request(call: UpstreamCall): Promise<{ text: string; seconds: number }> {
    const credentials = `${encodeURIComponent(this.clientId)}:${encodeURIComponent(this.clientSecret)}`;
    const response = await this.connection.send(
      {
        method: 'POST',
        path: '/oauth/token',
        headers: {
          authorization: `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'application/json',
        },
        body: 'grant_type=client_credentials&scope=subscriptions.read',
      },
      call,
    );
    if (response.status !== 200) throw shopError(response);
    return readToken(parseJson(response.body));
  }
}

function readToken(answer: WireObject): { text: string; seconds: number } {
  const text = answer.text('access_token');
  // It goes into a header, so it must be a token in the sense of RFC 6750.
  if (!/^[\w.~+/=-]+$/.test(text)) throw malformed('access_token', 'is not a bearer token');
  if (answer.text('token_type').toLowerCase() !== 'bearer') throw malformed('token_type', 'is not Bearer');
  const seconds = answer.integer('expires_in');
  if (seconds <= 0) throw malformed('expires_in', 'is not a lifetime in seconds');
  return { text, seconds };
}

/** Waits for a shared promise only as long as this caller lives. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new AppError('UPSTREAM_TIMEOUT', 'fare-shop was given up'));
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
