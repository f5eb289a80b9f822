import type { World } from '../../world/world.js';
import type { Booking } from '../legacy-system.js';
import { readMail } from './read-mail.js';
import type { ReceivedMail } from './smtp-session.js';

/** Mails kept; the oldest are thrown away. */
const MOST_MAILS = 500;
/** Characters of a text that are kept. */
const LONGEST_TEXT = 100_000;
const LONGEST_SUBJECT = 1000;

/** A mail as the control endpoint shows it. */
export interface CaughtMail {
  /** ISO instant on the sandbox's clock. */
  readonly at: string;
  /** Of the envelope; empty: a bounce. */
  readonly from: string;
  /** Of the envelope. */
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/** The mails that were caught. */
export class MailTray {
  private mails: CaughtMail[] = [];

  constructor(private readonly world: World) {}

  put({ from, recipients, bytes }: ReceivedMail): void {
    const { subject, text } = readMail(bytes);
    const mail = {
      at: new Date(this.world.now()).toISOString(),
      from,
      recipients,
      subject: subject.slice(0, LONGEST_SUBJECT),
      text: text.slice(0, LONGEST_TEXT),
    };
    this.mails = [...this.mails, mail].slice(-MOST_MAILS);
  }

  /** Oldest first. */
  list(): readonly CaughtMail[] {
    return this.mails;
  }

  books(): readonly Booking[] {
    return this.mails.map((mail) => ({ kind: 'mail', account: mail.recipients.join(', '), ...mail }));
  }

  clear(): void {
    this.mails = [];
  }

  /** Throws away what went to the address of that household. */
  clearHousehold(household: number): void {
    const address = this.world.household(household)?.person.email?.toLowerCase();
    this.mails = this.mails.filter(({ recipients }) => !recipients.some((one) => one.toLowerCase() === address));
  }
}
