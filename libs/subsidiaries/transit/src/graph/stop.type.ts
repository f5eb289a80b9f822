import { Field, Float, ID, ObjectType } from '@nestjs/graphql';
import { toGlobalId } from '#lib/kernel';
import { NodeType } from '#lib/graph';
import type { Stop } from '../model/stop.js';

@ObjectType('Stop', { implements: () => [NodeType], description: 'Haltestelle.' })
export class StopType implements NodeType {
  @Field(() => ID)
  id: string;

  @Field(() => String, {
    nullable: true,
    description: 'Deutschlandweite Haltestellen-ID (DHID), z. B. de:16053:153166.',
  })
  dhid: string | null;

  @Field(() => String, { description: 'Name der Haltestelle.' })
  name: string;

  @Field(() => Float, { nullable: true, description: 'Geografische Breite in Grad (WGS 84).' })
  latitude: number | null;

  @Field(() => Float, { nullable: true, description: 'Geografische Länge in Grad (WGS 84).' })
  longitude: number | null;
}

export function toStopType({ number, ...stop }: Stop): StopType {
  return { ...stop, id: toGlobalId('Stop', number) };
}
