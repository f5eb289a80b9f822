import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, RequestScope, type Clock } from '#lib/kernel';
import type { EntitlementKey } from '#lib/subsidiary-kit';
import type { Customer } from '../customer.js';
import { CustomerDirectory } from '../customer-directory.js';
import { CustomerNumbers } from '../customer-numbers.js';
import { EntitlementService, type Entitlement } from './entitlement.service.js';

/** When "unknown" is answered, in milliseconds after the question, whatever made it so. */
const UNKNOWN_AFTER_MS = 2_000;
/** How long the systems are waited for; the rest is for what a check does besides. */
const PATIENCE_MS = 1_800;

/** A company's own system asks about whoever holds a number of the company. */
export interface NumberQuestion {
  /** Key of the subsidiary that asks and whose number it is. */
  readonly asking: string;
  readonly entitlement: EntitlementKey;
  /** As somebody typed or scanned it. */
  readonly number: string;
  /** Why, for the record of access. */
  readonly reason: string;
  readonly scope: RequestScope;
}

/**
 * Entitlements by a number. Numbers of nobody, of people who gave no consent, and of people whose company cannot be asked
 * right now are all answered alike and after the same time, so nobody learns which numbers there are.
 */
@Injectable()
export class EntitlementChecks {
  constructor(
    private readonly numbers: CustomerNumbers,
    private readonly directory: CustomerDirectory,
    private readonly entitlements: EntitlementService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Yes where one of those who hold the number is entitled: people of one household may share it.
   * @throws AppError UPSTREAM_* when the store is out of reach
   */
  async check(question: NumberQuestion): Promise<Entitlement> {
    const floor = new Promise<'unknown'>((resolve) => {
      this.clock.after(UNKNOWN_AFTER_MS, () => resolve('unknown'));
    });
    const outcome = this.ask(question).catch((error: unknown) => new Failure(error));
    const first = await Promise.race([outcome, floor]);
    if (first === 'yes' || first === 'no') return first;
    // What failed early, or was said early to be unknown, comes no earlier than what took its time.
    await floor;
    if (first instanceof Failure) throw first.error;
    return 'unknown';
  }

  private async ask({ asking, entitlement, number, reason, scope }: NumberQuestion): Promise<Entitlement> {
    const { principal, language, signal } = scope;
    const own = new RequestScope(principal, language, this.clock.now() + PATIENCE_MS, signal);
    const holders = await this.holdersOf(asking, number);
    const answers = await Promise.all(
      holders.map((customer) => this.entitlements.check({ asking, entitlement, customer, scope: own, reason })),
    );
    if (!(await this.areUnchanged(holders))) return 'unknown';
    return (['yes', 'no'] as const).find((answer) => answers.includes(answer)) ?? 'unknown';
  }

  private async holdersOf(asking: string, number: string): Promise<Customer[]> {
    const account = this.numbers.normalise(asking, number);
    if (account === undefined) return [];
    const ids = await this.numbers.listHolders(asking, account);
    const customers = await Promise.all(ids.map((id) => this.directory.find(id)));
    return customers.filter((customer) => customer !== undefined);
  }

  /** A withdrawal that has been answered meanwhile must not be followed by the answer. */
  private async areUnchanged(holders: readonly Customer[]): Promise<boolean> {
    const now = await Promise.all(holders.map(({ id }) => this.directory.find(id)));
    return holders.every(({ rightsEpoch }, index) => now[index]?.rightsEpoch === rightsEpoch);
  }
}

/** What a question failed with, kept until it may be told. */
class Failure {
  constructor(readonly error: unknown) {}
}
