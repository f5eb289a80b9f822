import { Args, ArgsType, Field, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import { Contributions, CustomerAccess, LinkService, type Customer, type LetterRequested } from '#lib/customer';
import { Refusal, type RequestScope } from '#lib/kernel';
import { SubsidiaryStatusType } from '../customer/subsidiary-status.type.js';
import { Scope } from '../scope.decorator.js';
import { SubsidiaryEnum } from '../types/subsidiary.enum.js';
import { getCaller } from './caller.js';
import { inputText } from './input-text.js';
import { toRefusal, type RefusalType } from './refusal.type.js';
import { LinkLetterResult, LinkResult } from './results.js';

/** More than any number of the subsidiaries has, blanks included. */
const LONGEST = 60;

@ArgsType()
export class LinkArgs {
  @Field(() => SubsidiaryEnum)
  subsidiary: string;

  @Field(() => String, { description: 'Nummer, unter der die Gesellschaft den Kunden führt.' })
  number: string;
}

@ArgsType()
export class LinkByFactArgs extends LinkArgs {
  @Field(() => String, { description: 'Zweite Angabe, die nur der Kunde kennt; siehe SubsidiaryStatus.linkFact.' })
  fact: string;
}

@ArgsType()
export class ConfirmLinkArgs {
  @Field(() => SubsidiaryEnum)
  subsidiary: string;

  @Field(() => String, { description: 'Code aus dem Brief; Leerzeichen, Striche und Kleinschreibung schaden nicht.' })
  code: string;
}

/** Customers link their numbers in the subsidiaries to themselves, and part from them. */
@Resolver(() => SubsidiaryStatusType)
export class LinkResolver {
  constructor(
    private readonly access: CustomerAccess,
    private readonly links: LinkService,
    private readonly contributions: Contributions,
  ) {}

  @ResolveField('linkFact', () => String, {
    nullable: true,
    description: 'Was neben der Kundennummer zum Verknüpfen gefragt wird, z. B. Vertragsnummer.',
  })
  linkFact(@Parent() { subsidiary }: SubsidiaryStatusType): string | null {
    return this.contributions.findLinkProof(subsidiary)?.factName ?? null;
  }

  @Allow({ callers: ['customer'] })
  @Mutation(() => LinkResult, {
    description:
      'Verknüpft eine Nummer mit dem Kunden, wenn die zweite Angabe dazu passt. Ersetzt eine frühere Nummer.',
  })
  async linkSubsidiary(
    @Args() { subsidiary, number, fact }: LinkByFactArgs,
    @Scope() scope: RequestScope,
  ): Promise<Customer | RefusalType> {
    const customer = await getCaller(this.access, scope);
    const [asked, second] = [inputText('number', number, LONGEST), inputText('fact', fact, LONGEST)];
    return this.answer(await this.links.proveByFact(customer, subsidiary, asked, second, scope), scope);
  }

  @Allow({ callers: ['customer'] })
  @Mutation(() => LinkLetterResult, {
    description: 'Schickt einen Code an die Postanschrift, die zu der Nummer gehört. Antwortet für jede Nummer gleich.',
  })
  async requestLinkLetter(
    @Args() { subsidiary, number }: LinkArgs,
    @Scope() scope: RequestScope,
  ): Promise<LetterRequested | RefusalType> {
    const customer = await getCaller(this.access, scope);
    const result = await this.links.requestLetter(customer, subsidiary, inputText('number', number, LONGEST));
    return result instanceof Refusal ? toRefusal(result, scope.language) : result;
  }

  @Allow({ callers: ['customer'] })
  @Mutation(() => LinkResult, { description: 'Verknüpft die Nummer, zu der der Brief mit diesem Code gehört.' })
  async confirmLinkLetter(
    @Args() { subsidiary, code }: ConfirmLinkArgs,
    @Scope() scope: RequestScope,
  ): Promise<Customer | RefusalType> {
    const customer = await getCaller(this.access, scope);
    const text = inputText('code', code, LONGEST);
    return this.answer(await this.links.confirmLetter(customer, subsidiary, text), scope);
  }

  @Allow({ callers: ['customer'] })
  @Mutation(() => LinkResult, { description: 'Löst die Verknüpfung mit einer Gesellschaft.' })
  async unlinkSubsidiary(
    @Args('subsidiary', { type: () => SubsidiaryEnum }) subsidiary: string,
    @Scope() scope: RequestScope,
  ): Promise<Customer> {
    const customer = await this.links.unlink(await getCaller(this.access, scope), subsidiary);
    this.access.adopt(scope, customer);
    return customer;
  }

  /** From here on this answer speaks of the customer as linked. */
  private answer(result: Customer | Refusal, scope: RequestScope): Customer | RefusalType {
    if (result instanceof Refusal) return toRefusal(result, scope.language);
    this.access.adopt(scope, result);
    return result;
  }
}
