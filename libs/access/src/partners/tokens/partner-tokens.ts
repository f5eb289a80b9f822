import { Inject, Injectable } from '@nestjs/common';
import { Coherence } from '#lib/customer';
import {
  AppError,
  CLOCK,
  epochOf,
  type Clock,
  type DelegatePrincipal,
  type Instant,
  type PartnerPrincipal,
  type Principal,
} from '#lib/kernel';
import { sql, Store } from '#lib/store';
import { TOKENS } from '../authorization/state-rows.js';
import { PartnerCallers } from '../../callers.js';
import { PartnerContracts } from '../contracts/partner-contracts.js';
import { PartnerGrants } from '../grants/partner-grants.js';
import type { PartnerTables } from '../partner.tables.js';
import { noteQuota } from '../quotas/quota-headers.js';
import { PartnerQuotas } from '../quotas/partner-quotas.js';
import { tokenHash, tokenKey } from './token-hash.js';

/** Our tokens are 256 random bits; anything else is nobody's token and needs no look into the database. */
const BEARER = /^Bearer ([A-Za-z0-9_-]{43})$/i;

/** A token as it was issued. */
interface Issued {
  readonly clientId: string;
  /** Null for a token that the partner has by its contract alone. */
  readonly grantId: string | null;
  readonly scopes: readonly string[];
  readonly expiresAt: Instant;
}

/** Partners by their opaque access tokens, from memory only under the coherence lease. */
@Injectable()
export class PartnerTokens extends PartnerCallers {
  /** By which token each caller came. */
  private readonly hashes = new WeakMap<Principal, string>();

  constructor(
    private readonly contracts: PartnerContracts,
    private readonly grants: PartnerGrants,
    private readonly quotas: PartnerQuotas,
    private readonly store: Store,
    private readonly coherence: Coherence,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  /**
   * What the caller may do is what contract, token and grant all say.
   * @throws AppError UNAUTHENTICATED for a token that is none, is over or rests on what has ended; RATE_LIMITED past the
   *   quota; UPSTREAM_* when nobody can say
   */
  async principalOf(authorization: string): Promise<Principal> {
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) throw unauthenticated();
    const hash = tokenHash(token);
    const principal = await this.find(hash);
    const contract = principal && this.contracts.find(principal.clientId);
    if (principal === undefined || contract === undefined) throw unauthenticated();
    noteQuota(principal, await this.quotas.count(contract));
    this.hashes.set(principal, hash);
    return principal;
  }

  /**
   * Whether the caller's token, and the grant it rests on, still stand.
   * @throws AppError UPSTREAM_* when nobody can say
   */
  async stillStands(principal: DelegatePrincipal): Promise<boolean> {
    const hash = this.hashes.get(principal);
    const now = hash === undefined ? undefined : await this.find(hash);
    return now?.kind === 'delegate' && now.customerId === principal.customerId;
  }

  private async find(hash: string): Promise<PartnerPrincipal | DelegatePrincipal | undefined> {
    const issued = await this.coherence.get(tokenKey(hash), () => this.load(hash));
    if (issued === undefined || this.clock.now() >= epochOf(issued.expiresAt)) return undefined;
    const { clientId, grantId, scopes } = issued;
    if (grantId === null) {
      const { subsidiary = null } = this.contracts.find(clientId) ?? {};
      return { kind: 'partner', clientId, subsidiary, scopes: within(scopes, this.contracts.own(clientId)) };
    }
    const grant = await this.grants.find(grantId);
    if (grant?.clientId !== clientId) return undefined;
    this.grants.noteUse(grantId);
    const granted = within(within(scopes, this.contracts.grantable(clientId)), grant.scopes);
    const { role = 'sales' } = this.contracts.find(clientId) ?? {};
    return { kind: 'delegate', clientId, role, customerId: grant.customerId, scopes: granted };
  }

  private async load(hash: string): Promise<Issued | undefined> {
    const { rows } = await this.store.read<PartnerTables, { rows: IssuedRow[] }>((reader) =>
      sql<IssuedRow>`
        select payload->>'clientId' as client, grant_id, coalesce(payload->>'scope', '') as scope, expires_at
        from partner_state where model = any(${TOKENS}) and id_hash = ${hash} and expires_at > now()`.execute(reader),
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    const scopes = row.scope.split(' ').filter((scope) => scope !== '');
    return { clientId: row.client, grantId: row.grant_id, scopes, expiresAt: row.expires_at };
  }
}

interface IssuedRow {
  readonly client: string;
  readonly grant_id: string | null;
  readonly scope: string;
  readonly expires_at: Instant;
}

function within(scopes: readonly string[], bound: readonly string[]): string[] {
  return scopes.filter((scope) => bound.includes(scope));
}

function unauthenticated(): AppError {
  return new AppError('UNAUTHENTICATED', 'no valid token of a partner', { reason: 'the token is unknown or over' });
}
