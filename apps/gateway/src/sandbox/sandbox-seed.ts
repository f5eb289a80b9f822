import { createHash } from 'node:crypto';
import { CustomerSeed, type SeededCustomer } from '#lib/customer';
import { AppError, instantOf, type Clock } from '#lib/kernel';
import type { SandboxControl } from './sandbox-control.js';

/** Keys of the sandbox's households; any other subject is nobody here. */
const KEY = /^[a-z0-9-]{1,60}$/;

/** Customers who begin to exist at their first sign-in, with the links that the sandbox's control endpoint tells. */
export class SandboxSeed extends CustomerSeed {
  constructor(
    private readonly control: SandboxControl,
    private readonly clock: Clock,
  ) {
    super();
  }

  async describe(subject: string): Promise<SeededCustomer | undefined> {
    if (!KEY.test(subject)) return undefined;
    const answer = await this.control.ask('GET', `/households/${subject}`);
    return answer === undefined ? undefined : this.read(answer, subject);
  }

  private read(answer: unknown, subject: string): SeededCustomer {
    const { name, links } = (answer ?? {}) as Record<string, unknown>;
    if (typeof name !== 'string' || typeof links !== 'object' || links === null) {
      throw new AppError('UPSTREAM_MALFORMED', 'the sandbox describes a household wrongly', { system: 'sandbox' });
    }
    const numbers = Object.entries(links).filter((link): link is [string, string] => typeof link[1] === 'string');
    return { id: idOf(subject), name, links: Object.fromEntries(numbers), at: instantOf(this.clock.now()) };
  }
}

/** The same in every database, so that answers can be compared; it does not give away the subject. */
function idOf(subject: string): string {
  return createHash('sha256').update(`customer:${subject}`).digest('hex').slice(0, 32);
}
