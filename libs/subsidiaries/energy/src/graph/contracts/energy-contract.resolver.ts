import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Reusable, Scope } from '#lib/graph';
import type { RequestScope } from '#lib/kernel';
import { EnergyService } from '../../energy.service.js';
import { mayBill } from '../../model/billing/invoice.js';
import { sameNumber } from '../../model/sap-number.js';
import { parseInvoiceQuery } from '../../model/billing/invoice-page.js';
import { EnergyContractType } from './energy-contract.type.js';
import { InstalmentType } from '../billing/instalment.type.js';
import { InvoiceArgs, InvoiceConnectionType } from '../billing/invoice.type.js';
import { toInvoiceConnection } from '../billing/invoice-connection.js';
import { MeterType } from '../meters/meter.type.js';
import { toMeter } from '../meters/to-meter.js';

@Resolver(() => EnergyContractType)
export class EnergyContractResolver {
  constructor(private readonly service: EnergyService) {}

  @Reusable()
  @ResolveField(() => InstalmentType, { nullable: true, description: 'Abschlag; null, wenn keiner läuft.' })
  async instalment(
    @Parent() { contract, customer }: EnergyContractType,
    @Scope() scope: RequestScope,
  ): Promise<InstalmentType | null> {
    const { value, source } = await this.service.instalments(scope, customer);
    const instalment = value.find(({ contractNumber }) => sameNumber(contractNumber, contract.number));
    if (instalment === undefined) return null;
    const { amount, minimum, maximum, cycle } = instalment;
    return { amount, minimum, maximum, cycle, source, customer, contractNumber: contract.number };
  }

  @Reusable()
  @ResolveField(() => [MeterType], {
    nullable: true,
    description: 'Zähler des Vertrags; leer nach dessen Ende und für alle, die Netzdaten nicht sehen dürfen.',
  })
  async meters(
    @Parent() { contract, customer }: EnergyContractType,
    @Scope() scope: RequestScope,
  ): Promise<MeterType[]> {
    const { value, source } = await this.service.meters(scope, customer);
    const account = this.service.findAccount(scope, customer);
    if (account === null) return [];
    return value
      .filter(({ contractNumber }) => sameNumber(contractNumber, contract.number))
      .map((meter) => toMeter(meter, account, customer, source));
  }

  @Reusable()
  @ResolveField(() => InvoiceConnectionType, {
    nullable: true,
    description:
      'Rechnungen des Vertragskontos, die diesen Vertrag betreffen können. Eine gemeinsame Rechnung über mehrere ' +
      'Verträge steht bei jedem von ihnen; jede Rechnung genau einmal steht unter EnergyCustomer.invoices.',
  })
  async invoices(
    @Parent() { contract, customer }: EnergyContractType,
    @Args() args: InvoiceArgs,
    @Scope() scope: RequestScope,
  ): Promise<InvoiceConnectionType> {
    const query = parseInvoiceQuery(args);
    const { value, source } = await this.service.invoices(scope, customer);
    const invoices = value.filter((invoice) => mayBill(invoice, contract));
    const mayOpen = this.service.maySeeInvoicePdf(scope, customer);
    return toInvoiceConnection(invoices, source, query, this.service.today(), { customer, mayOpen });
  }
}
