import { Field, ID, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import {
  DateScalar,
  Pending,
  ProcessField,
  Reusable,
  Scope,
  SourcedType,
  SourceType,
  type PendingWish,
} from '#lib/graph';
import { toGlobalId, type CalendarDate, type RequestScope } from '#lib/kernel';
import { ChangeProduct } from '../../commands/change-product.js';
import { EnergyService } from '../../energy.service.js';
import { sameNumber } from '../../model/sap-number.js';
import { contractNumberIn } from '../../model/tariffs/product-change.js';
import { upcomingIn } from '../../model/tariffs/product-slice.js';
import { ENERGY_KEY } from '../../operations.js';
import { ProductService } from '../../product.service.js';
import { EnergyContractType } from '../contracts/energy-contract.type.js';

@ObjectType('UpcomingProduct', {
  implements: () => [SourcedType],
  description: 'Tarif, den ein Vertrag von einem Tag an haben wird.',
})
export class UpcomingProductType implements SourcedType {
  @Field(() => ID)
  tariffId: string;

  @Field(() => String, { description: 'Name des Tarifs.' })
  product: string;

  @Field(() => DateScalar, { description: 'Erster Tag des neuen Tarifs.' })
  from: CalendarDate;

  @Field(() => SourceType)
  source: SourceType;
}

@ObjectType('PendingProduct', { description: 'Bestellter Tarif, der noch nicht bestätigt ist.' })
export class PendingProductType {
  @Field(() => ID)
  tariffId: string;

  @Field(() => DateScalar, { description: 'Gewünschter erster Tag des neuen Tarifs.' })
  from: CalendarDate;

  @ProcessField()
  process: PendingWish['process'];
}

/** The next tariff of a contract: agreed, or ordered and not confirmed. */
@Resolver(() => EnergyContractType)
export class UpcomingProductResolver {
  constructor(
    private readonly products: ProductService,
    private readonly service: EnergyService,
    private readonly pending: Pending,
    private readonly command: ChangeProduct,
  ) {}

  @Reusable()
  @ResolveField(() => UpcomingProductType, {
    nullable: true,
    description: 'Nächster Tarif, wenn ein Wechsel vereinbart ist; sonst null.',
  })
  async upcomingProduct(
    @Parent() { contract, customer }: EnergyContractType,
    @Scope() scope: RequestScope,
  ): Promise<UpcomingProductType | null> {
    const { value, source } = await this.products.slices(scope, customer);
    const slice = upcomingIn(value, contract.number, this.service.today());
    if (slice === undefined) return null;
    const { number, product, from } = slice;
    return { tariffId: toGlobalId('Tariff', number), product, from, source };
  }

  @ResolveField(() => PendingProductType, {
    nullable: true,
    description: 'Der zuletzt bestellte Tarif, solange er nicht bestätigt ist; sonst null.',
  })
  pendingProduct(
    @Parent() { contract, customer }: EnergyContractType,
    @Scope() scope: RequestScope,
  ): Promise<PendingProductType | null> {
    const orders = { subsidiary: ENERGY_KEY, command: this.command };
    return this.pending.last(scope, customer, orders, (wish) => {
      const { tariffId, from } = wish;
      return sameNumber(contractNumberIn(wish) ?? '', contract.number) ? [{ tariffId, from }] : [];
    });
  }
}
