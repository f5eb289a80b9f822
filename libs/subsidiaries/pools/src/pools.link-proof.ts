import { Injectable } from '@nestjs/common';
import type { RequestScope } from '#lib/kernel';
import type { LinkProof } from '#lib/subsidiary-kit';
import { Upstream, type ReadOperation } from '#lib/upstream';
import { PoolsBackend } from './backend/pools.backend.js';
import { CARDS } from './operations.js';

/** Whole card UIDs, which open gates: for comparing only, so never kept. */
const LINK_PROOF: ReadOperation = { ...CARDS, name: 'pools.link-proof', ttlMs: 0, staleForMs: 0 };

/** A client of the till is who holds the card: its UID is printed on it or read by a telephone. */
@Injectable()
export class PoolsLinkProof implements LinkProof {
  readonly factName = 'Kartennummer (UID)';
  readonly controlNumber = '0';

  constructor(
    private readonly backend: PoolsBackend,
    private readonly upstream: Upstream,
  ) {}

  normalise(number: string): string | undefined {
    const digits = number.replace(/\s/g, '').replace(/^0+(?=\d)/, '');
    return /^\d{1,19}$/.test(digits) ? digits : undefined;
  }

  async prove(account: string, fact: string, scope: RequestScope): Promise<boolean> {
    const load = { operation: LINK_PROOF, account, args: [] };
    const { value } = await this.upstream.read(
      { ...load, load: (call) => this.backend.listCardUids(account, call) },
      scope,
    );
    return value.includes(fact.replace(/[\s:-]/g, '').toUpperCase());
  }
}
