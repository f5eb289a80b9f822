import { ApiProperty } from '@nestjs/swagger';
import { formatBerlin, type DecimalText, type Money, type Source } from '#lib/kernel';
import { PERIOD_UNITS, type Period, type PeriodUnit } from '../model/contracts/terms.js';

export const OPTIONAL_TEXT = { type: String, nullable: true } as const;
export const DATE = { type: String, format: 'date' } as const;
export const OPTIONAL_DATE = { ...DATE, nullable: true } as const;

export class EnergyMoneyDto implements Money {
  @ApiProperty({ type: String, description: 'Betrag mit zwei Dezimalen.' })
  amount: DecimalText;

  @ApiProperty({ type: String, description: 'Währung nach ISO 4217.' })
  currency: string;
}

export class EnergyPeriodDto implements Period {
  @ApiProperty({ type: 'integer' })
  count: number;

  @ApiProperty({ enum: PERIOD_UNITS })
  unit: PeriodUnit;
}

export class EnergySourceDto {
  @ApiProperty({ type: String, description: 'Gesellschaft.' })
  subsidiary: string;

  @ApiProperty({ type: String, description: 'Name des Altsystems.' })
  system: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'Stand der Angaben.' })
  asOf: string;

  @ApiProperty({
    type: Boolean,
    description: 'Veraltet: das System war nicht erreichbar, dies ist der letzte bekannte Stand.',
  })
  stale: boolean;
}

export function toSourceDto(source: Source): EnergySourceDto {
  const { subsidiary, system, asOf, stale } = source;
  return { subsidiary, system, asOf: formatBerlin(asOf), stale };
}
