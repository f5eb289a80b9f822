import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsOptional, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { toGlobalId, type CalendarDate, type DecimalText, type Reading } from '#lib/kernel';
import {
  READING_CATEGORIES,
  READING_REASONS,
  READING_STATES,
  type KeptReading,
  type ReadingCategory,
  type ReadingReason,
  type ReadingState,
} from '../model/meters/kept-reading.js';
import { meterId, readingId, registerId, type MeterKey } from '../model/meters/meter-id.js';
import type { Meter } from '../model/meters/meter.js';
import type { Page } from '../model/page.js';
import { DATE, EnergySourceDto, OPTIONAL_DATE, OPTIONAL_TEXT, toSourceDto } from './energy.dto.js';
import { METER_ID, REGISTER_ID } from './examples.js';

/** Far above what the command takes, which says by name what is too long. */
const LONGEST_TEXT = 1_000;

export class EnergyRegisterDto {
  @ApiProperty({ type: String, description: 'Kennung, dieselbe wie im Graphen.' })
  id: string;

  @ApiProperty({ type: String, description: 'Bezeichnung in den Worten des Systems.' })
  name: string;

  @ApiProperty({ type: String, description: 'Einheit.' })
  unit: string;

  @ApiProperty({ type: 'integer', description: 'Stellen vor dem Komma.' })
  integerDigits: number;

  @ApiProperty({ type: 'integer', description: 'Stellen nach dem Komma.' })
  decimals: number;

  @ApiProperty({ ...OPTIONAL_TEXT, description: 'Letzter bekannter Zählerstand dieses Kunden.' })
  lastValue: DecimalText | null;

  @ApiProperty({ ...OPTIONAL_DATE, description: 'Tag des letzten Zählerstands.' })
  lastDate: CalendarDate | null;
}

export class EnergyMeterDto {
  @ApiProperty({ type: String, description: 'Kennung, dieselbe wie im Graphen.' })
  id: string;

  @ApiProperty({ type: String, description: 'Kennung des Vertrags.' })
  contractId: string;

  @ApiProperty({ type: String, description: 'Zählernummer, wie sie auf dem Zähler steht.' })
  serialNumber: string;

  @ApiProperty({ type: [EnergyRegisterDto], description: 'Zählwerke; für eine Meldung braucht es alle.' })
  registers: EnergyRegisterDto[];
}

export class EnergyMetersDto {
  @ApiProperty({ type: [EnergyMeterDto] })
  items: EnergyMeterDto[];

  @ApiProperty({ type: EnergySourceDto })
  source: EnergySourceDto;
}

export class EnergyReadingDto {
  @ApiProperty({ type: String, description: 'Kennung, dieselbe wie im Graphen.' })
  id: string;

  @ApiProperty({ type: String, description: 'Kennung des Zählwerks.' })
  registerId: string;

  @ApiProperty({ ...DATE, description: 'Ablesetag.' })
  date: CalendarDate;

  @ApiProperty({ type: String, description: 'Zählerstand.' })
  value: DecimalText;

  @ApiProperty({ ...OPTIONAL_TEXT, description: 'Einheit.' })
  unit: string | null;

  @ApiProperty({ enum: READING_CATEGORIES, description: 'Wer abgelesen hat.' })
  category: ReadingCategory;

  @ApiProperty({ enum: READING_STATES, description: 'Was daraus geworden ist.' })
  state: ReadingState;

  @ApiProperty({ enum: READING_REASONS, description: 'Warum abgelesen wurde.' })
  reason: ReadingReason;
}

export class EnergyReadingsDto {
  @ApiProperty({ type: [EnergyReadingDto], description: 'Neueste zuerst.' })
  items: EnergyReadingDto[];

  @ApiProperty({
    ...OPTIONAL_TEXT,
    description: 'Als "after" übergeben, um weiterzublättern; null auf der letzten Seite.',
  })
  nextCursor: string | null;

  @ApiProperty({ type: 'integer', description: 'Anzahl über alle Seiten.' })
  totalCount: number;

  @ApiProperty({ type: EnergySourceDto })
  source: EnergySourceDto;
}

export class EnergyReadingsQuery {
  @ApiProperty({ type: String, example: METER_ID, description: 'Kennung des Zählers.' })
  @IsString()
  @MaxLength(LONGEST_TEXT)
  meterId: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 100,
    default: 12,
    example: 2,
    description: 'Zählerstände je Seite.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  first?: number;

  @ApiPropertyOptional({ type: String, description: '"nextCursor" der vorigen Seite.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_TEXT)
  after?: string;
}

export class EnergyReadingInput {
  @ApiProperty({ example: REGISTER_ID, description: 'Kennung des Zählwerks.' })
  @IsString()
  @MaxLength(LONGEST_TEXT)
  registerId: string;

  @ApiProperty({ example: '24700.0', description: 'Was der Zähler anzeigt, mit Punkt; höchstens vier Dezimalen.' })
  @Matches(/^[+-]?\d{1,20}(?:\.\d{1,4})?$/, { message: 'must be a number with at most 4 decimals' })
  value: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: null,
    description: 'Warum ein ungewöhnlicher Stand stimmt: einer der Werte, die eine Rückfrage anbietet.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_TEXT)
  noteCode?: string | null;
}

/** What a meter shows on one day. */
export class EnergyReadingsInput {
  @ApiProperty({ example: METER_ID, description: 'Kennung des Zählers.' })
  @IsString()
  @MaxLength(LONGEST_TEXT)
  meterId: string;

  @ApiProperty({ format: 'date', example: '2026-11-18', description: 'Tag der Ablesung.' })
  @IsString()
  @MaxLength(LONGEST_TEXT)
  date: string;

  @ApiProperty({ type: [EnergyReadingInput], description: 'Alle Zählwerke des Zählers.' })
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => EnergyReadingInput)
  readings: EnergyReadingInput[];
}

export function keyOf({ contractNumber, number }: Meter, account: string): MeterKey {
  return { account, contract: contractNumber, device: number };
}

/** @param account the customer's number, which the ids name */
export function toMetersDto({ value, source }: Reading<readonly Meter[]>, account: string): EnergyMetersDto {
  return { items: value.map((meter) => toMeterDto(meter, account)), source: toSourceDto(source) };
}

export function toReadingDto({ number, register, ...reading }: KeptReading, key: MeterKey): EnergyReadingDto {
  return { id: readingId(key, number), registerId: registerId({ ...key, register }), ...reading };
}

/** A page of a meter's history. */
export function toReadingsDto(page: Page<EnergyReadingDto>, source: Reading<unknown>['source']): EnergyReadingsDto {
  const { items, hasNextPage, endCursor, totalCount } = page;
  return { items: [...items], nextCursor: hasNextPage ? endCursor : null, totalCount, source: toSourceDto(source) };
}

function toMeterDto(meter: Meter, account: string): EnergyMeterDto {
  const key = keyOf(meter, account);
  return {
    id: meterId(key),
    contractId: toGlobalId('EnergyContract', meter.contractNumber),
    serialNumber: meter.serialNumber,
    registers: meter.registers.map(({ number, ...register }) => ({
      id: registerId({ ...key, register: number }),
      ...register,
    })),
  };
}
