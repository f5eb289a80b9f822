import { describe, expect, it } from '@jest/globals';
import {
  Field,
  GraphQLSchemaBuilderModule,
  GraphQLSchemaFactory,
  Int,
  ObjectType,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Test } from '@nestjs/testing';
import { assertObjectType, type GraphQLSchema } from 'graphql';
import { readPlainFields } from './plain-fields.js';

@ObjectType('Carp')
class CarpType {
  @Field(() => String)
  name: string;

  @Field(() => Int, { name: 'grams' })
  weight: number;

  @Field(() => Int, { defaultValue: 3 })
  age: number;

  @Field(() => String, { middleware: [() => 'swum'] })
  way: string;
}

@Resolver(() => CarpType)
class CarpResolver {
  @Query(() => CarpType)
  carp(): object {
    return {};
  }

  @ResolveField(() => String)
  colour(): string {
    return 'gold';
  }
}

async function build(): Promise<GraphQLSchema> {
  const module = await Test.createTestingModule({ imports: [GraphQLSchemaBuilderModule] }).compile();
  return module.get(GraphQLSchemaFactory).create([CarpResolver]);
}

describe('a field that Nest has made', () => {
  it('is read by the execution itself if it is nothing but a property of its name', async () => {
    const schema = readPlainFields(await build());
    const { name, grams, age, way } = assertObjectType(schema.getType('Carp')).getFields();
    expect(name!.resolve).toBeUndefined();
    for (const field of [grams, age, way]) expect(field!.resolve).toBeInstanceOf(Function);
  });
});
