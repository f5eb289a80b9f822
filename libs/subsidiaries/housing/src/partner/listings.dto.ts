import { ApiProperty } from '@nestjs/swagger';
import { formatBerlin, type CalendarDate, type DecimalText, type Money } from '#lib/kernel';
import type { FoundListings } from '../housing.service.js';
import { FEED_NAMES, type CertificateKind, type EnergyCertificate, type FeedName } from '../model/listing.js';
import { publishListing, type PublishedListing } from '../model/published-listing.js';

const OPTIONAL_TEXT = { type: String, nullable: true } as const;
const OPTIONAL_FLAG = { type: Boolean, nullable: true } as const;
const DATE = { type: String, format: 'date', nullable: true } as const;

export class HousingMoneyDto implements Money {
  @ApiProperty({ type: String, example: '421.00', description: 'Betrag mit zwei Dezimalen.' })
  amount: DecimalText;

  @ApiProperty({ type: String, example: 'EUR', description: 'Währung nach ISO 4217.' })
  currency: string;
}

export class EnergyCertificateDto implements EnergyCertificate {
  @ApiProperty({ enum: ['DEMAND', 'CONSUMPTION', 'OTHER'], description: 'Bedarfs-, Verbrauchs- oder anderer Ausweis.' })
  kind: CertificateKind;

  @ApiProperty({ ...OPTIONAL_TEXT, example: '88.10', description: 'Energiekennwert in kWh je m² und Jahr.' })
  value: DecimalText | null;

  @ApiProperty({ ...DATE, example: '2019-07-03', description: 'Datum des Ausweises.' })
  date: CalendarDate | null;
}

export class ListingDto implements PublishedListing {
  @ApiProperty({ type: String, description: 'Kennung, dieselbe wie im Graphen.' })
  id: string;

  @ApiProperty({ type: String, example: '4711 / 2 / 5', description: 'Objektnummer.' })
  number: string;

  @ApiProperty({ type: String, example: 'Helle Wohnung am Park' })
  title: string;

  @ApiProperty({
    ...OPTIONAL_TEXT,
    example: 'Beispielweg 12a, 07749 Jena',
    description: 'Anschrift; null, solange sie nicht freigegeben ist.',
  })
  address: string | null;

  @ApiProperty({ type: String, example: '07749', description: 'Postleitzahl.' })
  postcode: string;

  @ApiProperty({ type: String, example: 'Jena', description: 'Ort.' })
  city: string;

  @ApiProperty({ ...OPTIONAL_TEXT, example: 'Wenigenjena', description: 'Ortsteil.' })
  district: string | null;

  @ApiProperty({ type: String, example: '2.5', description: 'Zimmer.' })
  rooms: DecimalText;

  @ApiProperty({ type: String, example: '61.07', description: 'Wohnfläche in m².' })
  area: DecimalText;

  @ApiProperty({ ...OPTIONAL_TEXT, example: '2. Etage', description: 'Lage im Haus.' })
  floor: string | null;

  @ApiProperty({ type: HousingMoneyDto, description: 'Kaltmiete je Monat.' })
  netRent: HousingMoneyDto;

  @ApiProperty({ type: HousingMoneyDto, description: 'Nebenkosten je Monat einschließlich Heizkosten.' })
  serviceCharges: HousingMoneyDto;

  @ApiProperty({ type: HousingMoneyDto, nullable: true, description: 'Anteil der Heizkosten an den Nebenkosten.' })
  heatingCharges: HousingMoneyDto | null;

  @ApiProperty({ ...OPTIONAL_FLAG, description: 'Ob die Heizkosten in den Nebenkosten enthalten sind.' })
  heatingIncluded: boolean | null;

  @ApiProperty({ type: HousingMoneyDto, description: 'Warmmiete je Monat: Kaltmiete und Nebenkosten.' })
  grossRent: HousingMoneyDto;

  @ApiProperty({ ...OPTIONAL_TEXT, example: 'kautionsfrei', description: 'Kaution, wie ausgeschrieben.' })
  deposit: string | null;

  @ApiProperty({ ...DATE, example: '2027-02-01', description: 'Frei ab; null bei sofort oder nach Absprache.' })
  availableFrom: CalendarDate | null;

  @ApiProperty({ ...OPTIONAL_TEXT, example: 'sofort', description: 'Verfügbarkeit, wie ausgeschrieben.' })
  availability: string | null;

  @ApiProperty({ ...OPTIONAL_TEXT, example: '1974', description: 'Baujahr, wie ausgeschrieben.' })
  yearBuilt: string | null;

  @ApiProperty({ ...OPTIONAL_TEXT, example: 'Fernwärme', description: 'Art der Heizung.' })
  heating: string | null;

  @ApiProperty({
    type: EnergyCertificateDto,
    nullable: true,
    description: 'Energieausweis; null, wenn keiner genannt ist.',
  })
  energy: EnergyCertificateDto | null;

  @ApiProperty({ ...OPTIONAL_FLAG, description: 'Aufzug; null, wenn nichts angegeben ist.' })
  lift: boolean | null;

  @ApiProperty({ ...OPTIONAL_FLAG, description: 'Balkon; null, wenn nichts angegeben ist.' })
  balcony: boolean | null;

  @ApiProperty({ ...OPTIONAL_TEXT, description: 'Keller, wie ausgeschrieben.' })
  cellar: string | null;

  @ApiProperty({ ...OPTIONAL_TEXT, description: 'Parkmöglichkeit, wie ausgeschrieben.' })
  parking: string | null;

  @ApiProperty({ ...OPTIONAL_TEXT, description: 'Beschreibung der Lage.' })
  location: string | null;

  @ApiProperty({ ...OPTIONAL_TEXT, description: 'Beschreibung der Wohnung.' })
  description: string | null;

  @ApiProperty({ ...OPTIONAL_TEXT, description: 'Beschreibung der Ausstattung.' })
  equipment: string | null;

  @ApiProperty({ ...OPTIONAL_FLAG, description: 'Ob ein Wohnberechtigungsschein (WBS) nötig ist.' })
  entitlementRequired: boolean | null;

  @ApiProperty({
    enum: FEED_NAMES,
    isArray: true,
    example: ['wodis', 'openimmo'],
    description: 'Quellen, in denen die Wohnung steht.',
  })
  feeds: readonly FeedName[];
}

export class HousingSourceDto {
  @ApiProperty({ type: String, example: 'HOUSING' })
  subsidiary: string;

  @ApiProperty({ type: String, example: 'wodis+openimmo', description: 'Namen der Altsysteme.' })
  system: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    example: '2026-11-22T02:10:00+01:00',
    description: 'Stand der Angaben.',
  })
  asOf: string;

  @ApiProperty({
    type: Boolean,
    description: 'Veraltet: das System war nicht erreichbar, dies ist der letzte bekannte Stand.',
  })
  stale: boolean;
}

export class ListingsDto {
  @ApiProperty({ type: [ListingDto], description: 'Angebote dieser Seite in der gewünschten Reihenfolge.' })
  items: ListingDto[];

  @ApiProperty({
    ...OPTIONAL_TEXT,
    description: 'Als "after" übergeben, um weiterzublättern; null auf der letzten Seite.',
  })
  nextCursor: string | null;

  @ApiProperty({ type: 'integer', example: 17, description: 'Zahl aller Angebote, auf die der Filter passt.' })
  totalCount: number;

  @ApiProperty({
    enum: FEED_NAMES,
    isArray: true,
    example: [],
    description: 'Quellen, von denen noch nichts da ist; ihre Angebote und Angaben fehlen.',
  })
  missing: readonly FeedName[];

  @ApiProperty({ type: HousingSourceDto, description: 'Herkunft der Angaben; ihr Stand ist der der ältesten Quelle.' })
  source: HousingSourceDto;
}

export function toListingsDto(page: FoundListings): ListingsDto {
  const { nodes, hasNextPage, endCursor, totalCount, missing, source } = page;
  return {
    items: nodes.map(publishListing),
    nextCursor: hasNextPage ? endCursor : null,
    totalCount,
    missing,
    source: { ...source, asOf: formatBerlin(source.asOf) },
  };
}
