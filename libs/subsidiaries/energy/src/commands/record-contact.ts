import { Inject, Injectable } from '@nestjs/common';
import {
  AppError,
  CLOCK,
  epochOf,
  instantOf,
  parseInstant,
  Refusal,
  type CalendarDate,
  type Clock,
  type RequestScope,
} from '#lib/kernel';
import type { Attempt, Command, CommandRequest, Effect } from '#lib/subsidiary-kit';
import { Upstream } from '#lib/upstream';
import { ContactsBackend } from '../backend/agents/contacts.backend.js';
import { CONTACT_CHOICES, CONTACTS_SINCE } from '../contacts.operations.js';
import { CONTACT_DIRECTIONS } from '../model/agents/contact-record.js';
import {
  plainLine,
  plainLines,
  refusalByChoices,
  refusalOfContact,
  type ContactChoices,
  type ContactWish,
} from '../model/agents/contact-wish.js';
import { hasGaps } from '../model/gaps.js';
import { SAP } from '../operations.js';
import { ownAgent } from '../own-agent.js';
import { scopeOf } from './attempt-scope.js';
import { invalid, objectAt, optionalTextAt, textAt } from './parse-input.js';

/** By which the contact is found in the customer's list. */
export type ContactResult = { readonly reference: string };

type ContactEffect = Effect<ContactResult>;

const LONGEST_CODE = 40;
/** How long texts may be is told by a refusal. */
const LONGEST_TEXT = 10_000;
const DAY_MS = 86_400_000;

/** An agent notes a contact (Kontakt) with the customer. */
@Injectable()
export class RecordContact implements Command<ContactWish, ContactResult> {
  readonly kind = 'energy.record-contact';
  /** SAP takes no key of ours; ours stands in the note, by which an earlier attempt is found. */
  readonly dedupe = 'naturalKey';
  readonly system = SAP.system;
  readonly title = { de: 'Kontakt vermerken', 'de-simple': 'Gespräch aufschreiben', en: 'Note a contact' };
  readonly attemptMs = 25_000;
  /** Nobody waits for a note; a week later it is of no use any more. */
  readonly deadlineMs = 7 * DAY_MS;

  constructor(
    private readonly backend: ContactsBackend,
    private readonly upstream: Upstream,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  parse(input: unknown): ContactWish {
    const fields = objectAt(input, '$');
    const at = parseInstant(textAt(fields, 'at', 'at', 40));
    if (at === undefined) throw invalid('at', 'must be an instant of RFC 3339');
    const wished = textAt(fields, 'direction', 'direction', 20);
    const direction = CONTACT_DIRECTIONS.find((each) => each === wished);
    if (direction === undefined) throw invalid('direction', `must be one of ${CONTACT_DIRECTIONS.join(', ')}`);
    const note = plainLines(optionalTextAt(fields, 'note', 'note', LONGEST_TEXT) ?? '');
    return {
      at,
      direction,
      channel: textAt(fields, 'channel', 'channel', LONGEST_CODE),
      reason: textAt(fields, 'reason', 'reason', LONGEST_CODE),
      category: optionalTextAt(fields, 'category', 'category', LONGEST_CODE),
      subject: plainLine(textAt(fields, 'subject', 'subject', LONGEST_TEXT)),
      note: note === '' ? null : note,
    };
  }

  /** @throws AppError FORBIDDEN for anyone but agents of this company: no edge lets others in */
  async check(wish: ContactWish, { scope }: CommandRequest): Promise<Refusal | null> {
    ownAgent(scope);
    const refusal = refusalOfContact(wish, this.clock.now());
    if (refusal !== null) return refusal;
    const choices = await this.findChoices(scope);
    return choices === null ? null : refusalByChoices(wish, choices);
  }

  async execute(wish: ContactWish, attempt: Attempt): Promise<ContactEffect> {
    const { account, signal, key: reference } = attempt;
    await attempt.intend();
    const written = await this.upstream.write({ ...SAP, account, signal }, (call) =>
      this.backend.record({ ...wish, account, reference }, call),
    );
    if (written.kind === 'taken') return doneWith(reference);
    const subsidiaryMessage = written.refusal.message ?? undefined;
    return { kind: 'refused', refusal: new Refusal('NOT_POSSIBLE', { subsidiaryMessage }) };
  }

  /** Whether a contact of that day or later has our reference. @throws AppError UPSTREAM_MALFORMED when rows are unreadable */
  async readBack({ at }: ContactWish, attempt: Omit<Attempt, 'intend'>): Promise<ContactEffect | null> {
    const { account, key: reference } = attempt;
    // A day of leeway: whether SAP reads the moment in UTC or on the wall is its own customising.
    const since = instantOf(epochOf(at) - DAY_MS).slice(0, 10) as CalendarDate;
    const contacts = await this.upstream.read(
      {
        operation: CONTACTS_SINCE,
        account,
        args: [since],
        load: (call) => this.backend.listContacts(account, since, call),
      },
      scopeOf(attempt, this.clock),
    );
    if (contacts.value.some((contact) => contact.reference === reference)) return doneWith(reference);
    if (hasGaps(contacts)) throw new AppError('UPSTREAM_MALFORMED', 'contacts are unreadable');
    return null;
  }

  /** Null where SAP does not answer and nothing is known: no reason to refuse. */
  private async findChoices(scope: RequestScope): Promise<ContactChoices | null> {
    try {
      const { value, omissions } = await this.upstream.read(
        { operation: CONTACT_CHOICES, account: null, args: [], load: (call) => this.backend.listChoices(call) },
        scope,
      );
      return hasGaps({ omissions }) ? null : value;
    } catch (error) {
      if (error instanceof AppError && error.code.startsWith('UPSTREAM_')) return null;
      throw error;
    }
  }
}

function doneWith(reference: string): ContactEffect {
  return { kind: 'done', result: { reference } };
}
