import { ApiProperty } from '@nestjs/swagger';
import { formatBerlin, toGlobalId, type Reading } from '#lib/kernel';
import type { FareSubscription, Ticket } from '../model/fare-subscription.js';
import { SourceDto } from './departures.dto.js';

export class TicketDto {
  @ApiProperty({ description: 'Kennung, dieselbe wie im Graphen.' })
  id: string;

  @ApiProperty({ description: 'Tarifprodukt, z. B. Deutschlandticket.' })
  product: string;

  @ApiProperty({ format: 'date-time', description: 'Gültig ab.' })
  validFrom: string;

  @ApiProperty({ format: 'date-time', description: 'Gültig bis vor diesem Zeitpunkt.' })
  validUntil: string;
}

export class TicketsDto {
  @ApiProperty({
    type: [TicketDto],
    description: 'Fahrausweise aller Abos; bei Chipkarten ist die Karte der Fahrausweis.',
  })
  items: TicketDto[];

  @ApiProperty({ type: SourceDto })
  source: SourceDto;
}

/** Without the barcode: whoever has the code has the ticket, so only the customer gets it. */
export function toTicketsDto({ value, source }: Reading<readonly FareSubscription[]>): TicketsDto {
  return {
    items: value.flatMap(({ tickets }) => tickets.map(toTicketDto)),
    source: { ...source, asOf: formatBerlin(source.asOf) },
  };
}

function toTicketDto({ number, product, validFrom, validUntil }: Ticket): TicketDto {
  return {
    id: toGlobalId('Ticket', number),
    product,
    validFrom: formatBerlin(validFrom),
    validUntil: formatBerlin(validUntil),
  };
}
