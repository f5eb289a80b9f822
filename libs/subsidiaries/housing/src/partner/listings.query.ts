import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { parseDecimal } from '#lib/kernel';
import {
  DEFAULT_PAGE,
  DEFAULT_SORT,
  LARGEST_PAGE,
  LAST_PAGE,
  LISTING_SORTS,
  LONGEST_DISTRICT,
  LONGEST_TEXT,
  MOST_DISTRICTS,
  type ListingSearch,
  type ListingSort,
} from '../model/listing-search.js';
import { LONGEST_CURSOR } from '../search/sort-cursor.js';

const DECIMAL = { pattern: /^\d{1,6}(?:\.\d{1,2})?$/, message: 'must be a decimal such as 2 or 650.00' };

/** Query of the list of flats. */
export class ListingsQuery {
  @ApiPropertyOptional({ type: String, example: '2.5', description: 'Mindestens so viele Zimmer.' })
  @IsOptional()
  @Matches(DECIMAL.pattern, { message: DECIMAL.message })
  minRooms?: string;

  @ApiPropertyOptional({ type: String, example: '3', description: 'Höchstens so viele Zimmer.' })
  @IsOptional()
  @Matches(DECIMAL.pattern, { message: DECIMAL.message })
  maxRooms?: string;

  @ApiPropertyOptional({ type: String, example: '45', description: 'Kleinste Wohnfläche in m².' })
  @IsOptional()
  @Matches(DECIMAL.pattern, { message: DECIMAL.message })
  minArea?: string;

  @ApiPropertyOptional({ type: String, example: '80', description: 'Größte Wohnfläche in m².' })
  @IsOptional()
  @Matches(DECIMAL.pattern, { message: DECIMAL.message })
  maxArea?: string;

  @ApiPropertyOptional({ type: String, example: '300.00', description: 'Niedrigste Warmmiete in Euro je Monat.' })
  @IsOptional()
  @Matches(DECIMAL.pattern, { message: DECIMAL.message })
  minGrossRent?: string;

  @ApiPropertyOptional({ type: String, example: '650.00', description: 'Höchste Warmmiete in Euro je Monat.' })
  @IsOptional()
  @Matches(DECIMAL.pattern, { message: DECIMAL.message })
  maxGrossRent?: string;

  @ApiPropertyOptional({ type: [String], example: ['Winzerla'], description: 'Ortsteil; mehrfach für mehrere.' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === undefined ? undefined : [value].flat()))
  @IsArray()
  @ArrayMaxSize(MOST_DISTRICTS)
  @IsString({ each: true })
  @MaxLength(LONGEST_DISTRICT, { each: true })
  district?: string[];

  @ApiPropertyOptional({ type: String, example: 'Balkon', description: 'Wörter, die alle vorkommen sollen.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_TEXT)
  text?: string;

  @ApiPropertyOptional({
    enum: ['true', 'false'],
    description:
      'Wohnberechtigungsschein (WBS): true nur Wohnungen, für die einer nötig ist; false keine, von der das bekannt ist.',
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  entitlementRequired?: 'true' | 'false';

  @ApiPropertyOptional({ enum: LISTING_SORTS, default: DEFAULT_SORT, description: 'Reihenfolge.' })
  @IsIn(LISTING_SORTS)
  sort: ListingSort = DEFAULT_SORT;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: LARGEST_PAGE,
    default: DEFAULT_PAGE,
    description: 'Angebote je Seite.',
  })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LARGEST_PAGE)
  first: number = DEFAULT_PAGE;

  @ApiPropertyOptional({ type: String, description: '"nextCursor" der vorigen Seite.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_CURSOR)
  after?: string;
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: LAST_PAGE,
    description: 'Statt "after": Nummer der Seite.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LAST_PAGE)
  page?: number;
}

export function toListingSearch(query: ListingsQuery): ListingSearch {
  const { district, text, entitlementRequired, sort, first, after, page } = query;
  const filter = {
    minRooms: decimal(query.minRooms),
    maxRooms: decimal(query.maxRooms),
    minArea: decimal(query.minArea),
    maxArea: decimal(query.maxArea),
    minGrossRent: decimal(query.minGrossRent),
    maxGrossRent: decimal(query.maxGrossRent),
    districts: district,
    text,
    entitlementRequired: entitlementRequired === undefined ? null : entitlementRequired === 'true',
  };
  return { filter, sort, first, after: after ?? null, page: page ?? null, facets: false };
}

function decimal(text: string | undefined) {
  return text === undefined ? null : (parseDecimal(text) ?? null);
}
