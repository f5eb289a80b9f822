import { Field, InterfaceType, ObjectType } from '@nestjs/graphql';
import type { Instant } from '#lib/kernel';
import { DateTimeScalar } from '../scalars/time.scalars.js';
import { SubsidiaryEnum } from './subsidiary.enum.js';

@ObjectType('Source', { description: 'Herkunft: aus welchem System die Angabe stammt und wie alt sie ist.' })
export class SourceType {
  @Field(() => SubsidiaryEnum)
  subsidiary: string;

  @Field(() => String, { description: 'Name des Altsystems.' })
  system: string;

  @Field(() => DateTimeScalar, { description: 'Stand der Angabe.' })
  asOf: Instant;

  @Field(() => Boolean, {
    description: 'Veraltet: das System war nicht erreichbar, dies ist der letzte bekannte Stand.',
  })
  stale: boolean;
}

@InterfaceType('Sourced', { description: 'Angaben aus genau einem Lesevorgang in einem Altsystem.' })
export abstract class SourcedType {
  @Field(() => SourceType)
  source: SourceType;
}
