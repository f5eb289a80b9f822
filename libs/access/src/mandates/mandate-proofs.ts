import { Inject, Injectable } from '@nestjs/common';
import { Contributions, CustomerNumbers } from '#lib/customer';
import { AppError, CLOCK, RequestScope, type AgentPrincipal, type Clock } from '#lib/kernel';
import { Store } from '#lib/store';
import { HandoverCodes, parseHandoverCode } from './handover-codes.js';
import { PhoneSecrets } from './phone-secrets.js';

/** How an agent shows that the customer is there. */
export type MandateProof =
  | { readonly kind: 'handover-code'; readonly code: string }
  | { readonly kind: 'card-number'; readonly cardNumber: string }
  | { readonly kind: 'phone-secret'; readonly subsidiary: string; readonly number: string; readonly secret: string }
  | {
      readonly kind: 'customer-number';
      readonly subsidiary: string;
      readonly number: string;
      /** Whether the agent has compared the person with an identity document. */
      readonly idDocumentSeen: boolean;
    };

/** What a proof has come to. */
export interface Verdict {
  /** The customer it is about; null when it proves nobody, or does not tell several people apart. */
  readonly customerId: string | null;
  /** Customers whom a proof that failed was about. */
  readonly meant: readonly string[];
}

const NOBODY: Verdict = { customerId: null, meant: [] };

/** Finds the customer whom a proof shows. No verdict tells whether a number exists. */
@Injectable()
export class MandateProofs {
  readonly codes: HandoverCodes;
  readonly secrets: PhoneSecrets;

  constructor(
    store: Store,
    private readonly numbers: CustomerNumbers,
    private readonly contributions: Contributions,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.codes = new HandoverCodes(store, clock);
    this.secrets = new PhoneSecrets(store, clock);
  }

  /** What is tried, in its one spelling: two spellings of a number share their attempts. */
  spell(proof: MandateProof): readonly string[] {
    switch (proof.kind) {
      case 'handover-code':
        return [proof.kind, parseHandoverCode(proof.code) ?? proof.code];
      case 'card-number':
        return [proof.kind, proof.cardNumber.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()];
      case 'phone-secret':
      case 'customer-number':
        return ['number', proof.subsidiary, this.accountOf(proof) ?? proof.number];
    }
  }

  /** @throws AppError UPSTREAM_* when the store, or a system that may know the card, is out of reach */
  async prove(proof: MandateProof, agent: AgentPrincipal, scope: RequestScope): Promise<Verdict> {
    switch (proof.kind) {
      case 'handover-code':
        return { customerId: await this.codes.redeem(proof.code), meant: [] };
      case 'card-number':
        return this.proveCard(proof.cardNumber, scope);
      case 'phone-secret': {
        const meant = await this.holdersOf(proof);
        return { customerId: await this.secrets.match(meant, proof.secret), meant };
      }
      case 'customer-number':
        return this.proveNumber(proof, agent);
    }
  }

  /** Numbers of other companies are none that this agent has papers for. */
  private async proveNumber(
    proof: MandateProof & { kind: 'customer-number' },
    agent: AgentPrincipal,
  ): Promise<Verdict> {
    if (proof.subsidiary !== agent.subsidiary || !proof.idDocumentSeen) return NOBODY;
    const meant = await this.holdersOf(proof);
    return { customerId: meant.length === 1 ? meant[0]! : null, meant };
  }

  /** In a scope of its own: the sources of the agent's answer would tell which company knows the card. */
  private async proveCard(
    cardNumber: string,
    { principal, language, waitUntil, signal }: RequestScope,
  ): Promise<Verdict> {
    const own = new RequestScope(principal, language, waitUntil, signal);
    const found = await Promise.allSettled(
      this.contributions.listCardFinders().map(async ({ subsidiary, finder }) => {
        const account = await finder.findAccount(cardNumber, own);
        return account === null ? [] : this.numbers.listHolders(subsidiary, account);
      }),
    );
    const holders = new Set(found.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : [])));
    const failed = found.find((outcome) => outcome.status === 'rejected');
    if (holders.size === 0 && failed !== undefined && !isRejection(failed.reason)) throw failed.reason;
    const meant = [...holders];
    return { customerId: meant.length === 1 ? meant[0]! : null, meant };
  }

  private accountOf({ subsidiary, number }: { subsidiary: string; number: string }): string | undefined {
    return this.numbers.normalise(subsidiary, number);
  }

  private async holdersOf(proof: { subsidiary: string; number: string }): Promise<readonly string[]> {
    const account = this.accountOf(proof);
    return account === undefined ? [] : this.numbers.listHolders(proof.subsidiary, account);
  }
}

/** A system that refuses a card works: it knows no such card. */
function isRejection(error: unknown): boolean {
  return error instanceof AppError && error.code === 'UPSTREAM_REJECTED';
}
