import type { Control, Household } from './control.js';

/** Subsidiaries of which each customer of the bench is one. */
const ALL = 4;
/** The sandbox's households whose numbers are computed. */
const FIRST = 13;
const LAST = 100_012;
/** Households looked at at once. */
const AT_ONCE = 32;

/** A customer of all four subsidiaries who can sign in. */
export interface Member {
  readonly subject: string;
  readonly name: string;
  readonly links: Household['links'];
  readonly token: string;
}

/** Customers that nobody has asked for yet: what a contender knows of one, it was told by this bench. */
export class Crowd {
  private next = FIRST;
  private readonly found: Household[] = [];

  constructor(private readonly control: Control) {}

  /** So many who were not taken before. @throws Error when the sandbox has no more */
  async take(count: number): Promise<readonly Member[]> {
    while (this.found.length < count) await this.look();
    const households = this.found.splice(0, count);
    const members: Member[] = [];
    for (let at = 0; at < count; at += AT_ONCE) {
      members.push(...(await Promise.all(households.slice(at, at + AT_ONCE).map((each) => this.admit(each)))));
    }
    return members;
  }

  private async look(): Promise<void> {
    if (this.next > LAST) throw new Error('the sandbox has no more customers of all subsidiaries');
    const keys = Array.from({ length: AT_ONCE }, (_, index) => `h-${String(this.next + index).padStart(6, '0')}`);
    this.next += AT_ONCE;
    const households = await Promise.all(keys.map((key) => this.control.household(key)));
    this.found.push(...households.filter(({ links, hasSignIn }) => hasSignIn && Object.keys(links).length === ALL));
  }

  private async admit({ key, name, links }: Household): Promise<Member> {
    return { subject: key, name, links, token: await this.control.token(key) };
  }
}
