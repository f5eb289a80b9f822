import { Field, ID, InterfaceType } from '@nestjs/graphql';

@InterfaceType('Node', {
  description: 'Etwas mit einer Kennung, die für alle Aufrufer und Kanäle gleich ist.',
  resolveType: (value: { __typename?: string }) => value.__typename,
})
export abstract class NodeType {
  @Field(() => ID)
  id: string;
}
