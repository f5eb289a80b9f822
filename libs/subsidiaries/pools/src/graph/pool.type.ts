import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { NodeType, SourcedType, SourceType } from '#lib/graph';
import type { Pool } from '../model/pool.js';

@ObjectType('Occupancy', {
  implements: () => [SourcedType],
  description: 'Auslastung eines Bades nach Zählung der Drehkreuze.',
})
export class OccupancyType implements SourcedType {
  @Field(() => Int, { description: 'Gäste, die gerade im Bad sind.' })
  persons: number;

  @Field(() => Int, { description: 'Zulässige Zahl der Gäste.' })
  capacity: number;

  @Field(() => SourceType)
  source: SourceType;
}

@ObjectType('Pool', { implements: () => [NodeType], description: 'Bad der Jenaer Bädergesellschaft.' })
export class PoolType implements NodeType {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  name: string;

  /** Not in the schema: the pool itself. */
  pool: Pool;
}
