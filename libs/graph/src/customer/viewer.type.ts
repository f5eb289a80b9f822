import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Instant } from '#lib/kernel';
import { AgentRole } from '../agents/mandate.types.js';
import { DateTimeScalar } from '../scalars/time.scalars.js';
import { SubsidiaryEnum } from '../types/subsidiary.enum.js';

export enum ViewerKind {
  ANONYMOUS = 'ANONYMOUS',
  CUSTOMER = 'CUSTOMER',
  AGENT = 'AGENT',
}

registerEnumType(ViewerKind, {
  name: 'ViewerKind',
  description: 'Art des Aufrufers.',
  valuesMap: {
    ANONYMOUS: { description: 'Nicht angemeldet.' },
    CUSTOMER: { description: 'Ein Kunde.' },
    AGENT: { description: 'Eine Mitarbeiterin oder ein Mitarbeiter einer Gesellschaft.' },
  },
});

@ObjectType('Viewer', { description: 'Wer diese Abfrage stellt.' })
export class ViewerType {
  @Field(() => ViewerKind)
  kind: ViewerKind;

  @Field(() => String, { description: 'Sprache der Sätze in dieser Antwort: de, de-simple oder en.' })
  language: string;

  @Field(() => SubsidiaryEnum, { nullable: true, description: 'Gesellschaft, für die gearbeitet wird; sonst null.' })
  subsidiary: string | null;

  @Field(() => AgentRole, { nullable: true })
  role: AgentRole | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'So lange gilt der zweite Faktor als frisch; vergangen oder null: er wird neu gebraucht.',
  })
  stepUpUntil: Instant | null;
}
