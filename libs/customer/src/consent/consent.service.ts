import { Injectable } from '@nestjs/common';
import { sql } from '#lib/store';
import { Refusal, type Language } from '#lib/kernel';
import { Store } from '#lib/store';
import type { Customer } from '../customer.js';
import type { CustomerTables } from '../persistence/tables.js';
import { CustomerRights, type Declaration } from '../rights/customer-rights.js';
import { groupsOf } from './consent-groups.js';
import { pairsAmong, type ConsentPair } from './consent-state.js';
import { currentText, listTexts, type ConsentText } from './consent-text.js';
import { PURPOSES, type Purpose } from './purpose.js';

/** What a customer has consented to for a purpose, or may consent to. */
export interface Consent {
  readonly purpose: Purpose;
  /** Given: all of these with each other. Not given: those that take part in no consent for the purpose. */
  readonly subsidiaries: readonly string[];
  readonly given: boolean;
  /** The text that was agreed to; while not given, the one that would be. */
  readonly text: ConsentText;
}

type GivenPair = ConsentPair & { readonly version: string | null };

/** Declares and withdraws consent, and tells what stands. */
@Injectable()
export class ConsentService {
  constructor(
    private readonly store: Store,
    private readonly rights: CustomerRights,
  ) {}

  /**
   * Everything the customer has decided and could decide.
   * @param installed keys of all subsidiaries, in the order in which they are shown
   * @throws AppError UPSTREAM_* when the store is out of reach
   */
  async list(customer: Customer, installed: readonly string[]): Promise<Consent[]> {
    const pairs = await this.listPairs(customer.id);
    return PURPOSES.flatMap((purpose) => {
      const groups = groupsOf(installed, (one, other) => customer.consents.covers(purpose, one, other));
      const consents: Consent[] = groups.map((subsidiaries) => {
        const text = oldestText(purpose, subsidiaries, pairs);
        return { purpose, subsidiaries, given: true, text };
      });
      const apart = installed.filter((key) => !groups.some((group) => group.includes(key)));
      if (apart.length > 0) {
        consents.push({ purpose, subsidiaries: apart, given: false, text: currentText(purpose) });
      }
      return consents;
    });
  }

  /**
   * The subsidiaries may from now on use each other's data for the purpose.
   * @param counter subsidiary of the agent who writes it down; null where the customer declares through the portal
   * @returns the customer as changed, or TEXT_OUTDATED with the current text as choice
   */
  async give(
    customer: Customer,
    purpose: Purpose,
    subsidiaries: readonly string[],
    textVersion: string,
    language: Language,
    counter: string | null = null,
  ): Promise<Customer | Refusal> {
    const { version, texts } = currentText(purpose);
    if (textVersion === version) {
      return this.rights.giveConsent(customer.id, { purpose, subsidiaries, textVersion, ...placeOf(counter) });
    }
    const choices = [{ value: version, label: texts[language] }];
    return new Refusal('TEXT_OUTDATED', { problems: [{ path: 'textVersion', code: 'TEXT_OUTDATED', choices }] });
  }

  /** As easy as giving (Art. 7 (3) GDPR): no text, no reason. Answers when no instance acts on the consent any more. */
  withdraw(
    customer: Customer,
    purpose: Purpose,
    subsidiaries: readonly string[],
    counter: string | null = null,
  ): Promise<Customer> {
    const declaration = { purpose, subsidiaries, textVersion: null, ...placeOf(counter) };
    return this.rights.withdrawConsent(customer.id, declaration);
  }

  private async listPairs(customerId: string): Promise<readonly GivenPair[]> {
    const { rows } = await this.store.read<CustomerTables, { rows: GivenPair[] }>((reader) =>
      sql<GivenPair>`
        select distinct on (purpose, one, other) purpose, one, other, text_version as version
        from consent_event where customer_id = ${customerId} order by purpose, one, other, id desc`.execute(reader),
    );
    return rows;
  }
}

/** Where it was declared. An agent writes down only what concerns their own company. */
function placeOf(counter: string | null): Pick<Declaration, 'channel' | 'within'> {
  return counter === null ? { channel: 'portal' } : { channel: 'counter', within: counter };
}

/** The subsidiaries may have been agreed to one after the other: the oldest text is what all of it rests on. */
function oldestText(purpose: Purpose, subsidiaries: readonly string[], given: readonly GivenPair[]): ConsentText {
  const among = pairsAmong(purpose, subsidiaries);
  const agreed = given.filter((pair) => among.some(({ one, other }) => sameConsent(pair, { purpose, one, other })));
  const versions = new Set(agreed.map(({ version }) => version));
  // Only consents that the sandbox seeds were declared under no text.
  return listTexts(purpose).findLast(({ version }) => versions.has(version)) ?? currentText(purpose);
}

function sameConsent(left: ConsentPair, right: ConsentPair): boolean {
  return left.purpose === right.purpose && left.one === right.one && left.other === right.other;
}
