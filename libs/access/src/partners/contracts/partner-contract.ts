import { inspect } from 'node:util';
import type { AgentRole } from '#lib/kernel';

/** A text that shows up nowhere by accident: neither printed nor serialised. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself, for the one place that compares it. */
  reveal(): string {
    return this.#text;
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

/** A public key of a partner as RFC 7517 writes it. */
export type PublicKey = Readonly<Record<string, string>> & { readonly kty: string };

/** How a partner shows at the token endpoint that it is itself (RFC 6749 §2.3.1, RFC 7523 §2.2). */
export type ClientAuthentication =
  | { readonly method: 'client_secret_basic'; readonly secret: Secret }
  | { readonly method: 'private_key_jwt'; readonly keys: readonly PublicKey[] };

/** What was agreed with a partner. */
export interface PartnerContract {
  readonly clientId: string;
  /** As customers read it on the consent page. */
  readonly name: string;
  /** Key of the subsidiary for which the partner works; null for one that works for none. */
  readonly subsidiary: string | null;
  /**
   * What the partner does with customers' data. Sales unless the contract says otherwise: then it gets no data of the
   * grid, whatever customers grant (§ 6a EnWG). `service` is e.g. an energy adviser.
   */
  readonly role: AgentRole;
  /** The most that a token of this partner may carry. */
  readonly scopes: readonly string[];
  /** Where customers may be sent back to, each to the letter; none: the partner cannot ask customers for anything. */
  readonly redirectUris: readonly string[];
  readonly quotas: { readonly perMinute: number; readonly perDay: number };
  readonly authentication: ClientAuthentication;
}

/** Scopes of the house with the German sentence that says what each allows. */
export interface PartnerScopes {
  /** What a partner may do by its contract alone. */
  readonly own: Readonly<Record<string, string>>;
  /** What a customer may grant to a partner. */
  readonly granted: Readonly<Record<string, string>>;
}

/** Scopes that belong to no subsidiary alone. */
export const HOUSE_SCOPES: PartnerScopes['own'] = {
  'entitlements:check':
    'Fragen, ob einer Kundin oder einem Kunden eine Vergünstigung zusteht; nur Ja, Nein oder unbekannt.',
};
