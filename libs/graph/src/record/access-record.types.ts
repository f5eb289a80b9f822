import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Instant } from '#lib/kernel';
import { DateTimeScalar } from '../scalars/time.scalars.js';
import { NodeType } from '../types/node.type.js';
import { PageInfoType } from '../types/page-info.type.js';
import { SubsidiaryEnum } from '../types/subsidiary.enum.js';

export enum AccessActor {
  AGENT = 'AGENT',
  SUBSIDIARY = 'SUBSIDIARY',
  PARTNER = 'PARTNER',
}

registerEnumType(AccessActor, {
  name: 'AccessActor',
  description: 'Wer auf Angaben des Kunden zugegriffen hat.',
  valuesMap: {
    AGENT: { description: 'Eine Mitarbeiterin oder ein Mitarbeiter am Schalter.' },
    SUBSIDIARY: { description: 'Das System einer Gesellschaft.' },
    PARTNER: { description: 'Ein Partner.' },
  },
});

@ObjectType('AccessRecordEntry', {
  implements: () => [NodeType],
  description: 'Ein Zugriff auf Angaben des Kunden durch jemand anderen als ihn selbst.',
})
export class AccessRecordEntryType implements NodeType {
  @Field(() => ID)
  id: string;

  @Field(() => DateTimeScalar)
  at: Instant;

  @Field(() => AccessActor)
  actor: AccessActor;

  @Field(() => SubsidiaryEnum, { description: 'Gesellschaft, deren Angaben gelesen wurden.' })
  subsidiary: string;

  @Field(() => String, { description: 'Welche Angaben, z. B. energy.contracts.' })
  operation: string;

  @Field(() => String, { description: 'Grund des Zugriffs.' })
  reason: string;
}

@ObjectType('AccessRecordConnection', { description: 'Zugriffe der letzten zwei Jahre, die neuesten zuerst.' })
export class AccessRecordConnectionType {
  @Field(() => [AccessRecordEntryType])
  nodes: AccessRecordEntryType[];

  @Field(() => PageInfoType)
  pageInfo: PageInfoType;
}
