import { Inject } from '@nestjs/common';
import { Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import { CustomerAccess, purposeOf, type Customer, type Purpose } from '#lib/customer';
import { AppError, toGlobalId, type ReadUse, type RequestScope } from '#lib/kernel';
import { Reusable } from '../reuse/reusable.decorator.js';
import { Scope } from '../scope.decorator.js';
import { SUBSIDIARY_KEYS } from '../subsidiary-keys.js';
import { CustomerType } from '../types/customer.type.js';
import { accessMessage } from './access-messages.js';
import { accessOf, type AccessVerdict } from './access-of.js';
import { settledUses } from './settled-uses.js';
import { Access, SubsidiaryStatusType } from './subsidiary-status.type.js';

@Resolver(() => CustomerType)
export class CustomerResolver {
  constructor(
    private readonly customers: CustomerAccess,
    @Inject(SUBSIDIARY_KEYS) private readonly subsidiaryKeys: readonly string[],
  ) {}

  @Reusable()
  @Allow({ callers: ['customer', 'agent'] })
  @Query(() => CustomerType, {
    nullable: true,
    description: 'Der angemeldete Kunde selbst; null für alle anderen.',
  })
  async me(@Scope() scope: RequestScope): Promise<Customer | null> {
    if (scope.principal.kind === 'anonymous') {
      throw new AppError('UNAUTHENTICATED', 'sign-in needed', { reason: 'no bearer token was sent' });
    }
    return (await this.customers.findCaller(scope)) ?? null;
  }

  @ResolveField()
  id(@Parent() customer: Customer): string {
    return toGlobalId('Customer', customer.id);
  }

  @ResolveField(() => Boolean, { description: 'Ob sich der Kunde anmelden kann.' })
  hasSignIn(@Parent() { subject }: Customer): boolean {
    return subject !== null;
  }

  @Reusable()
  @ResolveField(() => [SubsidiaryStatusType], {
    description: 'Je Gesellschaft, ob und warum ihre Angaben da sind oder fehlen.',
  })
  async subsidiaries(@Parent() customer: Customer, @Scope() scope: RequestScope): Promise<SubsidiaryStatusType[]> {
    const uses = await settledUses(scope);
    return this.subsidiaryKeys.map((subsidiary) => {
      const verdict = this.verdictOn(subsidiary, customer, scope, uses);
      return {
        id: toGlobalId('SubsidiaryStatus', `${customer.id}/${subsidiary}`),
        subsidiary,
        message: accessMessage(verdict.access, scope.language),
        consentPurpose: verdict.access === Access.CONSENT_REQUIRED ? consentPurposeOf(scope) : null,
        ...verdict,
      };
    });
  }

  /** Without the right to see a part it makes no difference how its system answers. */
  private verdictOn(
    subsidiary: string,
    customer: Customer,
    scope: RequestScope,
    uses: readonly ReadUse[],
  ): AccessVerdict {
    switch (this.customers.decide(scope, customer, subsidiary)) {
      case 'hide':
        return { access: Access.NOT_LINKED, retryAfterSeconds: null };
      case 'ask':
        return { access: Access.CONSENT_REQUIRED, retryAfterSeconds: null };
      case 'show':
        return accessOf(uses.filter((use) => use.personal && use.subsidiary === subsidiary));
    }
  }
}

/** What the customer could consent to so that this caller sees more. */
function consentPurposeOf({ principal }: RequestScope): Purpose | null {
  const use = purposeOf(principal);
  return use === 'PARTNER_ACCESS' ? null : use;
}
