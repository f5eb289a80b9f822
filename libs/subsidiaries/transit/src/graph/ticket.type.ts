import { Field, ID, ObjectType } from '@nestjs/graphql';
import { toGlobalId, type Instant } from '#lib/kernel';
import { DateTimeScalar, NodeType } from '#lib/graph';
import type { Ticket } from '../model/fare-subscription.js';

@ObjectType('Barcode', { description: 'Prüfcode eines Fahrausweises, den die App auch ohne Netz zeichnen kann.' })
export class BarcodeType {
  @Field(() => String, { description: 'Art des Codes, z. B. AZTEC.' })
  symbology: string;

  @Field(() => String, { description: 'Inhalt, base64.' })
  payload: string;
}

@ObjectType('Ticket', { implements: () => [NodeType], description: 'Fahrausweis zum Vorzeigen.' })
export class TicketType implements NodeType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Tarifprodukt, z. B. Deutschlandticket.' })
  product: string;

  @Field(() => DateTimeScalar, { description: 'Gültig ab.' })
  validFrom: Instant;

  @Field(() => DateTimeScalar, { description: 'Gültig bis vor diesem Zeitpunkt.' })
  validUntil: Instant;

  @Field(() => BarcodeType, {
    nullable: true,
    description: 'Prüfcode; null, wenn der Fahrausweis keinen hat oder der Aufrufer ihn nicht sehen darf.',
  })
  barcode: BarcodeType | null;
}

export function toTicketType({ number, ...ticket }: Ticket): TicketType {
  return { ...ticket, id: toGlobalId('Ticket', number) };
}
