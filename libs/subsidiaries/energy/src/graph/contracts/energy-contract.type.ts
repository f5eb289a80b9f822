import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Customer } from '#lib/customer';
import { DateScalar, NodeType, SourcedType, SourceType } from '#lib/graph';
import type { CalendarDate } from '#lib/kernel';
import { COMMODITIES, type Commodity } from '../../model/commodity.js';
import type { EnergyContract } from '../../model/contracts/energy-contract.js';

export const CommodityEnum = Object.fromEntries(COMMODITIES.map((commodity) => [commodity, commodity]));

registerEnumType(CommodityEnum, {
  name: 'Commodity',
  description: 'Sparte: was geliefert wird.',
  valuesMap: {
    POWER: { description: 'Strom' },
    GAS: { description: 'Gas' },
    WATER: { description: 'Wasser' },
    DISTRICT_HEATING: { description: 'Fernwärme' },
    OTHER: { description: 'Andere Sparte, z. B. Abwasser' },
  },
});

@ObjectType('SupplyAddress', { description: 'Anschrift einer Lieferstelle.' })
export class SupplyAddressType {
  @Field(() => String)
  street: string;

  @Field(() => String, { description: 'Hausnummer mit Zusatz, z. B. "12 a".' })
  houseNumber: string;

  @Field(() => String, { description: 'Postleitzahl.' })
  postcode: string;

  @Field(() => String)
  city: string;
}

@ObjectType('SupplyPoint', { description: 'Lieferstelle: wo geliefert wird.' })
export class SupplyPointType {
  @Field(() => SupplyAddressType)
  address: SupplyAddressType;

  @Field(() => String, {
    nullable: true,
    description:
      'Nummer der Marktlokation (MaLo), 11 Ziffern, geprüft. Nur bei Strom und Gas und nicht für den Vertrieb.',
  })
  marketLocation: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Bezeichnung der Messlokation (MeLo), 33 Zeichen, falls geführt; nicht für den Vertrieb.',
  })
  meteringLocation: string | null;
}

@ObjectType('EnergyContract', {
  implements: () => [NodeType, SourcedType],
  description: 'Vertrag über die Lieferung einer Sparte an einer Lieferstelle.',
})
export class EnergyContractType implements NodeType, SourcedType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Vertragsnummer.' })
  number: string;

  @Field(() => String, { description: 'Name des Tarifs.' })
  product: string;

  @Field(() => CommodityEnum, { description: 'Sparte.' })
  commodity: Commodity;

  @Field(() => DateScalar, { description: 'Erster Tag der Lieferung.' })
  from: CalendarDate;

  @Field(() => DateScalar, { nullable: true, description: 'Letzter Tag der Lieferung; null: unbefristet.' })
  until: CalendarDate | null;

  @Field(() => SupplyPointType, { nullable: true, description: 'Lieferstelle; null, wenn das System keine nennt.' })
  supplyPoint: SupplyPointType | null;

  @Field(() => SourceType)
  source: SourceType;

  /** Not part of the graph: what the fields with a read of their own need. */
  contract: EnergyContract;
  customer: Customer;
}
