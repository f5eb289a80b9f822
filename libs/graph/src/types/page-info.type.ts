import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType('PageInfo', { description: 'Stand des Blätterns.' })
export class PageInfoType {
  @Field(() => Boolean)
  hasNextPage: boolean;

  @Field(() => String, { nullable: true, description: 'Als "after" übergeben, um weiterzublättern.' })
  endCursor: string | null;
}
