import { Info, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { Customer } from '#lib/customer';
import { CustomerType, Reusable, Scope, selects } from '#lib/graph';
import { toGlobalId, type RequestScope } from '#lib/kernel';
import { EnergyService } from '../energy.service.js';
import { ProductService } from '../product.service.js';
import { EnergyCustomerType } from './energy-customer.type.js';

@Resolver(() => CustomerType)
export class CustomerEnergyResolver {
  constructor(
    private readonly service: EnergyService,
    private readonly products: ProductService,
  ) {}

  @Reusable()
  @ResolveField(() => EnergyCustomerType, {
    nullable: true,
    description:
      'Angaben der Stadtwerke Energie; null ohne Fehler, wenn keine zu zeigen sind (warum, sagt subsidiaries).',
  })
  energy(
    @Parent() customer: Customer,
    @Scope() scope: RequestScope,
    @Info() info: GraphQLResolveInfo,
  ): EnergyCustomerType | null {
    const account = this.service.findAccount(scope, customer);
    if (account === null) return null;
    this.startReads(customer, scope, info);
    return { id: toGlobalId('EnergyCustomer', account), customer };
  }

  /** All reads of the query start at once; the fields below join them. */
  private startReads(customer: Customer, scope: RequestScope, info: GraphQLResolveInfo): void {
    const reads: Promise<unknown>[] = [];
    if (selects(info, 'contracts')) reads.push(this.service.contracts(scope, customer));
    if (selects(info, 'contracts', 'instalment')) reads.push(this.service.instalments(scope, customer));
    if (selects(info, 'contracts', 'meters')) reads.push(this.service.meters(scope, customer));
    if (selects(info, 'contractAccounts')) reads.push(this.service.contractAccounts(scope, customer));
    if (selects(info, 'bankAccounts') || selects(info, 'contractAccounts', 'directDebitMandate')) {
      reads.push(this.service.bankAccounts(scope, customer));
    }
    if (selects(info, 'contracts', 'paymentPlan')) reads.push(this.service.paymentPlans(scope, customer));
    if (selects(info, 'contracts', 'upcomingProduct')) reads.push(this.products.slices(scope, customer));
    if (selects(info, 'contracts', 'terms')) reads.push(this.service.terms(scope, customer));
    if (selects(info, 'contracts', 'consumptionByMonth')) reads.push(this.service.consumption(scope, customer));
    if (selects(info, 'invoices') || selects(info, 'contracts', 'invoices')) {
      reads.push(this.service.invoices(scope, customer));
    }
    // A failure is told by the field that needs the read.
    for (const read of reads) read.catch(() => undefined);
  }
}
