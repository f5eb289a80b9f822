import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength, MinLength } from 'class-validator';
import type { EntitlementKey } from '#lib/subsidiary-kit';

const ENTITLEMENTS: readonly EntitlementKey[] = ['energy-customer'];
const ANSWERS = ['yes', 'no', 'unknown'] as const;
/** More than any number of the subsidiaries has, blanks included. */
const LONGEST_NUMBER = 60;

export class EntitlementCheckInput {
  @ApiProperty({ enum: ENTITLEMENTS, description: 'Welche Vergünstigung.' })
  @IsIn(ENTITLEMENTS)
  entitlement: EntitlementKey;

  @ApiProperty({ description: 'Nummer, unter der die Gesellschaft des Partners den Kunden führt.' })
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_NUMBER)
  number: string;
}

export class EntitlementCheckDto {
  @ApiProperty({ enum: ENTITLEMENTS, description: 'Welche Vergünstigung.' })
  entitlement: EntitlementKey;

  @ApiProperty({
    enum: ANSWERS,
    description: 'unknown: niemand darf oder kann es sagen; was davon zutrifft, bleibt offen.',
  })
  answer: (typeof ANSWERS)[number];
}
