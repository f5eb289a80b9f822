import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { AppError, parseCalendarDate, type CalendarDate } from '#lib/kernel';
import type { DaysInput } from '../model/meters/consumption.js';

export const STEPS = ['MONTH', 'DAY'] as const;
export type Step = (typeof STEPS)[number];

const LONGEST_DATE = 20;

export class EnergyConsumptionQuery {
  @ApiPropertyOptional({
    enum: STEPS,
    default: 'MONTH',
    example: 'MONTH',
    description: 'MONTH: abgerechnete Zeiträume, die in diesen Tagen beginnen; DAY: Tag für Tag, höchstens 100.',
  })
  @IsOptional()
  @IsIn(STEPS)
  step: Step = 'MONTH';

  @ApiPropertyOptional({ type: String, format: 'date', example: '2026-08-01', description: 'Erster Tag.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_DATE)
  from?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'date',
    example: '2026-09-30',
    description: 'Letzter Tag; ohne Angabe heute.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_DATE)
  until?: string;
}

/** @throws AppError INVALID_INPUT with path `from` or `until` */
export function daysOf({ from, until }: EnergyConsumptionQuery): DaysInput {
  return { from: dayAt('from', from), until: dayAt('until', until) };
}

export function dayAt(path: string, text: string | undefined): CalendarDate | null {
  if (text === undefined) return null;
  const day = parseCalendarDate(text);
  if (day !== undefined) return day;
  const reason = 'must be an existing day YYYY-MM-DD';
  throw new AppError('INVALID_INPUT', 'no such day', { path, reason });
}
