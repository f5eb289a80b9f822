import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow, Counter } from '#lib/access';
import { ConsentService, CustomerAccess, type Consent, type Customer, type Purpose } from '#lib/customer';
import { AppError, Refusal, toGlobalId, type RequestScope } from '#lib/kernel';
import { serve } from '../agents/serve.js';
import { Reusable } from '../reuse/reusable.decorator.js';
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
    private readonly counter: Counter,
    @Inject(SUBSIDIARY_KEYS) private readonly installed: readonly string[],
  ) {}

  @Reusable()
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

  @Allow({ callers: ['customer', 'agent'] })
  @Mutation(() => ConsentResult, {
    description:
      'Der Kunde willigt ein, dass diese Gesellschaften für den Zweck Angaben voneinander verwenden. Mitarbeitende tragen nur ein, was ihre eigene Gesellschaft betrifft.',
  })
  async giveConsent(
    @Args() { customerId, purpose, subsidiaries, textVersion }: GiveConsentArgs,
    @Scope() scope: RequestScope,
  ): Promise<Customer | RefusalType> {
    const { customer, counter } = await this.meant(scope, customerId);
    const keys = this.check(subsidiaries, counter);
    const version = inputText('textVersion', textVersion, LONGEST_VERSION);
    if (counter !== null) await this.counter.noteConsent(scope, customer, true);
    const result = await this.consents.give(customer, purpose, keys, version, scope.language, counter);
    if (result instanceof Refusal) return toRefusal(result, scope.language);
    this.adopt(scope, result, counter);
    return result;
  }

  @Allow({ callers: ['customer', 'agent'] })
  @Mutation(() => ConsentResult, {
    description:
      'Der Kunde widerruft; jede Einwilligung für den Zweck, an der eine dieser Gesellschaften beteiligt ist, endet.',
  })
  async withdrawConsent(
    @Args() { customerId, purpose, subsidiaries }: ConsentArgs,
    @Scope() scope: RequestScope,
  ): Promise<Customer> {
    const { customer, counter } = await this.meant(scope, customerId);
    const keys = this.check(subsidiaries, counter);
    if (counter !== null) await this.counter.noteConsent(scope, customer, false);
    const changed = await this.consents.withdraw(customer, purpose, keys, counter);
    this.adopt(scope, changed, counter);
    return changed;
  }

  /** The caller, or the customer whom an agent of `counter` serves. */
  private async meant(scope: RequestScope, customerId?: string | null): Promise<Meant> {
    const { principal } = scope;
    if (principal.kind !== 'agent') return { customer: await getCaller(this.access, scope, customerId), counter: null };
    if (customerId === undefined || customerId === null) {
      const reason = 'agents must name the customer';
      throw new AppError('INVALID_INPUT', reason, { path: 'customerId', reason });
    }
    return { customer: await serve(this.counter, scope, customerId), counter: principal.subsidiary };
  }

  private adopt(scope: RequestScope, customer: Customer, counter: string | null): void {
    if (counter === null) this.access.adopt(scope, customer);
    else this.access.adoptServed(scope, customer);
  }

  /**
   * @throws AppError INVALID_INPUT when none or more than all are named, FORBIDDEN where an agent's own is not among them
   */
  private check(subsidiaries: readonly string[], counter: string | null): string[] {
    const most = this.installed.length;
    if (subsidiaries.length < 1 || subsidiaries.length > most) {
      const reason = `must name 1 to ${most} subsidiaries`;
      throw new AppError('INVALID_INPUT', reason, { path: 'subsidiaries', reason });
    }
    if (counter !== null && !subsidiaries.includes(counter)) {
      const reason = 'agents write down consents of their own subsidiary only';
      throw new AppError('FORBIDDEN', reason, { path: 'subsidiaries', reason });
    }
    return [...new Set(subsidiaries)];
  }
}

/** Whose consents are meant. */
interface Meant {
  readonly customer: Customer;
  /** Subsidiary of the agent who writes them down; null for customers themselves. */
  readonly counter: string | null;
}

function toConsent(
  { purpose, subsidiaries, given, text }: Consent,
  customerId: string,
  language: RequestScope['language'],
): ConsentType {
  const id = toGlobalId('Consent', [customerId, purpose, ...subsidiaries].join('/'));
  return { id, purpose, subsidiaries, given, text: text.texts[language], textVersion: text.version };
}
