import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow, Counter } from '#lib/access';
import { CustomerAccess, type Customer } from '#lib/customer';
import { Refusal, toGlobalId, type Mandate, type RequestScope } from '#lib/kernel';
import { toViewer } from '../customer/to-viewer.js';
import { ViewerType } from '../customer/viewer.type.js';
import { inputText } from '../rights/input-text.js';
import { toRefusal, type RefusalType } from '../rights/refusal.type.js';
import { Scope } from '../scope.decorator.js';
import { SUBSIDIARY_KEYS } from '../subsidiary-keys.js';
import { CustomerType } from '../types/customer.type.js';
import { SubsidiaryEnum } from '../types/subsidiary.enum.js';
import { MandateProofInput, toProof } from './mandate.input.js';
import { MandateResult, MandateType, toMandate } from './mandate.types.js';
import { serve } from './serve.js';

const REASON = 'Anlass, 3 bis 200 Zeichen; der Kunde kann ihn lesen.';
const SHORTEST_REASON = 3;
const LONGEST_REASON = 200;
const LONGEST_NUMBER = 60;
const LONGEST_NAME = 200;

@ArgsType()
export class WalkInArgs {
  @Field(() => String, { description: 'Name, wie er im Ausweis steht.' })
  name: string;

  @Field(() => String, { description: 'Nummer, unter der die eigene Gesellschaft den Kunden führt.' })
  number: string;

  @Field(() => Boolean, { description: 'Ob Name und Bild mit einem Ausweis verglichen wurden.' })
  idDocumentSeen: boolean;

  @Field(() => String, { description: REASON })
  reason: string;
}

/** Agents open and end mandates. */
@Resolver(() => MandateType)
export class MandateResolver {
  constructor(
    private readonly counter: Counter,
    private readonly access: CustomerAccess,
    @Inject(SUBSIDIARY_KEYS) private readonly installed: readonly string[],
  ) {}

  @Allow({ callers: ['agent'] })
  @Mutation(() => MandateResult, {
    description: 'Beginnt, einen Kunden zu bedienen, der sich zu erkennen gegeben hat. Eine frühere Befugnis endet.',
  })
  async openMandate(
    @Args('by', { type: () => MandateProofInput }) by: MandateProofInput,
    @Args('reason', { type: () => String, description: REASON }) reason: string,
    @Scope() scope: RequestScope,
  ): Promise<MandateType | RefusalType> {
    const proof = toProof(by);
    return toResult(await this.counter.openMandate(scope, proof, inputReason(reason)), scope);
  }

  @Allow({ callers: ['agent'] })
  @Mutation(() => MandateResult, {
    description:
      'Beginnt, jemanden ohne Anmeldung zu bedienen. Führt die Gruppe die Nummer noch nicht, wird der Kunde angelegt.',
  })
  async openWalkInCustomer(
    @Args() { name, number, idDocumentSeen, reason }: WalkInArgs,
    @Scope() scope: RequestScope,
  ): Promise<MandateType | RefusalType> {
    const walkIn = {
      name: inputText('name', name, LONGEST_NAME),
      number: inputText('number', number, LONGEST_NUMBER),
      idDocumentSeen,
    };
    return toResult(await this.counter.openWalkIn(scope, walkIn, inputReason(reason)), scope);
  }

  @Allow({ callers: ['agent'] })
  @Mutation(() => ViewerType, {
    description:
      'Der Nächste bitte: beendet die Befugnis, wenn eine besteht. Danach ist der Kunde nicht mehr zu sehen.',
  })
  async endMandate(@Scope() scope: RequestScope): Promise<ViewerType> {
    await this.counter.endMandate(scope);
    return toViewer(scope);
  }

  @ResolveField(() => CustomerType)
  customer(@Parent() { customerId }: MandateType, @Scope() scope: RequestScope): Promise<Customer> {
    return serve(this.counter, scope, toGlobalId('Customer', customerId));
  }

  @ResolveField(() => [SubsidiaryEnum], { description: 'Gesellschaften, deren Angaben dabei zu sehen sind.' })
  async subsidiaries(@Parent() { customerId }: MandateType, @Scope() scope: RequestScope): Promise<string[]> {
    const customer = await serve(this.counter, scope, toGlobalId('Customer', customerId));
    return this.installed.filter((key) => this.access.decide(scope, customer, key) === 'show');
  }
}

function toResult(result: Mandate | Refusal, { language }: RequestScope): MandateType | RefusalType {
  return result instanceof Refusal ? toRefusal(result, language) : toMandate(result);
}

/** @throws AppError INVALID_INPUT when it is shorter or longer than a reason */
function inputReason(text: string): string {
  return inputText('reason', text, LONGEST_REASON, SHORTEST_REASON);
}
