import type { ConsentState } from './consent/consent-state.js';

/** A person or household known to the group, with or without a sign-in, with all rights as they stood at one rights epoch. */
export interface Customer {
  readonly id: string;
  /** `sub` of the customer's tokens; null without a sign-in. */
  readonly subject: string | null;
  readonly name: string;
  /** Key of subsidiary → the customer's number there, in the order in which they were linked. */
  readonly links: Readonly<Record<string, string>>;
  readonly consents: ConsentState;
  /** Rises with every change of links, consents or mandates. An answer made under an older one is not sent. */
  readonly rightsEpoch: number;
}
