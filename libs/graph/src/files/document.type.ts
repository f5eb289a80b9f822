import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Instant } from '#lib/kernel';
import { DateTimeScalar } from '../scalars/time.scalars.js';
import { NodeType } from '../types/node.type.js';

@ObjectType('Link', {
  description: 'Adresse, die eine Datei öffnet: ohne Kopfzeilen, nur für diese Anmeldung, 60 Sekunden.',
})
export class LinkType {
  @Field(() => String, { description: 'Pfad und Abfrage unter der Adresse, unter der auch der Graph erreicht wird.' })
  url: string;

  @Field(() => DateTimeScalar)
  expiresAt: Instant;
}

/** A file of a customer; its link is made when it is asked for. */
@ObjectType('Document', { implements: () => [NodeType], description: 'Datei, z. B. eine Rechnung als PDF.' })
export class DocumentType implements NodeType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Dateiname.' })
  name: string;

  @Field(() => String, { description: 'Medientyp, z. B. "application/pdf".' })
  mediaType: string;

  @Field(() => Int, { nullable: true, description: 'Größe in Byte; null, wenn sie erst beim Abruf bekannt wird.' })
  sizeBytes: number | null;

  /** Not part of the graph: what the link opens (see Capabilities). */
  file: { readonly kind: string; readonly item: string; readonly customerId: string };
}
