import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import { flattenedReceipt, Scope, toRefusal, type RefusalType } from '#lib/graph';
import { Refusal, type RequestScope } from '#lib/kernel';
import { PublicDeclarations } from '#lib/processes';
import { DeclareCancellation, DeclareWithdrawal } from '../../commands/declare.js';
import {
  CancellationInput,
  ConfirmedOutcome,
  PreparedOutcome,
  WithdrawalInput,
  type ConfirmedDeclarationType,
  type PreparedDeclarationType,
} from './declarations.type.js';

/** Longer than any token of ours. */
const LONGEST_TOKEN = 8_000;

/** What anyone may declare without signing in, each in two steps (§§ 312k, 356a BGB). */
@Resolver()
export class DeclarationsResolver {
  constructor(
    private readonly declarations: PublicDeclarations,
    private readonly cancellation: DeclareCancellation,
    private readonly withdrawal: DeclareWithdrawal,
  ) {}

  @Allow({ callers: 'anyone' })
  @Mutation(() => PreparedOutcome, {
    description: 'Kündigung, Schritt 1 („Verträge hier kündigen“): prüft die Angaben. Es wird nichts gespeichert.',
  })
  prepareCancellation(
    @Args('input', { type: () => CancellationInput }) { email, ...input }: CancellationInput,
    @Scope() scope: RequestScope,
  ): Promise<PreparedDeclarationType | RefusalType> {
    return this.prepare(this.cancellation.kind, input, email, scope);
  }

  @Allow({ callers: 'anyone' })
  @Mutation(() => ConfirmedOutcome, {
    description:
      'Kündigung, Schritt 2 („jetzt kündigen“): erklärt sie. Derselbe Token gibt immer dieselbe Bestätigung.',
  })
  confirmCancellation(
    @Args('token', { type: () => String }) token: string,
    @Scope() scope: RequestScope,
  ): Promise<ConfirmedDeclarationType | RefusalType> {
    return this.confirm(this.cancellation.kind, token, scope);
  }

  @Allow({ callers: 'anyone' })
  @Mutation(() => PreparedOutcome, {
    description: 'Widerruf, Schritt 1 („Vertrag widerrufen“): prüft die Angaben. Es wird nichts gespeichert.',
  })
  prepareWithdrawal(
    @Args('input', { type: () => WithdrawalInput }) { email, ...input }: WithdrawalInput,
    @Scope() scope: RequestScope,
  ): Promise<PreparedDeclarationType | RefusalType> {
    return this.prepare(this.withdrawal.kind, input, email, scope);
  }

  @Allow({ callers: 'anyone' })
  @Mutation(() => ConfirmedOutcome, {
    description:
      'Widerruf, Schritt 2 („Widerruf bestätigen“): erklärt ihn. Derselbe Token gibt immer dieselbe Bestätigung.',
  })
  confirmWithdrawal(
    @Args('token', { type: () => String }) token: string,
    @Scope() scope: RequestScope,
  ): Promise<ConfirmedDeclarationType | RefusalType> {
    return this.confirm(this.withdrawal.kind, token, scope);
  }

  private async prepare(
    kind: string,
    input: object,
    receiptTo: string,
    scope: RequestScope,
  ): Promise<PreparedDeclarationType | RefusalType> {
    const prepared = await this.declarations.prepare(kind, input, { receiptTo, scope });
    return prepared instanceof Refusal ? toRefusal(prepared, scope.language) : prepared;
  }

  private async confirm(
    kind: string,
    token: string,
    scope: RequestScope,
  ): Promise<ConfirmedDeclarationType | RefusalType> {
    const given = token.length > LONGEST_TOKEN ? '' : token;
    const confirmed = await this.declarations.confirm(kind, given, scope);
    if (confirmed instanceof Refusal) return toRefusal(confirmed, scope.language);
    const { view, text } = confirmed;
    const { number, at } = view.receipt;
    return { number, at, text, signedJson: flattenedReceipt(view.receipt) };
  }
}
