import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toGlobalId, type Instant } from '#lib/kernel';
import { DateTimeScalar, NodeType, SourcedType, SourceType } from '#lib/graph';
import { TRANSIT_PRODUCTS, type Departure, type TransitProduct } from '../model/departure-board.js';

const ProductEnum = Object.fromEntries(TRANSIT_PRODUCTS.map((product) => [product, product]));
registerEnumType(ProductEnum, {
  name: 'TransitProduct',
  description: 'Verkehrsmittel.',
  valuesMap: {
    TRAM: { description: 'Straßenbahn' },
    BUS: { description: 'Bus' },
    REGIONAL: { description: 'Nahverkehrszug' },
    LONG_DISTANCE: { description: 'Fernverkehrszug' },
    OTHER: { description: 'ein anderes Verkehrsmittel' },
  },
});

@ObjectType('Departure', { implements: () => [NodeType], description: 'Abfahrt.' })
export class DepartureType implements NodeType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Linie, wie sie am Fahrzeug steht, z. B. Str 5.' })
  line: string;

  @Field(() => ProductEnum, { description: 'Verkehrsmittel.' })
  product: TransitProduct;

  @Field(() => String, { description: 'Richtung; leer, wenn die Auskunft keine nennt.' })
  direction: string;

  @Field(() => DateTimeScalar, { description: 'Abfahrt nach Fahrplan.' })
  planned: Instant;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Erwartete Abfahrt; null, wenn es keine Prognose gibt.' })
  expected: Instant | null;

  @Field(() => Boolean, { description: 'Fällt aus.' })
  cancelled: boolean;

  @Field(() => String, { nullable: true, description: 'Steig oder Gleis.' })
  platform: string | null;

  @Field(() => [String], { description: 'Hinweise und Störungsmeldungen zur Fahrt.' })
  remarks: readonly string[];
}

@ObjectType('DepartureBoard', {
  implements: () => [NodeType, SourcedType],
  description: 'Abfahrtstafel einer Haltestelle.',
})
export class DepartureBoardType implements NodeType, SourcedType {
  @Field(() => ID)
  id: string;

  @Field(() => [DepartureType], { description: 'Abfahrten in zeitlicher Folge.' })
  nodes: DepartureType[];

  @Field(() => SourceType)
  source: SourceType;

  @Field(() => Int, { description: 'Sekunden, nach denen eine neue Abfrage etwas Neues bringen kann.' })
  pollAfterSeconds: number;
}

export function toDepartureType({ key, ...departure }: Departure): DepartureType {
  return { ...departure, id: toGlobalId('Departure', key) };
}
