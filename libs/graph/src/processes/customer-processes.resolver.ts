import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Customer } from '#lib/customer';
import type { RequestScope } from '#lib/kernel';
import { CommandService } from '#lib/processes';
import { Scope } from '../scope.decorator.js';
import { CustomerType } from '../types/customer.type.js';
import { ProcessType } from './process.types.js';
import { toProcess } from './to-process.js';

@Resolver(() => CustomerType)
export class CustomerProcessesResolver {
  constructor(private readonly commands: CommandService) {}

  @ResolveField('processes', () => [ProcessType], {
    description:
      'Vorgänge des Kunden, die neuesten 100, der neueste zuerst. Mitarbeitende sehen nur die Schritte, die sie etwas angehen.',
  })
  async processes(
    @Parent() customer: Customer,
    @Args('open', {
      type: () => Boolean,
      nullable: true,
      description: 'true: nur offene, false: nur abgeschlossene, ohne Angabe: alle.',
    })
    open: boolean | null,
    @Scope() scope: RequestScope,
  ): Promise<ProcessType[]> {
    const seen = await this.commands.lookAll(scope, customer, open ?? undefined);
    return seen.map((each) => toProcess(each, customer, scope.language));
  }
}
