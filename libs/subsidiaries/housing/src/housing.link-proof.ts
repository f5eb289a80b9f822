import { Inject, Injectable } from '@nestjs/common';
import { berlinDate, CLOCK, instantOf, type Clock, type RequestScope } from '#lib/kernel';
import type { LinkProof } from '#lib/subsidiary-kit';
import { Upstream, type ReadOperation } from '#lib/upstream';
import { TenancyBackend } from './backend/tenancy.backend.js';
import { LEASES } from './operations.js';

/** Numbers of leases, of whoever the account belongs to: for comparing only, so never kept. */
const LINK_PROOF: ReadOperation = { ...LEASES, name: 'housing.link-proof', ttlMs: 0, staleForMs: 0 };

/** Digits of a tenant number, zeros in front included. */
const LENGTH = 10;

/** A tenant is who knows the number of the lease, as it stands on the contract and the yearly statement. */
@Injectable()
export class HousingLinkProof implements LinkProof {
  readonly factName = 'Mietvertragsnummer';
  readonly controlNumber = '0'.repeat(LENGTH);

  constructor(
    private readonly tenancy: TenancyBackend,
    private readonly upstream: Upstream,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  normalise(number: string): string | undefined {
    const digits = withoutBlanks(number).replace(/^0+(?=\d)/, '');
    return /^\d+$/.test(digits) && digits.length <= LENGTH ? digits.padStart(LENGTH, '0') : undefined;
  }

  async prove(account: string, fact: string, scope: RequestScope): Promise<boolean> {
    const keyDate = berlinDate(instantOf(this.clock.now()));
    const { value } = await this.upstream.read(
      {
        operation: LINK_PROOF,
        account,
        args: [keyDate],
        load: async (call) => {
          const { value: leases, omissions } = await this.tenancy.listLeases(account, keyDate, call);
          return { value: leases.map(({ number }) => withoutBlanks(number)), omissions };
        },
      },
      scope,
    );
    return value.includes(withoutBlanks(fact));
  }
}

/** `4711 / 2 / 5 / 01` and `4711/2/5/01` are one number. */
function withoutBlanks(number: string): string {
  return number.replace(/\s/g, '');
}
