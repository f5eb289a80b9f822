import { describe, expect, it } from '@jest/globals';
import { buildSchema, graphql, type GraphQLResolveInfo } from 'graphql';
import { selects } from './selection.js';

const SCHEMA = buildSchema(`
  type Query { pond: Pond }
  type Pond { fish: [Fish!]! depth: Int }
  type Fish { name: String weight: Int friend: Fish }
`);

/** Asks `selects` at the field `pond` of a query. */
async function ask(source: string, path: string[], variableValues = {}): Promise<boolean> {
  let answer: boolean | undefined;
  const pond = (_args: unknown, _context: unknown, info: GraphQLResolveInfo): null => {
    answer = selects(info, ...path);
    return null;
  };
  const { errors } = await graphql({ schema: SCHEMA, source, variableValues, rootValue: { pond } });
  if (errors || answer === undefined) throw new Error(`not asked: ${String(errors)}`);
  return answer;
}

describe('selects', () => {
  it.each([
    ['{ pond { fish { name } } }', ['fish'], true],
    ['{ pond { fish { name } } }', ['fish', 'name'], true],
    ['{ pond { fish { name } } }', ['fish', 'weight'], false],
    ['{ pond { fish { friend { weight } } } }', ['fish', 'weight'], false],
    ['{ pond { a: fish { b: weight } } }', ['fish', 'weight'], true],
    ['{ pond { ...P } } fragment P on Pond { fish { ...F } } fragment F on Fish { weight }', ['fish', 'weight'], true],
    ['{ pond { ... on Pond { depth } } }', ['depth'], true],
    ['{ pond { depth } x: pond { depth } }', ['fish'], false],
    ['{ pond { depth } pond { fish { name } } }', ['fish', 'name'], true],
    ['{ pond { depth fish @skip(if: true) { name } } }', ['fish'], false],
    ['{ pond { depth ... @include(if: false) { fish { name } } } }', ['fish'], false],
  ] as const)('in %s finds %j: %s', async (query, path, expected) => {
    expect(await ask(query, [...path])).toBe(expected);
  });

  it.each([true, false])('heeds a directive with a variable that is %s', async (wanted) => {
    const query = 'query ($w: Boolean!) { pond { depth fish @include(if: $w) { name } } }';
    expect(await ask(query, ['fish', 'name'], { w: wanted })).toBe(wanted);
  });
});
