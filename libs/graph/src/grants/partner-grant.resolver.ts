import { Args, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow, PartnerContracts, PartnerGrants, type PartnerGrant } from '#lib/access';
import { CustomerAccess, CustomerDirectory, type Customer } from '#lib/customer';
import { AppError, keyOfGlobalId, toGlobalId, type Principal, type RequestScope } from '#lib/kernel';
import { getCaller } from '../rights/caller.js';
import { Scope } from '../scope.decorator.js';
import { CustomerType } from '../types/customer.type.js';
import { PartnerGrantType } from './partner-grant.type.js';

const TYPE = 'PartnerGrant';

/** What customers let partners do, and how they end it. Grants begin on the partners' own consent page. */
@Resolver(() => CustomerType)
export class PartnerGrantResolver {
  constructor(
    private readonly access: CustomerAccess,
    private readonly customers: CustomerDirectory,
    private readonly grants: PartnerGrants,
    private readonly contracts: PartnerContracts,
  ) {}

  @ResolveField('partnerGrants', () => [PartnerGrantType], {
    description:
      'Partner, denen der Kunde etwas erlaubt hat, die neuesten zuerst. Mitarbeitende sehen nur die, die Angaben ihrer ' +
      'Gesellschaft betreffen.',
  })
  async list(@Parent() customer: Customer, @Scope() { principal }: RequestScope): Promise<PartnerGrantType[]> {
    const grants = await this.grants.list(customer.id);
    return grants.filter((grant) => concerns(grant, principal)).map((grant) => this.toType(grant));
  }

  @Allow({ callers: ['customer'] })
  @Mutation(() => CustomerType, {
    description:
      'Beendet eine Freigabe. Mit der Antwort ist der Partner ausgesperrt, alle seine Schlüssel eingeschlossen.',
  })
  async revokePartnerGrant(
    @Args('id', { type: () => ID }) id: string,
    @Scope() scope: RequestScope,
  ): Promise<Customer> {
    const customer = await getCaller(this.access, scope);
    const ended = await this.grants.end(keyOfGlobalId(id, TYPE), customer.id);
    const changed = ended ? await this.customers.find(customer.id) : undefined;
    if (changed === undefined) throw new AppError('NOT_FOUND', 'no such grant of this customer');
    this.access.adopt(scope, changed);
    return changed;
  }

  private toType({ id, clientId, scopes, grantedAt, expiresAt, lastUsedAt }: PartnerGrant): PartnerGrantType {
    return {
      id: toGlobalId(TYPE, id),
      // A contract may have ended; the grant is shown until the customer or time ends it.
      partner: this.contracts.find(clientId)?.name ?? clientId,
      scopes: scopes.map((scope) => this.contracts.sentence(scope)),
      since: grantedAt,
      until: expiresAt,
      lastUsed: lastUsedAt,
    };
  }
}

function concerns({ scopes }: PartnerGrant, principal: Principal): boolean {
  if (principal.kind !== 'agent') return principal.kind === 'customer';
  return scopes.some((scope) => scope.startsWith(`${principal.subsidiary.toLowerCase()}.`));
}
