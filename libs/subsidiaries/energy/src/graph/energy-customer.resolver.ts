import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Reusable, Scope } from '#lib/graph';
import type { RequestScope } from '#lib/kernel';
import { EnergyService } from '../energy.service.js';
import { parseInvoiceQuery } from '../model/billing/invoice-page.js';
import { EnergyContractType } from './contracts/energy-contract.type.js';
import { EnergyCustomerType } from './energy-customer.type.js';
import { InvoiceArgs, InvoiceConnectionType } from './billing/invoice.type.js';
import { toInvoiceConnection } from './billing/invoice-connection.js';
import { toContract } from './contracts/to-contract.js';

@Resolver(() => EnergyCustomerType)
export class EnergyCustomerResolver {
  constructor(private readonly service: EnergyService) {}

  @Reusable()
  @ResolveField(() => [EnergyContractType], { description: 'Verträge, auch beendete, soweit das System sie führt.' })
  async contracts(
    @Parent() { customer }: EnergyCustomerType,
    @Scope() scope: RequestScope,
  ): Promise<EnergyContractType[]> {
    const { value, source } = await this.service.contracts(scope, customer);
    return value.map((contract) => toContract(contract, customer, source));
  }

  @Reusable()
  @ResolveField(() => InvoiceConnectionType, {
    nullable: true,
    description: 'Alle Rechnungen des Kunden, jede einmal, auch solche, die zu keinem Vertrag mehr gehören.',
  })
  async invoices(
    @Parent() { customer }: EnergyCustomerType,
    @Args() args: InvoiceArgs,
    @Scope() scope: RequestScope,
  ): Promise<InvoiceConnectionType> {
    const query = parseInvoiceQuery(args);
    const { value, source } = await this.service.invoices(scope, customer);
    const mayOpen = this.service.maySeeInvoicePdf(scope, customer);
    return toInvoiceConnection(value, source, query, this.service.today(), { customer, mayOpen });
  }
}
