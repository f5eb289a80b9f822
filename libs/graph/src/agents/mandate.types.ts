import { createUnionType, Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { instantOf, toGlobalId, type Instant, type Mandate } from '#lib/kernel';
import { RefusalType } from '../rights/refusal.type.js';
import { DateTimeScalar } from '../scalars/time.scalars.js';
import { NodeType } from '../types/node.type.js';

export enum AgentRole {
  SERVICE = 'SERVICE',
  SALES = 'SALES',
}

registerEnumType(AgentRole, {
  name: 'AgentRole',
  description: 'Aufgabe einer Mitarbeiterin oder eines Mitarbeiters.',
  valuesMap: {
    SERVICE: { description: 'Kundenservice.' },
    SALES: { description: 'Vertrieb; sieht keine Angaben des Netzbetriebs (§ 6a EnWG).' },
  },
});

@ObjectType('Mandate', {
  implements: () => [NodeType],
  description: 'Befugnis, für einen Kunden zu handeln, solange er bedient wird.',
})
export class MandateType implements NodeType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Anlass in den Worten der Mitarbeiterin oder des Mitarbeiters.' })
  reason: string;

  @Field(() => DateTimeScalar, { description: 'Endet spätestens dann, und nie nach der Anmeldung.' })
  expiresAt: Instant;

  /** Not a field of the graph: whom it is for. */
  customerId: string;
}

@ObjectType('HandoverCode', { description: 'Code, mit dem sich der Kunde am Schalter zu erkennen gibt.' })
export class HandoverCodeType {
  @Field(() => String, { description: 'Acht Zeichen, einmal gültig. Er wird nur dieses eine Mal gezeigt.' })
  code: string;

  @Field(() => DateTimeScalar)
  expiresAt: Instant;
}

export const MandateResult = createUnionType({
  name: 'MandateResult',
  description: 'Die Befugnis oder eine Ablehnung, die für jeden Grund gleich lautet.',
  types: () => [MandateType, RefusalType] as const,
  resolveType: (value: object) => (value instanceof RefusalType ? RefusalType : MandateType),
});

export const HandoverCodeResult = createUnionType({
  name: 'HandoverCodeResult',
  description: 'Der Code oder eine Ablehnung.',
  types: () => [HandoverCodeType, RefusalType] as const,
  resolveType: (value: object) => (value instanceof RefusalType ? RefusalType : HandoverCodeType),
});

/** The mandate as the graph shows it. */
export function toMandate({ id, customerId, reason, expiresAt }: Mandate): MandateType {
  return { id: toGlobalId('Mandate', id), customerId, reason, expiresAt: instantOf(expiresAt) };
}
