import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import { ConsentService, CustomerAccess, type Consent, type Customer, type Purpose } from '#lib/customer';
import { AppError, Refusal, toGlobalId, type RequestScope } from '#lib/kernel';
import { Scope } from '../scope.decorator.js';
import { SUBSIDIARY_KEYS } from '../subsidiary-keys.js';
import { CustomerType } from '../types/customer.type.js';
import { SubsidiaryEnum } from '../types/subsidiary.enum.js';
import { getCaller } from './caller.js';
import { ConsentType } from './consent.type.js';
import { inputText } from './input-text.js';
import { PurposeEnum } from './purpose.enum.js';
import { toRefusal, type RefusalType } from './refusal.type.js';
import { ConsentResult } from './results.js';

/** Versions are short; anything longer is none. */
const LONGEST_VERSION = 40;

@ArgsType()
export class ConsentArgs {
  @Field(() => ID, { nullable: true, description: 'Kunde, um den es geht; null für den Aufrufer selbst.' })
  customerId?: string | null;

  @Field(() => PurposeEnum)
  purpose: Purpose;

  @Field(() => [SubsidiaryEnum], { description: 'Gesellschaften, um die es geht; jede zählt einmal.' })
  subsidiaries: string[];
}

@ArgsType()
export class GiveConsentArgs extends ConsentArgs {
  @Field(() => String, { description: 'Fassung des Wortlauts, den der Kunde gelesen hat.' })
  textVersion: string;
}

/** Consents of a customer: what stands, giving and withdrawing. */
@Resolver(() => CustomerType)
export class ConsentResolver {
  constructor(
    private readonly access: CustomerAccess,
    private readonly consents: ConsentService,
    @Inject(SUBSIDIARY_KEYS) private readonly installed: readonly string[],
  ) {}

  @ResolveField('consents', () => [ConsentType], {
    description:
      'Einwilligungen, erteilte und mögliche. Mitarbeitende sehen nur die, an denen ihre Gesellschaft beteiligt ist.',
  })
  async list(@Parent() customer: Customer, @Scope() scope: RequestScope): Promise<ConsentType[]> {
    const { principal, language } = scope;
    const own = principal.kind === 'agent' ? principal.subsidiary : null;
    const consents = await this.consents.list(customer, this.installed);
    return consents
      .filter(({ subsidiaries }) => own === null || subsidiaries.includes(own))
      .map((consent) => toConsent(consent, customer.id, language));
  }

  @Allow({ callers: ['customer'] })
  @Mutation(() => ConsentResult, {
    description: 'Der Kunde willigt ein, dass diese Gesellschaften für den Zweck Angaben voneinander verwenden.',
  })
  async giveConsent(
    @Args() { customerId, purpose, subsidiaries, textVersion }: GiveConsentArgs,
    @Scope() scope: RequestScope,
  ): Promise<Customer | RefusalType> {
    const customer = await getCaller(this.access, scope, customerId);
    const keys = this.check(subsidiaries);
    const version = inputText('textVersion', textVersion, LONGEST_VERSION);
    const result = await this.consents.give(customer, purpose, keys, version, scope.language);
    if (result instanceof Refusal) return toRefusal(result, scope.language);
    this.access.adopt(scope, result);
    return result;
  }

  @Allow({ callers: ['customer'] })
  @Mutation(() => ConsentResult, {
    description:
      'Der Kunde widerruft; jede Einwilligung für den Zweck, an der eine dieser Gesellschaften beteiligt ist, endet.',
  })
  async withdrawConsent(
    @Args() { customerId, purpose, subsidiaries }: ConsentArgs,
    @Scope() scope: RequestScope,
  ): Promise<Customer> {
    const customer = await getCaller(this.access, scope, customerId);
    const changed = await this.consents.withdraw(customer, purpose, this.check(subsidiaries));
    this.access.adopt(scope, changed);
    return changed;
  }

  /** @throws AppError INVALID_INPUT when none or more than all are named */
  private check(subsidiaries: readonly string[]): string[] {
    const most = this.installed.length;
    if (subsidiaries.length >= 1 && subsidiaries.length <= most) return [...new Set(subsidiaries)];
    const reason = `must name 1 to ${most} subsidiaries`;
    throw new AppError('INVALID_INPUT', reason, { path: 'subsidiaries', reason });
  }
}

function toConsent(
  { purpose, subsidiaries, given, text }: Consent,
  customerId: string,
  language: RequestScope['language'],
): ConsentType {
  const id = toGlobalId('Consent', [customerId, purpose, ...subsidiaries].join('/'));
  return { id, purpose, subsidiaries, given, text: text.texts[language], textVersion: text.version };
}
