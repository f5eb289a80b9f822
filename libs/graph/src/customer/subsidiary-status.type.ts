import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Purpose } from '#lib/customer';
import { PurposeEnum } from '../rights/purpose.enum.js';
import { NodeType } from '../types/node.type.js';
import { SubsidiaryEnum } from '../types/subsidiary.enum.js';

export enum Access {
  AVAILABLE = 'AVAILABLE',
  NOT_LINKED = 'NOT_LINKED',
  CONSENT_REQUIRED = 'CONSENT_REQUIRED',
  NOT_ALLOWED = 'NOT_ALLOWED',
  TIMED_OUT = 'TIMED_OUT',
  UNAVAILABLE = 'UNAVAILABLE',
  MALFORMED = 'MALFORMED',
}

registerEnumType(Access, {
  name: 'Access',
  description: 'Warum die Angaben einer Gesellschaft da sind oder fehlen.',
  valuesMap: {
    AVAILABLE: { description: 'Verbunden, und nichts spricht dagegen.' },
    NOT_LINKED: { description: 'Der Kunde ist mit dieser Gesellschaft nicht verbunden.' },
    CONSENT_REQUIRED: { description: 'Eine Einwilligung fehlt.' },
    NOT_ALLOWED: { description: 'Der Aufrufer darf diese Angaben nicht sehen.' },
    TIMED_OUT: { description: 'Das System antwortet zu langsam; eine Wiederholung kurz darauf lohnt sich.' },
    UNAVAILABLE: { description: 'Das System ist nicht erreichbar.' },
    MALFORMED: { description: 'Das System hat ganz oder teilweise Unlesbares geliefert.' },
  },
});

@ObjectType('SubsidiaryStatus', {
  implements: () => [NodeType],
  description: 'Warum die Angaben einer Gesellschaft da sind oder fehlen. Nie null, nie in den Fehlern.',
})
export class SubsidiaryStatusType implements NodeType {
  @Field(() => ID)
  id: string;

  @Field(() => SubsidiaryEnum)
  subsidiary: string;

  @Field(() => Access, { description: 'Berücksichtigt alles, was dieselbe Abfrage bei der Gesellschaft liest.' })
  access: Access;

  @Field(() => String, {
    nullable: true,
    description: 'Satz für den Kunden in seiner Sprache; null, wenn alles da ist.',
  })
  message: string | null;

  @Field(() => Int, { nullable: true })
  retryAfterSeconds: number | null;

  @Field(() => PurposeEnum, {
    nullable: true,
    description: 'Zweck, für den die Einwilligung fehlt; null, wenn keine fehlt.',
  })
  consentPurpose: Purpose | null;
}
