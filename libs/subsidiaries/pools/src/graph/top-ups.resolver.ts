import type { OnModuleInit } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import type { Customer } from '#lib/customer';
import {
  DecimalScalar,
  Outcome,
  Pending,
  ProcessType,
  ResultNodes,
  Scope,
  SubmissionArgs,
  Submissions,
  type NamedNode,
  type RefusalType,
} from '#lib/graph';
import type { DecimalText, RequestScope } from '#lib/kernel';
import { TopUpCard } from '../commands/top-up-card.js';
import { POOLS_KEY } from '../operations.js';
import { PoolsService } from '../pools.service.js';
import { toValueCard, ValueCardType } from './value-card.type.js';

@ArgsType()
export class TopUpCardArgs extends SubmissionArgs {
  @Field(() => ID, { description: 'Die erste Karte des Kunden: nur auf sie bucht die Kasse.' })
  cardId: string;

  @Field(() => DecimalScalar, { description: 'Betrag in Euro.' })
  amount: DecimalText;
}

/** Top-ups of value cards: how customers ask for them, and those under way. */
@Resolver(() => ValueCardType)
export class TopUpsResolver implements OnModuleInit {
  constructor(
    private readonly submissions: Submissions,
    private readonly pending: Pending,
    private readonly results: ResultNodes,
    private readonly service: PoolsService,
    private readonly command: TopUpCard,
  ) {}

  onModuleInit(): void {
    this.results.add(this.command.kind, ({ cardId }, customer, scope) => this.find(String(cardId), customer, scope));
  }

  @Allow({ callers: ['customer', 'agent'] })
  @Mutation(() => Outcome, {
    description:
      'Lädt eine Geldwertkarte auf. Antwortet die Kasse nicht, wird nie ein zweites Mal gebucht: der Vorgang ist dann UNCERTAIN und wird geprüft.',
  })
  topUpCard(
    @Args() { key, customerId, receiptTo, ...input }: TopUpCardArgs,
    @Scope() scope: RequestScope,
  ): Promise<ProcessType | RefusalType> {
    return this.submissions.submit({ kind: this.command.kind, key, customerId, receiptTo, input }, scope);
  }

  @ResolveField('pendingTopUp', () => ProcessType, {
    nullable: true,
    description: 'Die zuletzt gewünschte Aufladung, solange sie nicht bestätigt ist; sonst null.',
  })
  async pendingTopUp(
    @Parent() { id, customer }: ValueCardType,
    @Scope() scope: RequestScope,
  ): Promise<ProcessType | null> {
    const topUps = { subsidiary: POOLS_KEY, command: this.command };
    const last = await this.pending.last(scope, customer, topUps, ({ cardId }) => (cardId === id ? [{}] : []));
    return (await last?.process()) ?? null;
  }

  private async find(id: string, customer: Customer, scope: RequestScope): Promise<NamedNode | null> {
    const { value, source } = await this.service.listCards(scope, customer);
    const card = value.map((each) => toValueCard(each, customer, source)).find((each) => each.id === id);
    return card === undefined ? null : { __typename: 'ValueCard', ...card };
  }
}
