import { Inject, Injectable } from '@nestjs/common';
import { AppError, CLOCK, instantOf, Refusal, type Clock, type Instant, type RequestScope } from '#lib/kernel';
import { Store } from '#lib/store';
import type { LinkProof } from '#lib/subsidiary-kit';
import { Attempts } from '../attempts/attempts.js';
import { Contributions } from '../contributions.js';
import type { Customer } from '../customer.js';
import { CustomerRights } from '../rights/customer-rights.js';
import { LetterCodes } from './letter-codes.js';
import { LetterDispatch } from './letter-dispatch.js';
import { linkAttempt } from './link-attempts.js';
import { floorOfTime, proveEvenly } from './prove-evenly.js';

/** What is said of every letter that is asked for, whether or not anyone will get it. */
export interface LetterRequested {
  readonly subsidiary: string;
  /** Until when the code in the letter can be used. */
  readonly codeExpiresAt: Instant;
}

/**
 * Customers link their numbers in the subsidiaries to themselves. No answer, and no answer's time, tells whether a
 * number exists: not to the customer whose number it is, for it could be anyone.
 */
@Injectable()
export class LinkService {
  private readonly attempts: Attempts;
  private readonly codes: LetterCodes;

  constructor(
    store: Store,
    private readonly rights: CustomerRights,
    private readonly contributions: Contributions,
    private readonly dispatch: LetterDispatch,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.attempts = new Attempts('link', store, clock);
    this.codes = new LetterCodes(store, clock);
  }

  /**
   * Links the number if the fact belongs to it.
   * @returns the customer as linked; else the refusal LINK_NOT_PROVEN or TOO_MANY_ATTEMPTS
   * @throws AppError INVALID_INPUT when customers cannot link there themselves, UPSTREAM_* when the system or the store
   *   is out of reach
   */
  async proveByFact(
    customer: Customer,
    subsidiary: string,
    number: string,
    fact: string,
    scope: RequestScope,
  ): Promise<Customer | Refusal> {
    const proof = this.proofOf(subsidiary);
    const account = proof.normalise(number);
    const attempt = await this.attempts.count(linkAttempt('fact', customer.id, subsidiary, account ?? number));
    if (attempt instanceof Refusal) return attempt;
    const proven = await proveEvenly(proof, account, fact, scope, this.clock);
    if (!proven || account === undefined) return new Refusal('LINK_NOT_PROVEN');
    return this.rights.link(customer.id, subsidiary, account, 'second-fact');
  }

  /**
   * Has a letter with a code sent to whoever the number belongs to.
   * @returns the same for every number; else the refusal TOO_MANY_ATTEMPTS
   * @throws AppError INVALID_INPUT, UPSTREAM_* as {@link proveByFact}
   */
  async requestLetter(customer: Customer, subsidiary: string, number: string): Promise<LetterRequested | Refusal> {
    const account = this.proofOf(subsidiary).normalise(number);
    const attempt = await this.attempts.count(linkAttempt('letter', customer.id, subsidiary, account ?? number));
    if (attempt instanceof Refusal) return attempt;
    const codeExpiresAt = this.codes.expiry();
    const tooLate = floorOfTime(this.clock).then(() => new AppError('UPSTREAM_TIMEOUT', 'no letter was taken over'));
    const sent = account === undefined ? undefined : this.sendLetter(customer.id, subsidiary, account, codeExpiresAt);
    const outcome = Promise.resolve(sent).catch((error: unknown) => error);
    // How long printing takes is nobody's business.
    await tooLate;
    const failure = await Promise.race([outcome, tooLate]);
    if (failure !== undefined) throw failure;
    return { subsidiary, codeExpiresAt };
  }

  /**
   * Links the number that the letter with this code was sent for.
   * @returns the customer as linked, or LINK_NOT_PROVEN: no such code, taken before, too old or tried too often
   */
  async confirmLetter(customer: Customer, subsidiary: string, code: string): Promise<Customer | Refusal> {
    const account = await this.codes.redeem(customer.id, subsidiary, code);
    if (account === undefined) return new Refusal('LINK_NOT_PROVEN');
    return this.rights.link(customer.id, subsidiary, account, 'letter-code');
  }

  /** Ends the link; answers when no instance shows the subsidiary's part any more. */
  unlink(customer: Customer, subsidiary: string): Promise<Customer> {
    return this.rights.unlink(customer.id, subsidiary);
  }

  private proofOf(subsidiary: string): LinkProof {
    const proof = this.contributions.findLinkProof(subsidiary);
    if (proof) return proof;
    throw new AppError('INVALID_INPUT', 'no link by customers', {
      path: 'subsidiary',
      reason: 'cannot be linked by customers themselves',
    });
  }

  private async sendLetter(customerId: string, subsidiary: string, account: string, expiresAt: Instant): Promise<void> {
    const code = await this.codes.issue({ customerId, subsidiary, account, expiresAt });
    await this.dispatch.send({ subsidiary, account, code, at: instantOf(this.clock.now()) });
  }
}
