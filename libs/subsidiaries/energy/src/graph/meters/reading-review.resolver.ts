import { Args, ArgsType, Field, ID, Mutation, registerEnumType, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import { Outcome, Scope, SubmissionArgs, Submissions, type ProcessType, type RefusalType } from '#lib/graph';
import type { RequestScope } from '#lib/kernel';
import { ReviewReading } from '../../commands/review-reading.js';
import { READING_DECISIONS, type ReadingDecision } from '../../model/meters/reading-review.js';
import { ownServiceAgent } from '../../own-agent.js';

const DecisionEnum = Object.fromEntries(READING_DECISIONS.map((decision) => [decision, decision]));
registerEnumType(DecisionEnum, {
  name: 'ReadingDecision',
  description: 'Was mit einem gesperrten Zählerstand geschieht.',
  valuesMap: {
    RELEASE: { description: 'Freigeben: er wird abgerechnet.' },
    REJECT: { description: 'Zurückweisen: er bleibt gesperrt; einen richtigen meldet "submitReadings".' },
  },
});

@ArgsType()
export class ReviewReadingArgs extends SubmissionArgs {
  @Field(() => ID, { description: 'Ein Zählerstand im Stand IMPLAUSIBLE oder LOCKED, wie unter Meter.readings.' })
  readingId: string;

  @Field(() => DecisionEnum)
  decision: ReadingDecision;

  @Field(() => String, { description: 'Begründung, 3 bis 200 Zeichen; sie bleibt beim Vorgang.' })
  reason: string;
}

/** What agents decide about readings. */
@Resolver()
export class ReadingReviewResolver {
  constructor(
    private readonly submissions: Submissions,
    private readonly command: ReviewReading,
  ) {}

  @Allow({ callers: ['agent'] })
  @Mutation(() => Outcome, {
    description:
      'Gibt einen unplausiblen Zählerstand frei oder weist ihn zurück. Nur für den Kundenservice der Stadtwerke Energie, ' +
      'für den Kunden, der gerade bedient wird.',
  })
  reviewReading(
    @Args() { key, customerId, receiptTo, ...input }: ReviewReadingArgs,
    @Scope() scope: RequestScope,
  ): Promise<ProcessType | RefusalType> {
    ownServiceAgent(scope);
    return this.submissions.submit({ kind: this.command.kind, key, customerId, receiptTo, input }, scope);
  }
}
