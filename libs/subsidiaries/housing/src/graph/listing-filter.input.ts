import { Field, InputType, registerEnumType } from '@nestjs/graphql';
import type { DecimalText } from '#lib/kernel';
import { DecimalScalar } from '#lib/graph';
import { LISTING_SORTS, type ListingFilter, type ListingSort } from '../model/listing-search.js';

export const LISTING_SORT = Object.fromEntries(LISTING_SORTS.map((sort) => [sort, sort])) as Readonly<
  Record<ListingSort, ListingSort>
>;

registerEnumType(LISTING_SORT, {
  name: 'ListingSort',
  description: 'Reihenfolge der Wohnungsangebote; was gleich ist, folgt nach Objektnummer.',
  valuesMap: {
    RENT_ASC: { description: 'Niedrigste Warmmiete zuerst' },
    RENT_DESC: { description: 'Höchste Warmmiete zuerst' },
    AREA_ASC: { description: 'Kleinste Wohnfläche zuerst' },
    AREA_DESC: { description: 'Größte Wohnfläche zuerst' },
    ROOMS_ASC: { description: 'Wenigste Zimmer zuerst' },
    ROOMS_DESC: { description: 'Meiste Zimmer zuerst' },
  },
});

@InputType('ListingFilter', { description: 'Wünsche an eine Wohnung; jeder engt die Liste ein, Grenzen zählen mit.' })
export class ListingFilterInput implements ListingFilter {
  @Field(() => DecimalScalar, { nullable: true, description: 'Mindestens so viele Zimmer.' })
  minRooms?: DecimalText | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Höchstens so viele Zimmer.' })
  maxRooms?: DecimalText | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Kleinste Wohnfläche in m².' })
  minArea?: DecimalText | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Größte Wohnfläche in m².' })
  maxArea?: DecimalText | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Niedrigste Warmmiete in Euro je Monat.' })
  minGrossRent?: DecimalText | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Höchste Warmmiete in Euro je Monat.' })
  maxGrossRent?: DecimalText | null;

  @Field(() => [String], { nullable: true, description: 'Einer dieser Ortsteile.' })
  districts?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Wörter, die alle vorkommen sollen.' })
  text?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Wohnberechtigungsschein (WBS): true nur Wohnungen, für die einer nötig ist; false keine, von der das bekannt ist.',
  })
  entitlementRequired?: boolean | null;
}
