import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  Args,
  Field,
  GraphQLSchemaBuilderModule,
  GraphQLSchemaFactory,
  InterfaceType,
  ObjectType,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Test } from '@nestjs/testing';
import {
  assertObjectType,
  isObjectType,
  parse,
  validate,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { asksOnlyReusable, Reusable } from './reusable.decorator.js';

@InterfaceType('Named')
abstract class NamedType {
  @Field(() => String)
  name: string;
}

@ObjectType('Wood', { implements: () => [NamedType] })
class WoodType implements NamedType {
  name: string;

  @Reusable()
  @Field(() => String)
  marked: string;
}

@ObjectType('Lake', { implements: () => [NamedType] })
class LakeType implements NamedType {
  name: string;
}

@Resolver(() => WoodType)
class WoodResolver {
  @Reusable()
  @Query(() => WoodType)
  wood(@Args('size', { type: () => String, nullable: true }) _size: string | null): object {
    return {};
  }

  @Query(() => LakeType)
  lake(): object {
    return {};
  }

  @Reusable()
  @Query(() => NamedType)
  any(): object {
    return {};
  }

  @Reusable()
  @ResolveField(() => LakeType)
  pond(): object {
    return {};
  }

  @ResolveField(() => String)
  secret(): string {
    return '';
  }

  @ResolveField()
  marked(): string {
    return '';
  }
}

/** As Nest builds it: fields of the code's resolvers have a function, the others none once they are plain. */
async function build(): Promise<GraphQLSchema> {
  const module = await Test.createTestingModule({ imports: [GraphQLSchemaBuilderModule] }).compile();
  const schema = await module.get(GraphQLSchemaFactory).create([WoodResolver]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type)) for (const field of Object.values(type.getFields())) delete field.resolve;
  }
  const resolved: Record<string, string[]> = { Query: ['wood', 'lake', 'any'], Wood: ['pond', 'secret', 'marked'] };
  for (const [type, fields] of Object.entries(resolved)) {
    for (const field of fields) assertObjectType(schema.getType(type)).getFields()[field]!.resolve = () => null;
  }
  return schema;
}

describe('a query', () => {
  let schema: GraphQLSchema;

  beforeAll(async () => {
    schema = await build();
  });

  it.each([
    ['{ wood { name pond { name __typename } marked } }', true],
    ['{ wood { ...W } } fragment W on Wood { name pond { name } }', true],
    ['{ any { name } }', true],
    ['{ wood { secret } }', false],
    ['{ wood { other: secret } }', false],
    ['{ wood { ...W } } fragment W on Wood { secret }', false],
    ['{ any { ... on Wood { secret } } }', false],
    ['{ lake { name } }', false],
    ['{ wood { name } lake { name } }', false],
    ['{ wood { name } __schema { queryType { name } } }', false],
  ])('of fields that may be given again, and no other, may be: %s (%s)', (text, expected) => {
    const document = parse(text);
    expect(validate(schema, document)).toEqual([]);
    expect(asksOnlyReusable(schema, document, document.definitions[0] as OperationDefinitionNode)).toBe(expected);
  });
});
