import type { CustomFetch } from 'openid-client';
import { AppError, type Clock } from '#lib/kernel';
import type { Connection, HttpRequest, Upstream } from '#lib/upstream';

/** Name of the identity provider in error texts. */
export const PROVIDER_SYSTEM = 'identity-provider';
const DEADLINE_MS = 5_000;
const LARGEST_ANSWER_BYTES = 200_000;
/** Statuses that come without a body; `Response` refuses one. */
const WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * Our door to the network in the shape that openid-client wants. It reaches the issuer's origin only, and there only the
 * addresses it was told of: nothing in a token or in metadata makes it send a secret elsewhere.
 */
export class ProviderTransport {
  private readonly connection: Connection;
  private readonly allowed = new Set<string>();

  constructor(
    issuer: string,
    upstream: Upstream,
    private readonly clock: Clock,
  ) {
    const { origin } = new URL(issuer);
    this.connection = upstream.connect({ name: PROVIDER_SYSTEM, baseUrl: origin, maxBodyBytes: LARGEST_ANSWER_BYTES });
    this.allow(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, issuer);
  }

  /** @throws AppError UPSTREAM_MALFORMED for an address that is not on the issuer's origin */
  allow(address: string, issuer: string): void {
    if (new URL(address).origin !== new URL(issuer).origin) {
      throw new AppError('UPSTREAM_MALFORMED', 'the identity provider names an address on another host', {
        system: PROVIDER_SYSTEM,
      });
    }
    this.allowed.add(address);
  }

  readonly fetch: CustomFetch = async (address, { method, headers, body }) => {
    const { pathname, search } = new URL(address);
    if (!this.allowed.has(address) || (method !== 'GET' && method !== 'POST')) {
      throw new AppError('INTERNAL', 'the identity provider is not asked there');
    }
    const text = body === undefined || body === null ? undefined : textOf(body);
    const answer = await this.send({
      method,
      path: pathname + search,
      headers,
      ...(text !== undefined && { body: text }),
    });
    const { status } = answer;
    return new Response(WITHOUT_BODY.has(status) ? null : new Uint8Array(answer.body), {
      status,
      headers: Object.entries(answer.headers).flatMap(([name, value]) =>
        [value ?? []].flat().map((one): [string, string] => [name, String(one)]),
      ),
    });
  };

  private async send(request: HttpRequest): ReturnType<Connection['send']> {
    const controller = new AbortController();
    const cancel = this.clock.after(DEADLINE_MS, () =>
      controller.abort(
        new AppError('UPSTREAM_TIMEOUT', 'the identity provider does not answer', { system: PROVIDER_SYSTEM }),
      ),
    );
    try {
      return await this.connection.send(request, { signal: controller.signal });
    } finally {
      cancel();
    }
  }
}

/** openid-client sends forms only. */
function textOf(body: unknown): string {
  if (typeof body === 'string') return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new AppError('INTERNAL', 'the identity provider is sent forms only');
}
