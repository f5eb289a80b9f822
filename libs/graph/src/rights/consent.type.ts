import { Field, ID, ObjectType } from '@nestjs/graphql';
import { NodeType } from '../types/node.type.js';
import { SubsidiaryEnum } from '../types/subsidiary.enum.js';
import { PurposeEnum } from './purpose.enum.js';

@ObjectType('Consent', {
  implements: () => [NodeType],
  description: 'Einwilligung: was für einen Zweck erlaubt ist oder erlaubt werden kann.',
})
export class ConsentType implements NodeType {
  @Field(() => ID)
  id: string;

  @Field(() => PurposeEnum)
  purpose: string;

  @Field(() => [SubsidiaryEnum], {
    description: 'Erteilt: diese Gesellschaften untereinander. Nicht erteilt: die noch nicht beteiligten.',
  })
  subsidiaries: readonly string[];

  @Field(() => Boolean)
  given: boolean;

  @Field(() => String, {
    description: 'Wortlaut in der Sprache des Aufrufers: der, dem zugestimmt wurde, sonst der derzeitige.',
  })
  text: string;

  @Field(() => String, { description: 'Fassung des Wortlauts; wird beim Einwilligen genannt.' })
  textVersion: string;
}
