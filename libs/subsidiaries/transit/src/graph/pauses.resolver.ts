import type { OnModuleInit } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Int, Mutation, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import type { Customer } from '#lib/customer';
import {
  DateScalar,
  Outcome,
  Pending,
  ProcessField,
  ProcessType,
  ResultNodes,
  Scope,
  SubmissionArgs,
  Submissions,
  type NamedNode,
  type PendingWish,
  type RefusalType,
} from '#lib/graph';
import type { CalendarDate, RequestScope } from '#lib/kernel';
import { PauseSubscription } from '../commands/pause-subscription.js';
import { pauseOf } from '../model/pause.js';
import { TRANSIT_KEY } from '../operations.js';
import { TransitService } from '../transit.service.js';
import { FareSubscriptionType, toFareSubscriptionType } from './fare-subscription.type.js';

@ArgsType()
export class PauseSubscriptionArgs extends SubmissionArgs {
  @Field(() => ID)
  subscriptionId: string;

  @Field(() => String, { description: 'Erster Monat der Pause, JJJJ-MM.' })
  from: string;

  @Field(() => Int, { description: 'So viele ganze Monate.' })
  months: number;
}

@ObjectType('PendingPause', { description: 'Gewünschte Pause, die noch nicht bestätigt ist.' })
export class PendingPauseType {
  @Field(() => DateScalar)
  from: CalendarDate;

  @Field(() => DateScalar, { description: 'Letzter Tag der Pause.' })
  until: CalendarDate;

  @ProcessField()
  process: PendingWish['process'];
}

/** Pauses of subscriptions: how customers ask for them, and those under way. */
@Resolver(() => FareSubscriptionType)
export class PausesResolver implements OnModuleInit {
  constructor(
    private readonly submissions: Submissions,
    private readonly pending: Pending,
    private readonly results: ResultNodes,
    private readonly service: TransitService,
    private readonly command: PauseSubscription,
  ) {}

  onModuleInit(): void {
    this.results.add(this.command.kind, ({ subscriptionId }, customer, scope) =>
      this.find(String(subscriptionId), customer, scope),
    );
  }

  @Allow({ callers: ['customer', 'agent'] })
  @Mutation(() => Outcome, { description: 'Lässt ein Abo für ganze Monate ruhen.' })
  pauseSubscription(
    @Args() { key, customerId, receiptTo, ...input }: PauseSubscriptionArgs,
    @Scope() scope: RequestScope,
  ): Promise<ProcessType | RefusalType> {
    return this.submissions.submit({ kind: this.command.kind, key, customerId, receiptTo, input }, scope);
  }

  @ResolveField('pendingPause', () => PendingPauseType, {
    nullable: true,
    description: 'Die zuletzt gewünschte Pause, solange sie nicht bestätigt ist; sonst null.',
  })
  pendingPause(
    @Parent() { id, customer }: FareSubscriptionType,
    @Scope() scope: RequestScope,
  ): Promise<PendingPauseType | null> {
    const pauses = { subsidiary: TRANSIT_KEY, command: this.command };
    return this.pending.last(scope, customer, pauses, (wish) => (wish.subscriptionId === id ? [pauseOf(wish)] : []));
  }

  private async find(id: string, customer: Customer, scope: RequestScope): Promise<NamedNode | null> {
    const { value, source } = await this.service.listSubscriptions(scope, customer);
    const subscriptions = value.map((each) => toFareSubscriptionType(each, customer, source));
    const found = subscriptions.find((subscription) => subscription.id === id);
    return found === undefined ? null : { __typename: 'FareSubscription', ...found };
  }
}
