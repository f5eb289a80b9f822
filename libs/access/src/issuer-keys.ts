import { Inject, Injectable } from '@nestjs/common';
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { AppError, CLOCK, type Clock } from '#lib/kernel';
import { Upstream } from '#lib/upstream';
import { AccessSettings } from './access.settings.js';

/** Name of the issuer in error texts and sources. */
const SYSTEM = 'identity-provider';
/** An unknown key id may cause at most one fetch in this time. */
const COOLDOWN_MS = 10_000;
const KEYS_FRESH_MS = 600_000;
const FETCH_DEADLINE_MS = 2_000;
const LARGEST_KEY_SET_BYTES = 100_000;

/** The public keys of the token issuer, fetched through our own transport and kept. */
@Injectable()
export class IssuerKeys {
  /** Finds the key for a token's header; for `jwtVerify`. */
  readonly find: JWTVerifyGetKey;

  constructor(settings: AccessSettings, upstream: Upstream, @Inject(CLOCK) clock: Clock) {
    const url = new URL(settings.issuer.replace(/\/$/, '') + settings.jwksPath);
    const connection = upstream.connect({ name: SYSTEM, baseUrl: url.origin, maxBodyBytes: LARGEST_KEY_SET_BYTES });
    const load = async (): Promise<Response> => {
      const controller = new AbortController();
      const cancel = clock.after(FETCH_DEADLINE_MS, () =>
        controller.abort(new AppError('UPSTREAM_TIMEOUT', 'the keys did not arrive in time', { system: SYSTEM })),
      );
      try {
        const answer = await connection.send({ method: 'GET', path: url.pathname }, { signal: controller.signal });
        return new Response(new Uint8Array(answer.body), { status: answer.status });
      } finally {
        cancel();
      }
    };
    this.find = createRemoteJWKSet(url, {
      [customFetch]: load,
      cooldownDuration: COOLDOWN_MS,
      cacheMaxAge: KEYS_FRESH_MS,
    });
  }
}
