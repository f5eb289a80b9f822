import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Allow, Counter } from '#lib/access';
import { CustomerAccess, type Customer } from '#lib/customer';
import { Refusal, type RequestScope } from '#lib/kernel';
import { getCaller } from '../rights/caller.js';
import { toRefusal, type RefusalType } from '../rights/refusal.type.js';
import { Scope } from '../scope.decorator.js';
import { CustomerType } from '../types/customer.type.js';
import { HandoverCodeResult, type HandoverCodeType } from './mandate.types.js';

/** Customers prepare to be recognised by agents. */
@Resolver()
export class HandoverResolver {
  constructor(
    private readonly counter: Counter,
    private readonly access: CustomerAccess,
  ) {}

  @Allow({ callers: ['customer'] })
  @Mutation(() => HandoverCodeResult, {
    description: 'Erzeugt einen Code für den Schalter: zehn Minuten und einmal gültig; ein früherer verfällt.',
  })
  async createHandoverCode(@Scope() scope: RequestScope): Promise<HandoverCodeType | RefusalType> {
    const result = await this.counter.createHandoverCode(await getCaller(this.access, scope));
    return result instanceof Refusal ? toRefusal(result, scope.language) : result;
  }

  @Allow({ callers: ['customer'], stepUp: true })
  @Mutation(() => CustomerType, {
    description: 'Setzt das Kennwort, mit dem sich der Kunde am Telefon zu erkennen gibt; ein früheres verfällt.',
  })
  async setPhoneSecret(
    @Args('secret', { type: () => String, description: '6 bis 60 Zeichen.' }) secret: string,
    @Scope() scope: RequestScope,
  ): Promise<Customer> {
    const customer = await getCaller(this.access, scope);
    await this.counter.setPhoneSecret(customer, secret);
    return customer;
  }
}
