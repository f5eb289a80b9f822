import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, parseAcceptLanguage, RequestScope, type Clock, type Language, type Principal } from '#lib/kernel';
import { Callers, type Edge, type IncomingRequest } from './callers.js';

/** How long an answer waits for legacy systems, unless the client prefers otherwise. */
const DEFAULT_WAIT_SECONDS = 2;
const LONGEST_WAIT_SECONDS = 10;

/** The part of the response that tells whether the client is still there. */
export interface OutgoingResponse {
  readonly writableFinished: boolean;
  once(event: 'close', listener: () => void): unknown;
}

/** Opens the scope of a request: who calls, in which language, how long to wait. GraphQL and REST alike. */
@Injectable()
export class ScopeFactory {
  constructor(
    private readonly callers: Callers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param known the caller, where it was asked already
   * @throws AppError as {@link Callers.principalOf}
   */
  async open(
    request: IncomingRequest,
    response: OutgoingResponse,
    edge: Edge,
    known?: Principal,
  ): Promise<RequestScope> {
    const begun = this.clock.now();
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    const principal = known ?? (await this.callers.principalOf(request, edge));
    const waitUntil = begun + waitSeconds(headerOf(request, 'prefer')) * 1000;
    return new RequestScope(principal, this.languageOf(request), waitUntil, gone.signal, request.ip ?? null);
  }

  /** Only who calls: all that is needed of a scope before anything is done. @throws AppError as {@link open} */
  identify(request: IncomingRequest, edge: Edge): Promise<Principal> {
    return this.callers.principalOf(request, edge);
  }

  languageOf(request: IncomingRequest): Language {
    return parseAcceptLanguage(headerOf(request, 'accept-language'));
  }

  /** Whether the caller is still signed in. Asked right before the answer leaves. @throws AppError UPSTREAM_* */
  stillHolds({ caller }: RequestScope): Promise<boolean> {
    return this.callers.stillHolds(caller);
  }
}

function headerOf({ headers }: IncomingRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

/** `Prefer: wait=…` (RFC 7240 §4.3); a preference that makes no sense is ignored, as the standard asks. */
function waitSeconds(prefer: string | undefined): number {
  const wish = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,4})"?/i.exec((prefer ?? '').slice(0, 200))?.[1];
  return wish === undefined ? DEFAULT_WAIT_SECONDS : Math.min(Number(wish), LONGEST_WAIT_SECONDS);
}
