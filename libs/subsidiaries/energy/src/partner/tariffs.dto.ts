import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, MaxLength } from 'class-validator';
import type { CalendarDate, DecimalText, Reading } from '#lib/kernel';
import { COMMODITIES, type Commodity } from '../model/commodity.js';
import { publishOffer, type PublishedOffer, type PublishedTariff } from '../model/tariffs/published-tariff.js';
import { BONUS_KINDS, TARIFF_ZONES, type BonusKind, type TariffZone } from '../model/tariffs/tariff.js';
import type { TaxedPrice } from '../model/tariffs/tariff-offer.js';
import {
  CONSUMPTION_UNITS,
  DEFAULT_TARIFF_PAGE,
  DEFAULT_TARIFF_SORT,
  LARGEST_TARIFF_PAGE,
  NO_OFFER_REASONS,
  TARIFF_SORTS,
  type ConsumptionUnit,
  type NoOfferReason,
  type TariffPage,
  type TariffSearchInput,
  type TariffSort,
} from '../model/tariffs/tariff-search.js';
import { dayAt } from './consumption.query.js';
import {
  EnergyMoneyDto,
  EnergyPeriodDto,
  EnergySourceDto,
  OPTIONAL_DATE,
  OPTIONAL_TEXT,
  toSourceDto,
} from './energy.dto.js';

/** Far above what the search takes, which says by name what is wrong. */
const LONGEST_TEXT = 100;
const LONGEST_CURSOR = 400;

/** Query of the tariffs. */
export class TariffsQuery {
  @ApiProperty({ type: String, example: '07747', description: 'Postleitzahl der Lieferstelle, fünf Ziffern.' })
  @IsString()
  @MaxLength(LONGEST_TEXT)
  postcode: string;

  @ApiProperty({ enum: COMMODITIES, example: 'POWER', description: 'Sparte.' })
  @IsIn(COMMODITIES)
  commodity: Commodity;

  @ApiProperty({
    type: String,
    example: '2500',
    description: 'Verbrauch im Jahr, größer als 0, höchstens 999999, bis zu drei Dezimalen; kWh, bei Wasser m³.',
  })
  @IsString()
  @MaxLength(LONGEST_TEXT)
  annualConsumption: string;

  @ApiPropertyOptional({
    enum: CONSUMPTION_UNITS,
    example: 'KWH',
    description: 'Zur Sicherheit die Einheit; eine andere als die der Sparte wird abgelehnt.',
  })
  @IsOptional()
  @IsIn(CONSUMPTION_UNITS)
  unit?: ConsumptionUnit;

  @ApiPropertyOptional({ type: String, description: 'Davon im Niedertarif, für Zähler mit zwei Zählwerken.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_TEXT)
  lowZoneConsumption?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'date',
    description: 'Lieferbeginn, höchstens 366 Tage voraus; sonst heute.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_TEXT)
  from?: string;

  @ApiPropertyOptional({
    enum: TARIFF_SORTS,
    default: DEFAULT_TARIFF_SORT,
    description: 'Reihenfolge; YEAR ist ohne Bonus.',
  })
  @IsOptional()
  @IsIn(TARIFF_SORTS)
  sort?: TariffSort;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: LARGEST_TARIFF_PAGE,
    default: DEFAULT_TARIFF_PAGE,
    example: 1,
    description: 'Angebote je Seite.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  first?: number;

  @ApiPropertyOptional({ type: String, description: '"nextCursor" der vorigen Seite, in derselben Reihenfolge.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_CURSOR)
  after?: string;
}

export class TariffDto implements PublishedTariff {
  @ApiProperty({ type: String, description: 'Kennung, dieselbe wie im Graphen.' })
  id: string;

  @ApiProperty({ type: String, description: 'Produktnummer.' })
  number: string;

  @ApiProperty({ type: String })
  name: string;

  @ApiProperty({ ...OPTIONAL_TEXT, description: 'Text des Preisblatts.' })
  description: string | null;

  @ApiProperty({ enum: COMMODITIES, description: 'Sparte.' })
  commodity: Commodity;

  @ApiProperty({ ...OPTIONAL_TEXT, description: 'Kleinster Jahresverbrauch; null: ohne Grenze.' })
  minimumConsumption: DecimalText | null;

  @ApiProperty({ ...OPTIONAL_TEXT, description: 'Größter Jahresverbrauch; null: ohne Grenze.' })
  maximumConsumption: DecimalText | null;

  @ApiProperty({ enum: ['kWh', 'm³'], description: 'Einheit des Verbrauchs.' })
  consumptionUnit: 'kWh' | 'm³';

  @ApiProperty({ type: EnergyPeriodDto, nullable: true, description: 'Mindestlaufzeit; null: keine.' })
  minimumTerm: EnergyPeriodDto | null;

  @ApiProperty({ type: EnergyPeriodDto, nullable: true, description: 'Kündigungsfrist.' })
  noticePeriod: EnergyPeriodDto | null;

  @ApiProperty({ type: EnergyPeriodDto, nullable: true, description: 'Preisgarantie ab Lieferbeginn; null: keine.' })
  priceGuarantee: EnergyPeriodDto | null;

  @ApiProperty({ type: String, description: 'Umsatzsteuersatz in Prozent.' })
  vatPercent: DecimalText;
}

export class TaxedPriceDto implements TaxedPrice {
  @ApiProperty({ type: EnergyMoneyDto, description: 'Ohne Umsatzsteuer.' })
  net: EnergyMoneyDto;

  @ApiProperty({ type: EnergyMoneyDto, description: 'Umsatzsteuer.' })
  vat: EnergyMoneyDto;

  @ApiProperty({ type: EnergyMoneyDto, description: 'Mit Umsatzsteuer: was zu zahlen ist.' })
  gross: EnergyMoneyDto;
}

export class TariffPriceDto {
  @ApiProperty({ enum: ['BASE', 'UNIT'], description: 'Grundpreis oder Arbeitspreis.' })
  kind: 'BASE' | 'UNIT';

  @ApiProperty({ enum: [...TARIFF_ZONES, null], nullable: true, description: 'Tarifzeit; null beim Grundpreis.' })
  zone: TariffZone | null;

  @ApiProperty({ type: String })
  name: string;

  @ApiProperty({ type: String, description: 'Euro je Einheit ohne Umsatzsteuer, sechs Dezimalen.' })
  netPrice: DecimalText;

  @ApiProperty({ type: String, description: 'Euro je Einheit mit Umsatzsteuer, sechs Dezimalen.' })
  grossPrice: DecimalText;

  @ApiProperty({ ...OPTIONAL_TEXT, description: 'Einheiten im Jahr; null beim Grundpreis.' })
  quantity: DecimalText | null;

  @ApiProperty({ enum: ['kWh', 'm³', 'a'], description: 'Einheit; "a" (Jahr) beim Grundpreis.' })
  unit: 'kWh' | 'm³' | 'a';

  @ApiProperty({ type: EnergyMoneyDto, description: 'Kosten im Jahr ohne Umsatzsteuer.' })
  yearNet: EnergyMoneyDto;
}

export class TariffBonusDto {
  @ApiProperty({ enum: BONUS_KINDS, description: 'Neukunden-, Sofort- oder anderer Bonus.' })
  kind: BonusKind;

  @ApiProperty({ type: String })
  name: string;

  @ApiProperty({ type: EnergyMoneyDto })
  amount: EnergyMoneyDto;

  @ApiProperty({ ...OPTIONAL_DATE, description: 'Letzter Tag, um ihn zu bekommen; null: ohne Ende.' })
  until: CalendarDate | null;
}

export class TariffOfferDto implements PublishedOffer {
  @ApiProperty({ type: TariffDto })
  tariff: TariffDto;

  @ApiProperty({ type: TaxedPriceDto, description: 'Ein Jahr zu den Preisen des ersten Tages, ohne jeden Bonus.' })
  year: TaxedPriceDto;

  @ApiProperty({ type: TaxedPriceDto, description: 'Ein Zwölftel davon.' })
  month: TaxedPriceDto;

  @ApiProperty({ type: EnergyMoneyDto, description: 'Das erste Jahr: year.gross abzüglich aller Boni.' })
  firstYear: EnergyMoneyDto;

  @ApiProperty({ type: [TariffPriceDto] })
  prices: TariffPriceDto[];

  @ApiProperty({ type: [TariffBonusDto], description: 'Boni bei Vertragsschluss heute; in keinem Preis enthalten.' })
  bonuses: TariffBonusDto[];

  @ApiProperty({ ...OPTIONAL_DATE, description: 'Letzter Tag, für den diese Preise feststehen.' })
  pricesUntil: CalendarDate | null;
}

export class TariffsDto {
  @ApiProperty({ type: [TariffOfferDto], description: 'Angebote dieser Seite in der gewünschten Reihenfolge.' })
  items: TariffOfferDto[];

  @ApiProperty({
    ...OPTIONAL_TEXT,
    description: 'Als "after" übergeben, um weiterzublättern; null auf der letzten Seite.',
  })
  nextCursor: string | null;

  @ApiProperty({ type: 'integer', description: 'Anzahl über alle Seiten.' })
  totalCount: number;

  @ApiProperty({
    enum: [...NO_OFFER_REASONS, null],
    nullable: true,
    description: 'Warum es kein Angebot gibt; null, wenn es welche gibt.',
  })
  reason: NoOfferReason | null;

  @ApiProperty({ type: EnergySourceDto })
  source: EnergySourceDto;
}

export function toTariffSearch({ from, ...query }: TariffsQuery): TariffSearchInput {
  return { ...query, from: dayAt('from', from) };
}

export function toTariffsDto({ value, source }: Reading<TariffPage>): TariffsDto {
  const { offers, totalCount, hasNextPage, endCursor, reason } = value;
  return {
    items: offers.map(publishOffer),
    nextCursor: hasNextPage ? endCursor : null,
    totalCount,
    reason,
    source: toSourceDto(source),
  };
}
