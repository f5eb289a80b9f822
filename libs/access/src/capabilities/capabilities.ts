import { Inject, Injectable } from '@nestjs/common';
import { CustomerAccess, CustomerDirectory, type Customer } from '#lib/customer';
import { AppError, CLOCK, instantOf, RequestScope, type Clock, type Instant } from '#lib/kernel';
import { Counter } from '../mandates/counter.js';
import { ScopeFactory } from '../scope-factory.js';
import { SessionSecrets } from '../secrets/session-secrets.js';
import { boundTo, readCapability, signCapability, type Capability } from './capability-token.js';

/** Where the gateway serves files; below the origin of whoever asks. */
export const FILES_PATH = '/files';

const LASTS_MS = 60_000;

/** A file as it is served. */
export interface ServedFile {
  /** What it is saved as; without a path. */
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/**
 * Fetches the file for this caller, by the same decisions as any read of the customer's data.
 * @throws AppError NOT_FOUND when it is not the customer's or the caller may not see it, UPSTREAM_*
 */
export type LoadFile = (item: string, customer: Customer, scope: RequestScope) => Promise<ServedFile>;

/** An address that opens one file, and until when. */
export interface CapabilityLink {
  /** Path and query; the origin is the one that the caller already uses. */
  readonly url: string;
  readonly expiresAt: Instant;
}

/**
 * Addresses that open one file for one caller for a minute: viewers and `<img>` send no headers. They say what may be
 * fetched, not that it may still be: every right is asked again when they are used.
 */
@Injectable()
export class Capabilities {
  private readonly loaders = new Map<string, LoadFile>();

  constructor(
    private readonly secrets: SessionSecrets,
    private readonly customers: CustomerAccess,
    private readonly directory: CustomerDirectory,
    private readonly counter: Counter,
    private readonly scopes: ScopeFactory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Declares a kind of files. Kinds are named `<subsidiary>.<thing>`. */
  add(kind: string, load: LoadFile): void {
    this.loaders.set(kind, load);
  }

  /**
   * @throws AppError FORBIDDEN for callers other than customers and agents, UPSTREAM_* when the key cannot be had
   */
  async issue(
    scope: RequestScope,
    { kind, item, customerId }: Pick<Capability, 'kind' | 'item' | 'customerId'>,
  ): Promise<CapabilityLink> {
    const { principal } = scope;
    const key = await this.secrets.signingKey('capability');
    const bound = boundTo(key, principal);
    if (bound === undefined || (principal.kind !== 'customer' && principal.kind !== 'agent')) {
      throw new AppError('FORBIDDEN', 'no files for this kind of caller', { reason: 'no files for this caller' });
    }
    const expiresAt = Math.min(this.clock.now() + LASTS_MS, principal.expiresAt);
    const bare = principal.kind === 'customer' && principal.sessionId === undefined;
    const token = signCapability(key, { kind, item, customerId, bound, bare, expiresAt });
    return { url: `${FILES_PATH}?key=${token}`, expiresAt: instantOf(expiresAt) };
  }

  /**
   * The file behind an address.
   * @throws AppError NOT_FOUND for an address that is no good, is over or is someone else's, all alike; CONFLICT when a
   *   right ended while the file was fetched; and as {@link LoadFile}
   */
  async open(scope: RequestScope, token: string): Promise<ServedFile> {
    const key = await this.secrets.signingKey('capability');
    const capability = readCapability(key, token, this.clock.now());
    const load = capability && this.loaders.get(capability.kind);
    if (capability === undefined || load === undefined) throw notFound();
    const acting = await this.actingScope(scope, capability);
    if (boundTo(key, acting.principal) !== capability.bound) throw notFound();
    const customer = await this.customerOf(acting, capability);
    const file = await load(capability.item, customer, acting);
    if ((await this.scopes.stillHolds(acting)) && (await this.customers.stillHolds(acting))) return file;
    const reason = 'rights changed meanwhile; ask again';
    throw new AppError('CONFLICT', reason, { reason });
  }

  /** Who comes with credentials is who they say; without any, a bare address speaks for the customer it was given to. */
  private async actingScope(scope: RequestScope, { bare, customerId, expiresAt }: Capability): Promise<RequestScope> {
    if (scope.principal.kind !== 'anonymous' || !bare) return scope;
    const subject = (await this.directory.find(customerId))?.subject ?? null;
    if (subject === null) throw notFound();
    return new RequestScope({ kind: 'customer', subject, expiresAt }, scope.language, scope.waitUntil, scope.signal);
  }

  private async customerOf(scope: RequestScope, { customerId }: Capability): Promise<Customer> {
    if (scope.principal.kind === 'agent') return this.counter.serve(scope, customerId);
    const customer = await this.customers.findCaller(scope);
    if (customer?.id !== customerId) throw notFound();
    return customer;
  }
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', 'no such file for this caller');
}
