import { AppError, type RequestScope } from '#lib/kernel';
import type { LinkProof } from '#lib/subsidiary-kit';
import { LetterDispatch, type CodeLetter } from '../letter-dispatch.js';

const BOATS: Readonly<Record<string, string>> = { '0001': 'Möwe', '0002': 'Robbe' };
/** Whatever is asked about this berth fails, as a system may over one customer's data. */
const BROKEN = '0666';

/** A harbour office that knows berths and the names of their boats. */
export class Harbour implements LinkProof {
  readonly factName = 'Bootsname';
  readonly controlNumber = '0000';
  /** Numbers that were asked for, but for the control number. */
  readonly asked: string[] = [];
  readonly scopes: RequestScope[] = [];
  outage: AppError | undefined;

  normalise(number: string): string | undefined {
    const digits = number.replace(/\s/g, '');
    return /^\d{1,4}$/.test(digits) ? digits.padStart(4, '0') : undefined;
  }

  async prove(account: string, fact: string, scope: RequestScope): Promise<boolean> {
    if (account !== this.controlNumber) this.asked.push(account);
    this.scopes.push(scope);
    if (this.outage) throw this.outage;
    if (account === BROKEN) throw new AppError('UPSTREAM_UNAVAILABLE', 'this berth breaks the system');
    const boat = BOATS[account];
    if (boat === undefined) throw new AppError('UPSTREAM_REJECTED', 'no such berth', { upstreamCode: '404' });
    return boat === fact;
  }
}

/** A post office that keeps what it is given. */
export class Post extends LetterDispatch {
  readonly letters: CodeLetter[] = [];

  async send(letter: CodeLetter): Promise<void> {
    this.letters.push(letter);
  }
}
