import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow, Counter } from '#lib/access';
import { CustomerAccess, type Customer } from '#lib/customer';
import { AppError, keyOfGlobalId, parseGlobalId, type RequestScope } from '#lib/kernel';
import { CommandService, type ProcessView } from '#lib/processes';
import { Scope } from '../scope.decorator.js';
import { NodeType } from '../types/node.type.js';
import { meantCustomer } from './meant-customer.js';
import { ProcessType } from './process.types.js';
import { ResultNodes, type NamedNode } from './result-nodes.js';
import { PROCESS, toProcess } from './to-process.js';

/** Longer than any answer that is offered. */
const LONGEST_ANSWER = 200;

/** Processes, and what customers do with them after their acceptance. */
@Resolver(() => ProcessType)
export class ProcessResolver {
  constructor(
    private readonly commands: CommandService,
    private readonly access: CustomerAccess,
    private readonly counter: Counter,
    private readonly results: ResultNodes,
  ) {}

  @Allow({ callers: ['customer', 'agent'] })
  @Query(() => ProcessType, {
    nullable: true,
    description:
      'Ein Vorgang des angemeldeten Kunden, oder dessen, der gerade bedient wird; null, wenn es ihn da nicht gibt.',
  })
  async process(@Args('id', { type: () => ID }) id: string, @Scope() scope: RequestScope): Promise<ProcessType | null> {
    const customer = await meantCustomer(this.access, this.counter, scope);
    const parsed = parseGlobalId(id);
    if (parsed?.type !== PROCESS) return null;
    const seen = await this.commands.look(scope, customer, parsed.key);
    return seen === undefined ? null : toProcess(seen, customer, scope.language);
  }

  @Allow({ callers: ['customer', 'agent'] })
  @Mutation(() => ProcessType, {
    description:
      'Beantwortet die offene Frage eines Vorgangs mit einem der angebotenen Werte ("refusal.problems.choices.value").',
  })
  async answerProcess(
    @Args('id', { type: () => ID }) id: string,
    @Args('answer', { type: () => String }) answer: string,
    @Scope() scope: RequestScope,
  ): Promise<ProcessType> {
    if (answer.length > LONGEST_ANSWER) {
      const reason = 'not one of the offered choices';
      throw new AppError('INVALID_INPUT', reason, { path: 'answer', reason });
    }
    return this.change(id, scope, (target) => this.commands.answer(target, answer));
  }

  @Allow({ callers: ['customer', 'agent'] })
  @Mutation(() => ProcessType, {
    description: 'Zieht einen Vorgang zurück, von dem noch nichts abgeschickt wurde; zu spät ist CONFLICT.',
  })
  cancelProcess(@Args('id', { type: () => ID }) id: string, @Scope() scope: RequestScope): Promise<ProcessType> {
    return this.change(id, scope, (target) => this.commands.cancel(target));
  }

  @ResolveField('result', () => NodeType, {
    nullable: true,
    description: 'Was der erledigte Vorgang angelegt oder geändert hat, im neuen Stand; null bis dahin.',
  })
  async result(@Parent() { view, customer }: ProcessType, @Scope() scope: RequestScope): Promise<NamedNode | null> {
    const load = view.state === 'DONE' && view.result !== null ? this.results.find(view.kind) : undefined;
    return load === undefined ? null : load(view.result ?? {}, customer, scope);
  }

  private async change(
    id: string,
    scope: RequestScope,
    work: (target: { id: string; customer: Customer; scope: RequestScope }) => Promise<ProcessView>,
  ): Promise<ProcessType> {
    const customer = await meantCustomer(this.access, this.counter, scope);
    const view = await work({ id: keyOfGlobalId(id, PROCESS), customer, scope });
    // Whoever may change all steps sees all of them.
    return toProcess({ view, isWhole: true }, customer, scope.language);
  }
}
