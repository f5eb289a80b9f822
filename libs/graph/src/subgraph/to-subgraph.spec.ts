import { describe, expect, it } from '@jest/globals';
import { buildSchema, graphql, isObjectType, type GraphQLSchema } from 'graphql';
import { AppError } from '#lib/kernel';
import { toSubgraph, type FindEntity } from './to-subgraph.js';

/** The group's types as they are in every process, a pond of this subsidiary, and a wood of another one. */
const WHOLE = `
  interface Node { id: ID! }
  type Query { me: Customer  viewer: String!  process: Process  ponds: [Pond!]! }
  type Mutation { answerProcess: Process  cancelProcess: Process }
  type Customer implements Node { id: ID!  name: String!  hasSignIn: Boolean!  processes: [Process!]!  pond: Pond }
  type Process implements Node { id: ID!  result: Node }
  type Pond implements Node { id: ID!  depth: Money }
  type Money { amount: String! }
  type Wood implements Node { id: ID!  trees: Int! }
`;

const own: FindEntity<unknown> = ({ id }) =>
  id === 'a' ? Promise.resolve({ id: 'a', name: 'Ada' }) : Promise.reject(new AppError('NOT_FOUND', 'not this one'));

function ask(schema: GraphQLSchema, representations: unknown) {
  const source = `query ($who: [_Any!]!) { _entities(representations: $who) { __typename ... on Customer { id name } } }`;
  return graphql({ schema, source, variableValues: { who: representations } });
}

async function sdlOf(schema: GraphQLSchema): Promise<string> {
  const { data } = await graphql({ schema, source: '{ _service { sdl } }' });
  const { sdl } = data!['_service'] as { sdl: string };
  return sdl;
}

describe('a subgraph', () => {
  it('enters at the customer, once for each representation, in their order', async () => {
    const who = [
      { __typename: 'Customer', id: 'a' },
      { __typename: 'Customer', id: 'a' },
    ];
    const { data, errors } = await ask(toSubgraph(buildSchema(WHOLE), own), who);
    const ada = { __typename: 'Customer', id: 'a', name: 'Ada' };
    expect(errors).toBeUndefined();
    expect(data).toEqual({ _entities: [ada, ada] });
  });

  it('gives null and an error for what the caller does not see, and leaves the others alone', async () => {
    const who = [
      { __typename: 'Customer', id: 'b' },
      { __typename: 'Customer', id: 'a' },
    ];
    const { data, errors } = await ask(toSubgraph(buildSchema(WHOLE), own), who);
    expect(data).toEqual({ _entities: [null, { __typename: 'Customer', id: 'a', name: 'Ada' }] });
    expect(errors?.map(({ path, originalError }) => [path, (originalError as AppError).code])).toEqual([
      [['_entities', 0], 'NOT_FOUND'],
    ]);
  });

  it.each([[['a']], [[7]], [[{}]], [[[{ __typename: 'Customer', id: 'b' }]]]])(
    'enters nowhere with %j',
    async (who) => {
      const { data, errors } = await ask(toSubgraph(buildSchema(WHOLE), own), who);
      expect(data).toEqual({ _entities: [null] });
      expect(errors).toHaveLength(1);
    },
  );

  it('tells its schema without the entries, and what others resolve alike', async () => {
    const sdl = await sdlOf(toSubgraph(buildSchema(WHOLE), own));
    expect(sdl).toContain('@link(url: "https://specs.apollo.dev/federation/v2.9"');
    expect(sdl).toContain('type Customer implements Node @key(fields: "id") {');
    expect(sdl).toMatch(/me: Customer @shareable/);
    expect(sdl).toMatch(/name: String! @shareable/);
    expect(sdl).toMatch(/type Money @shareable/);
    expect(sdl).toMatch(/\n {2}pond: Pond\n/);
    expect(sdl).not.toMatch(/_entities|_service|_Any/);
  });

  it('has neither what is about all subsidiaries nor the types of another one', async () => {
    const schema = toSubgraph(buildSchema(WHOLE), own);
    expect(schema.getMutationType()).toBeUndefined();
    expect(schema.getType('Wood')).toBeUndefined();
    const fieldsOf = (name: string): string[] => {
      const type = schema.getType(name);
      return isObjectType(type) ? Object.keys(type.getFields()) : [];
    };
    expect(fieldsOf('Query')).toEqual(['me', 'viewer', 'ponds', '_service', '_entities']);
    expect(fieldsOf('Customer')).not.toContain('processes');
    expect(fieldsOf('Process')).toEqual([]);
  });

  it('keeps the mutations of its own', async () => {
    const whole = WHOLE.replace('type Mutation {', 'type Mutation { fillPond: Pond');
    const schema = toSubgraph(buildSchema(whole), own);
    expect(Object.keys(schema.getMutationType()?.getFields() ?? {})).toEqual(['fillPond']);
  });
});
