import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { formatBerlin, toGlobalId, type Reading } from '#lib/kernel';
import { pollAfterSeconds, TRANSIT_PRODUCTS, type Departure, type DepartureBoard } from '../model/departure-board.js';

export class DeparturesQuery {
  @ApiProperty({ required: false, default: 10, minimum: 1, maximum: 100, description: 'Zahl der Abfahrten.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  first = 10;

  @ApiProperty({ required: false, format: 'date-time', description: 'Abfahrten ab diesem Zeitpunkt, sonst ab jetzt.' })
  @IsOptional()
  @IsString()
  from?: string;
}

class StopDto {
  @ApiProperty({ description: 'Kennung, dieselbe wie im Graphen.' })
  id: string;

  @ApiProperty({ type: String, nullable: true, description: 'Deutschlandweite Haltestellen-ID.' })
  dhid: string | null;

  @ApiProperty({ description: 'Name der Haltestelle.' })
  name: string;

  @ApiProperty({ type: Number, nullable: true, description: 'Geografische Breite in Grad (WGS 84).' })
  latitude: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Geografische Länge in Grad (WGS 84).' })
  longitude: number | null;
}

class DepartureDto {
  @ApiProperty({ description: 'Kennung, dieselbe wie im Graphen.' })
  id: string;

  @ApiProperty({ description: 'Linie, wie sie am Fahrzeug steht.' })
  line: string;

  @ApiProperty({ enum: TRANSIT_PRODUCTS, description: 'Verkehrsmittel.' })
  product: string;

  @ApiProperty({ description: 'Richtung; leer, wenn die Auskunft keine nennt.' })
  direction: string;

  @ApiProperty({ format: 'date-time', description: 'Abfahrt nach Fahrplan.' })
  planned: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Erwartete Abfahrt, falls bekannt.' })
  expected: string | null;

  @ApiProperty({ description: 'Fällt aus.' })
  cancelled: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'Steig oder Gleis.' })
  platform: string | null;

  @ApiProperty({ type: [String], description: 'Hinweise und Störungsmeldungen zur Fahrt.' })
  remarks: readonly string[];
}

export class SourceDto {
  @ApiProperty({ description: 'Gesellschaft.' })
  subsidiary: string;

  @ApiProperty({ description: 'Name des Altsystems.' })
  system: string;

  @ApiProperty({ format: 'date-time', description: 'Stand der Angaben.' })
  asOf: string;

  @ApiProperty({ description: 'Letzter bekannter Stand, weil das System nicht erreichbar war.' })
  stale: boolean;
}

export class DeparturesDto {
  @ApiProperty({ type: StopDto })
  stop: StopDto;

  @ApiProperty({ type: [DepartureDto], description: 'Abfahrten in zeitlicher Folge.' })
  items: DepartureDto[];

  @ApiProperty({ type: SourceDto })
  source: SourceDto;

  @ApiProperty({ type: 'integer', description: 'Sekunden, nach denen eine neue Abfrage etwas Neues bringen kann.' })
  pollAfterSeconds: number;
}

export function toDeparturesDto({ value, source }: Reading<DepartureBoard>): DeparturesDto {
  const { number, ...stop } = value.stop;
  return {
    stop: { ...stop, id: toGlobalId('Stop', number) },
    items: value.departures.map(toDepartureDto),
    source: { ...source, asOf: formatBerlin(source.asOf) },
    pollAfterSeconds: pollAfterSeconds(source),
  };
}

function toDepartureDto({ key, planned, expected, ...departure }: Departure): DepartureDto {
  return {
    ...departure,
    id: toGlobalId('Departure', key),
    planned: formatBerlin(planned),
    expected: expected === null ? null : formatBerlin(expected),
  };
}
