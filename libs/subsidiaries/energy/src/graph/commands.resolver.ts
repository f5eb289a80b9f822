import { Args, ArgsType, Field, ID, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import {
  DateScalar,
  DecimalScalar,
  Outcome,
  Scope,
  SubmissionArgs,
  Submissions,
  type ProcessType,
  type RefusalType,
} from '#lib/graph';
import type { CalendarDate, DecimalText, RequestScope } from '#lib/kernel';
import { ChangeInstalment } from '../commands/change-instalment.js';
import { SubmitReadings } from '../commands/submit-readings.js';

@InputType('ReadingInput', { description: 'Stand eines Zählwerks.' })
export class ReadingInput {
  @Field(() => ID)
  registerId: string;

  @Field(() => DecimalScalar, { description: 'Was der Zähler anzeigt, mit Punkt.' })
  value: DecimalText;

  @Field(() => String, {
    nullable: true,
    description: 'Warum ein ungewöhnlicher Stand stimmt: einer der Werte, die bei der Rückfrage angeboten werden.',
  })
  noteCode?: string | null;
}

@ArgsType()
export class SubmitReadingsArgs extends SubmissionArgs {
  @Field(() => ID)
  meterId: string;

  @Field(() => DateScalar, { description: 'Tag der Ablesung.' })
  date: CalendarDate;

  @Field(() => [ReadingInput], { description: 'Alle Zählwerke des Zählers.' })
  readings: ReadingInput[];
}

@ArgsType()
export class ChangeInstalmentArgs extends SubmissionArgs {
  @Field(() => ID)
  contractId: string;

  @Field(() => DecimalScalar, { description: 'Neuer Betrag in Euro.' })
  amount: DecimalText;

  @Field(() => DateScalar, { description: 'Erster Tag des neuen Betrags.' })
  from: CalendarDate;

  @Field(() => DecimalScalar, {
    description: 'Der Betrag, den der Kunde bei seiner Entscheidung sah; hat er sich geändert, wird abgelehnt.',
  })
  seen: DecimalText;
}

/** What customers may have done by the energy company. */
@Resolver()
export class EnergyCommandsResolver {
  constructor(
    private readonly submissions: Submissions,
    private readonly readings: SubmitReadings,
    private readonly instalment: ChangeInstalment,
  ) {}

  @Allow({ callers: ['customer', 'agent'] })
  @Mutation(() => Outcome, {
    description:
      'Meldet die Zählerstände eines Zählers. Weicht einer stark ab, fragt der Vorgang zurück (NEEDS_CUSTOMER). Nicht für den Vertrieb.',
  })
  submitReadings(
    @Args() { key, customerId, receiptTo, ...input }: SubmitReadingsArgs,
    @Scope() scope: RequestScope,
  ): Promise<ProcessType | RefusalType> {
    return this.submissions.submit({ kind: this.readings.kind, key, customerId, receiptTo, input }, scope);
  }

  @Allow({ callers: ['customer', 'agent'] })
  @Mutation(() => Outcome, { description: 'Ändert den Abschlag eines Vertrags.' })
  changeInstalment(
    @Args() { key, customerId, receiptTo, ...input }: ChangeInstalmentArgs,
    @Scope() scope: RequestScope,
  ): Promise<ProcessType | RefusalType> {
    return this.submissions.submit({ kind: this.instalment.kind, key, customerId, receiptTo, input }, scope);
  }
}
