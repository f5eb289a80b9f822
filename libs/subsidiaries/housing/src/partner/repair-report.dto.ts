import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';

/** Far above what the command takes, which says by name what is too long. */
const LONGEST_TEXT = 20_000;
const LONGEST_LINE = 1_000;

export class RepairContactInput {
  @ApiProperty({ example: 'Kim Beispiel' })
  @IsString()
  @MaxLength(LONGEST_LINE)
  name: string;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'kim@example.org' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_LINE)
  email?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: '03641 000000' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_LINE)
  phone?: string | null;
}

/** What is damaged, and where. */
export class RepairReportInputDto {
  @ApiProperty({ example: '4711 / 2 / 5', description: 'Objektnummer der gemieteten Wohnung.' })
  @IsString()
  @MaxLength(LONGEST_LINE)
  flat: string;

  @ApiProperty({
    example: 'BATHROOM',
    description: 'Art des Raums; bei einer unbekannten nennt die Ablehnung alle, die es gibt.',
  })
  @IsString()
  @MaxLength(LONGEST_LINE)
  roomType: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'Gästebad',
    description: 'Der Raum in eigenen Worten.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_LINE)
  room?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: null, description: 'Art des Geräts, z. B. COOKER.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_LINE)
  applianceType?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: null, description: 'Das Gerät in eigenen Worten.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_LINE)
  appliance?: string | null;

  @ApiProperty({ example: 'Der Abfluss ist verstopft.', description: 'Was beschädigt ist; höchstens 2.000 Zeichen.' })
  @IsString()
  @MaxLength(LONGEST_TEXT)
  description: string;

  @ApiPropertyOptional({
    type: RepairContactInput,
    nullable: true,
    description: 'Wer öffnet, wenn nicht der Mieter selbst.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => RepairContactInput)
  contact?: RepairContactInput | null;
}
