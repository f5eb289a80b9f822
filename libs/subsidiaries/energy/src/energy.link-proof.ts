import { Injectable } from '@nestjs/common';
import type { RequestScope } from '#lib/kernel';
import type { LinkProof } from '#lib/subsidiary-kit';
import { Upstream, type ReadOperation } from '#lib/upstream';
import { EnergyBackend } from './backend/energy.backend.js';
import { sameNumber } from './model/sap-number.js';
import { CONTRACTS } from './operations.js';

/** Numbers of contracts, of whoever the account belongs to: for comparing only, so never kept. */
const LINK_PROOF: ReadOperation = { ...CONTRACTS, name: 'energy.link-proof', ttlMs: 0, staleForMs: 0 };

/** Digits of a business partner in SAP; shown without the zeros in front, kept with them. */
const LENGTH = 10;

/** A business partner is whose contract number one knows, from the contract or any invoice. */
@Injectable()
export class EnergyLinkProof implements LinkProof {
  readonly factName = 'Vertragsnummer';
  readonly controlNumber = '0'.repeat(LENGTH);

  constructor(
    private readonly backend: EnergyBackend,
    private readonly upstream: Upstream,
  ) {}

  normalise(number: string): string | undefined {
    const digits = withoutBlanks(number).replace(/^0+(?=\d)/, '');
    return /^\d+$/.test(digits) && digits.length <= LENGTH ? digits.padStart(LENGTH, '0') : undefined;
  }

  async prove(account: string, fact: string, scope: RequestScope): Promise<boolean> {
    const { value } = await this.upstream.read(
      {
        operation: LINK_PROOF,
        account,
        args: [],
        load: async (call) => {
          const { value: contracts, omissions } = await this.backend.listContracts(account, call);
          return { value: contracts.map(({ number }) => number), omissions };
        },
      },
      scope,
    );
    return value.some((number) => sameNumber(number, withoutBlanks(fact)));
  }
}

function withoutBlanks(text: string): string {
  return text.replace(/\s/g, '');
}
