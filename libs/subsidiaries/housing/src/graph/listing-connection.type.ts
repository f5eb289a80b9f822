import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Source } from '#lib/kernel';
import { PageInfoType, SourcedType, SourceType } from '#lib/graph';
import type { ListingFacets } from '../model/listing-page.js';
import { ListingType } from './listing.type.js';

@ObjectType('DistrictCount', { description: 'Zahl der Angebote in einem Ortsteil.' })
export class DistrictCountType {
  @Field(() => String, { description: 'Ortsteil.' })
  value: string;

  @Field(() => Int, { description: 'Zahl der Angebote.' })
  count: number;
}

@ObjectType('RoomsCount', { description: 'Zahl der Angebote mit so vielen Zimmern.' })
export class RoomsCountType {
  @Field(() => Int, { description: 'Ganze Zimmer; halbe sind abgerundet.' })
  value: number;

  @Field(() => Int, { description: 'Zahl der Angebote.' })
  count: number;
}

@ObjectType('ListingFacets', {
  description: 'Wie viele Angebote jede Wahl brächte, wenn die übrigen Wünsche bleiben.',
})
export class ListingFacetsType {
  @Field(() => [DistrictCountType], { description: 'Nach Ortsteil, der häufigste zuerst.' })
  districts: ListingFacets['districts'];

  @Field(() => [RoomsCountType], { description: 'Nach Zimmerzahl, die kleinste zuerst.' })
  rooms: ListingFacets['rooms'];
}

@ObjectType('ListingConnection', {
  implements: () => [SourcedType],
  description: 'Eine Seite der Wohnungsangebote aus allen Quellen; ihr Stand ist der der ältesten Quelle.',
})
export class ListingConnectionType implements SourcedType {
  @Field(() => [ListingType])
  nodes: readonly ListingType[];

  @Field(() => PageInfoType)
  pageInfo: PageInfoType;

  @Field(() => Int, { description: 'Zahl aller Angebote, auf die der Filter passt.' })
  totalCount: number;

  @Field(() => ListingFacetsType, { nullable: true, description: 'Auswahl nach Ortsteil und Zimmern.' })
  facets: ListingFacetsType | null;

  @Field(() => [String], {
    description: 'Quellen, von denen noch nichts da ist; ihre Angebote und Angaben fehlen. Sonst leer.',
  })
  missing: readonly string[];

  @Field(() => SourceType)
  source: Source;
}
