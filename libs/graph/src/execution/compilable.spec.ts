import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { isCompilable } from './compilable.js';
import { compile } from './compiled-operations.js';

const SCHEMA = buildSchema(`
  directive @live on QUERY
  input Proof @oneOf { card: ID code: String }
  input Search { proof: Proof text: String }
  interface Fish { name: String friends(first: Int): [Fish!] }
  ${Array.from({ length: 10 }, (_, index) => `type Fish${index} implements Fish { name: String friends(first: Int): [Fish!] }`).join('\n')}
  type Query { fish(named: String, size: Float, big: Boolean): Fish prove(by: Proof!): String search(by: [Search!]): String }
  type Mutation { feed: String }
`);

function ask(text: string, schema: GraphQLSchema = SCHEMA): boolean {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  return isCompilable(schema, document, document.definitions[0] as OperationDefinitionNode);
}

describe('an operation is compiled', () => {
  it.each([
    '{ fish { name } }',
    'query Pond($named: String, $first: Int = 3) { a1: fish(named: $named) { __typename name friends(first: $first) { name } } }',
    '{ fish(size: 1.5e3, big: true) { ...F } } fragment F on Fish { name ... on Fish1 { other: name } }',
    'query ($text: String) { fish(named: $text) { name } }',
  ])('where nothing speaks against it: %s', (text) => {
    expect(ask(text)).toBe(true);
  });

  it.each([
    ['a text stands in it', '{ fish(named: "Nemo") { name } }'],
    ['a block of text stands in it', '{ fish(named: """Nemo""") { name } }'],
    ['a variable has a text as default', 'query ($named: String = "Nemo") { fish(named: $named) { name } }'],
    ['something is left out on a condition', 'query ($no: Boolean!) { fish { name @skip(if: $no) } }'],
    ['it has a directive of its own', 'query @live { fish { name } }'],
    ['an alias has an underscore', '{ a_b: fish { name } }'],
    ['an alias is __proto__', '{ __proto__: fish { name } }'],
    ['a variable is __proto__', 'query ($__proto__: String) { fish(named: $__proto__) { name } }'],
    ['it changes something', 'mutation { feed }'],
    ['there are two operations', 'query A { fish { name } } query B { fish { name } }'],
    ['it asks about the schema', '{ __schema { queryType { name } } }'],
    ['a variable is an input of which exactly one field is given', 'query ($by: Proof!) { prove(by: $by) }'],
    ['an argument is such an input', 'query ($card: ID!) { prove(by: { card: $card }) }'],
    ['a variable holds such an input', 'query ($by: [Search!]) { search(by: $by) }'],
    ['its program would be huge', `{ fish { ${'friends { '.repeat(4)} name ${'} '.repeat(4)} } }`],
  ])('not where %s', (_, text) => {
    expect(ask(text)).toBe(false);
  });
});

describe('the queries of a portal', () => {
  it('are compiled', () => {
    const root = join(import.meta.dirname, '../../../..');
    const graph = buildSchema(readFileSync(join(root, 'schema.graphql'), 'utf8'));
    expect(ask(readFileSync(join(root, 'test/queries/dashboard.graphql'), 'utf8'), graph)).toBe(true);
  });
});

describe('the compiler', () => {
  beforeAll(() => {
    SCHEMA.getQueryType()!.getFields()['fish']!.resolve = () => null;
  });

  it('is never given a text that it would run as code', () => {
    const code = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d(globalThis.owned=1,0)';
    const owned = (): unknown => (globalThis as { owned?: number }).owned;
    for (const text of [
      `{ fish(named: ${JSON.stringify(code)}) { name } }`,
      `query ($named: String = ${JSON.stringify(code)}) { fish(named: $named) { name } }`,
      `{ fish(named: """${code}""") { name } }`,
    ]) {
      const document = parse(text);
      const operation = document.definitions[0] as OperationDefinitionNode;
      expect(compile({ schema: SCHEMA, document, operation })).toBeNull();
      expect(owned()).toBeUndefined();
    }
  });
});
