/** Whom a channel is for. A channel of one never signs in the other. */
export type ChannelAudience = 'customer' | 'agent';

/** One front of the house in a browser, under an origin of its own, with its own client at the identity provider. */
export interface Channel {
  /** Kept with each session, e.g. `portal`. */
  readonly name: string;
  /** Scheme, host and port exactly as browsers write them, e.g. `https://portal.example`. */
  readonly origin: string;
  readonly audience: ChannelAudience;
  readonly clientId: string;
  readonly clientSecret: ClientSecret;
}

/** A secret that no printing of its channel shows. */
export class ClientSecret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }
}

/** Where a channel comes back to after the sign-in; registered at the identity provider exactly so. */
export function redirectUriOf({ origin }: Channel): string {
  return `${origin}/auth/callback`;
}
