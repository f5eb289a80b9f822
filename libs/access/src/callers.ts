import { Inject, Injectable, Optional } from '@nestjs/common';
import { ANONYMOUS, AppError, type Principal } from '#lib/kernel';
import { Authenticator } from './authenticator.js';

/** Which side of the house a request comes in by. Each takes only its own kind of credentials. */
export type Edge = 'graph' | 'browser' | 'rest';

/** The parts of a request that may show who calls. */
export interface IncomingRequest {
  readonly method?: string;
  /** Scheme and host as the browser sees them: the server believes forwarded ones from trusted proxies only. */
  readonly protocol?: string;
  readonly host?: string;
  /** Network address of the client: forwarded ones are believed from trusted proxies only. */
  readonly ip?: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Callers with a browser session. */
export abstract class SessionCallers {
  /**
   * The caller of the request's session cookie; anonymous without one, on a host that is no channel's, and at the
   * browser's own routes when the session is over.
   * @throws AppError UNAUTHENTICATED for a session that is unknown or over, FORBIDDEN for a request that another site
   *   may have caused
   */
  abstract principalOf(request: IncomingRequest, edge: Edge): Promise<Principal>;

  /**
   * Whether the session of a principal from here has not ended meanwhile; true for any other principal.
   * @throws AppError UPSTREAM_* when nobody can say
   */
  abstract stillHolds(principal: Principal): Promise<boolean>;
}

/** Callers with a partner's access token. */
export abstract class PartnerCallers {
  /** @throws AppError UNAUTHENTICATED when the header holds no valid token of a partner, RATE_LIMITED past the quota */
  abstract principalOf(authorization: string): Promise<Principal>;
}

/** Turns the credentials of a request into the principal who calls. */
@Injectable()
export class Callers {
  constructor(
    private readonly bearers: Authenticator,
    @Optional() @Inject(SessionCallers) private readonly sessions?: SessionCallers,
    @Optional() @Inject(PartnerCallers) private readonly partners?: PartnerCallers,
  ) {}

  /**
   * Without credentials the caller is anonymous. Partners reach REST only, people the graph and the browser's own
   * routes only: a token or cookie on the wrong side is as good as none, and said so.
   * @throws AppError UNAUTHENTICATED and what the readers of the credentials throw
   */
  principalOf(request: IncomingRequest, edge: Edge): Promise<Principal> {
    const header = request.headers['authorization'];
    const authorization = typeof header === 'string' ? header : header?.[0];
    if (edge === 'rest') return this.partnerOf(request, authorization);
    if (authorization !== undefined) return this.bearers.principalOf(authorization);
    return this.sessions?.principalOf(request, edge) ?? Promise.resolve(ANONYMOUS);
  }

  /** Whether the caller is still signed in. Asked right before an answer leaves. @throws AppError UPSTREAM_* */
  async stillHolds(principal: Principal): Promise<boolean> {
    return (await this.sessions?.stillHolds(principal)) ?? true;
  }

  private async partnerOf(request: IncomingRequest, authorization: string | undefined): Promise<Principal> {
    if (authorization !== undefined && this.partners !== undefined) return this.partners.principalOf(authorization);
    const hasCookie = /(?:^|;\s*)__Host-saaltor/.test([request.headers['cookie']].flat().join(';'));
    if (authorization === undefined && !hasCookie) return ANONYMOUS;
    throw new AppError('UNAUTHENTICATED', 'not a credential for REST', { reason: 'REST takes partner tokens only' });
  }
}
