import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AppError, CLOCK, instantOf, Refusal, type Clock, type Instant, type RequestScope } from '#lib/kernel';
import { Attempts } from '#lib/customer';
import { Store } from '#lib/store';
import { CommandRegistry } from '../engine/command-registry.js';
import type { ProcessView } from '../model/process-view.js';
import { openForm, sealForm } from '../receipts/form-seal.js';
import { wordsOf } from '../receipts/mail-words.js';
import { ReceiptSigner } from '../receipts/receipt-signer.js';
import { CommandService } from './command-service.js';
import { understandPublic } from './public-submission.js';
import { receiptAddress } from './receipt-address.js';

/** Time to read the summary and press the second button. */
const VALID_MS = 30 * 60_000;
const HOUR_MS = 3_600_000;
/** Whoever shares an address, e.g. in a hall of residence, still gets through; a flood does not. */
const PER_ADDRESS = { most: 20, withinMs: HOUR_MS };
/** Confirmations go to an address that anyone can name: nobody is to be flooded with them. */
const PER_RECIPIENT = { most: 5, withinMs: 24 * HOUR_MS };

/** The first step of a public declaration: what would be declared, and the token by which it is. */
export interface PreparedDeclaration {
  /** What the declaration says, line by line. */
  readonly statement: readonly string[];
  readonly token: string;
  readonly expiresAt: Instant;
}

/** The second step: accepted, and confirmed in text form. */
export interface ConfirmedDeclaration {
  readonly view: ProcessView;
  /** Content, date and time of the declaration, as in the mail. */
  readonly text: string;
}

/** Declarations that anyone may make without signing in, in two steps: look at it, then say it. */
@Injectable()
export class PublicDeclarations {
  private readonly attempts: Attempts;

  constructor(
    private readonly commands: CommandService,
    private readonly registry: CommandRegistry,
    private readonly signer: ReceiptSigner,
    store: Store,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.attempts = new Attempts('public declaration', store, clock);
  }

  /**
   * Checks the form and gives it back with a token. Nothing is kept, and no legacy system is asked.
   * @throws AppError INVALID_INPUT with path and reason, also for an address that is none
   */
  async prepare(
    kind: string,
    input: unknown,
    { receiptTo, scope }: { readonly receiptTo: string; readonly scope: RequestScope },
  ): Promise<PreparedDeclaration | Refusal> {
    const { steps } = understandPublic(this.registry, kind, input);
    const step = steps[0]!;
    const to = receiptAddress(receiptTo, 'email');
    const refusal = await step.command.check(step.input, { account: step.account, scope });
    if (to === null) throw new AppError('INVALID_INPUT', 'no e-mail address', { path: 'email', reason: 'is missing' });
    if (refusal !== null) return refusal;
    const expiresAt = this.clock.now() + VALID_MS;
    const content = { input: step.input, to };
    const token = await sealForm(this.signer, { kind, key: randomUUID(), content, expiresAt });
    return { statement: this.statementOf(kind, step.input, scope), token, expiresAt: instantOf(expiresAt) };
  }

  /**
   * Makes the declaration: accepted at once, whatever becomes of it, and confirmed by mail. The same token again gives
   * the same receipt. What becomes of it is not said here: it would tell strangers who has a contract.
   * @returns FORM_EXPIRED for a token that is none or too old; TOO_MANY_ATTEMPTS
   * @throws AppError UPSTREAM_* when it could not be accepted: send it again
   */
  async confirm(kind: string, token: string, scope: RequestScope): Promise<ConfirmedDeclaration | Refusal> {
    const form = await openForm(this.signer, this.clock, kind, token);
    if (form === undefined) return new Refusal('FORM_EXPIRED');
    const { input, to } = form.content as { input: unknown; to: string };
    const order = { kind, key: form.key, input, receiptTo: to, scope };
    const known = await this.commands.findDeclared(order);
    if (known === undefined) {
      const limit = { perActor: PER_ADDRESS, perTarget: PER_RECIPIENT };
      const address = addressGroup(scope.address);
      const counted = await this.attempts.count({ actor: [address], target: [to.toLowerCase()], ...limit });
      if (counted instanceof Refusal) return counted;
    }
    const view = known ?? (await this.commands.declare(order));
    const { receipt } = view;
    const facts = { occasion: 'declaration', language: scope.language, title: view.title[scope.language] } as const;
    const statement = this.statementOf(kind, input, scope);
    const { text } = wordsOf({ ...facts, receiptNumber: receipt.number, acceptedAt: receipt.at, statement });
    return { view, text };
  }

  private statementOf(kind: string, input: unknown, { language }: RequestScope): readonly string[] {
    const { command } = this.registry.getCommand(kind);
    return command.statement?.(command.parse(input), language) ?? [];
  }
}

/** One household has a whole network of 64 bits in IPv6. */
function addressGroup(address: string | null): string {
  if (address === null) return 'unknown';
  return address.includes(':') && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address;
}
