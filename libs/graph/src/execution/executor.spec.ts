import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assertObjectType, buildSchema, GraphQLError } from 'graphql';
import { AppError } from '#lib/kernel';
import { compile } from './compiled-operations.js';
import { Executor, interpret, run, type Execution } from './executor.js';
import { tellTypesSafely } from './safe-types.js';
import { executionOf, shown } from './testing/compare.js';

/** A world in which everything can go wrong anywhere, the same way each time it is asked. */
const POND = buildSchema(`
  interface Being { name: String weight: Float! }
  type Fish implements Being { name: String weight: Float! friends(first: Int): [Being!] maybe: [Being] one: Fish! kind: Kind tags: [String!]! }
  type Frog implements Being { name: String weight: Float! leaps: [[Int]] pond: Pond }
  type Pond { beings: [Being]! any: Any deepest: Fish name: String }
  union Any = Fish | Frog | Pond
  enum Kind { CARP PIKE }
  type Query { pond(depth: Int): Pond any: [Any!] name: String! }
`);

/** What the field at that place gives, drawn from its number: values, nulls, errors, now or later. */
function drawn(seed: number, place: string, right: unknown): unknown {
  let hash = seed;
  for (const character of place) hash = (hash * 31 + character.charCodeAt(0)) % 2_147_483_647;
  switch (hash % 12) {
    case 0:
      return null;
    case 1:
      throw new AppError('UPSTREAM_TIMEOUT', place);
    case 2:
      return Promise.reject(new GraphQLError(`refused at ${place}`, { extensions: { code: 'X' } }));
    case 3:
      return new Error(`given at ${place}`);
    case 4:
    case 5:
      return Promise.resolve(right);
    case 6:
      return new Promise((resolve) => setImmediate(() => resolve(right)));
    default:
      return right;
  }
}

function fitting(type: string, place: string): unknown {
  const inner = type.replace(/!$/, '');
  if (inner.startsWith('[')) return [0, 1].map((index) => fitting(inner.slice(1, -1), `${place}.${index}`));
  const named: Readonly<Record<string, unknown>> = { String: place, Float: 1.5, Int: place.length, Kind: 'PIKE' };
  if (inner in named) return named[inner];
  const choices: Readonly<Record<string, readonly string[]>> = {
    Being: ['Fish', 'Frog'],
    Any: ['Fish', 'Frog', 'Pond'],
  };
  const types = choices[inner] ?? [inner];
  return { __typename: types[place.length % types.length], place };
}

for (const name of ['Query', 'Fish', 'Frog', 'Pond']) {
  for (const field of Object.values(assertObjectType(POND.getType(name)).getFields())) {
    field.resolve = (parent: { place?: string } | undefined, args, context: { seed: number }, info) => {
      const place = `${parent?.place ?? ''}/${info.path.key}${JSON.stringify(args)}`;
      return drawn(context.seed, place, fitting(String(field.type), place));
    };
  }
}

const FISH =
  'name kind tags weight friends(first: 2) { name } maybe { __typename ... on Frog { leaps } } one { weight }';
const DOCUMENTS = [
  '{ pond { name deepest { name other: weight } } name }',
  `query ($depth: Int = 3) { pond(depth: $depth) { beings { __typename name ... on Fish { ${FISH} } ... on Frog { leaps pond { name } } } } }`,
  `{ any { ... on Fish { ...F } ... on Frog { weight } ... on Pond { any { __typename ... on Fish { tags } } } } } fragment F on Fish { ${FISH} friends(first: 2) { weight } }`,
  '{ first: pond { deepest { one { one { name } } } } second: pond { deepest { one { one { name } } } } }',
];

describe('a query', () => {
  it.each(DOCUMENTS)('is answered alike, with the same errors, compiled and interpreted: %s', async (text) => {
    const { schema, document, operation } = executionOf(POND, text);
    const program = compile({ schema, document, operation });
    if (program === null) throw new Error('not compiled');
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const execution: Execution = { ...executionOf(POND, text), context: { seed } };
        expect(shown(await run(program, execution))).toEqual(shown(await interpret(execution)));
      }),
      { numRuns: 80 },
    );
  });

  it('is answered alike the first time and ever after', async () => {
    const executor = new Executor();
    const execution = executionOf(POND, DOCUMENTS[1]!, { depth: 2 });
    const answers: unknown[] = [];
    for (let time = 0; time < 5; time += 1) {
      answers.push(shown(await executor.execute({ ...execution, context: { seed: 7 } })));
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('ends with an error where not even the type of a value can be told', async () => {
    const world = buildSchema('union Any = One | Two type One { a: Int } type Two { a: Int } type Query { any: Any }');
    Object.assign(world.getType('Any')!, {
      resolveType: (): string => {
        throw new Error('unknown');
      },
    });
    world.getQueryType()!.getFields()['any']!.resolve = () => Promise.resolve({});
    const execution = executionOf(tellTypesSafely(world), '{ any { ... on One { a } } }');
    const { data, errors } = await run(compile(execution)!, execution);
    expect([data, errors?.length]).toEqual([{ any: null }, 1]);
  });

  it('whose variables are wrong is refused in the same words, compiled or not', async () => {
    const executor = new Executor();
    const refused: unknown[] = [];
    for (const depth of [1, 1, 1, 1, 'deep']) {
      const execution = executionOf(POND, DOCUMENTS[1]!, { depth });
      const { errors } = await executor.execute({ ...execution, context: { seed: 7 } });
      refused.push(errors?.find(({ message }) => message.includes('$depth'))?.message);
    }
    const words = 'Variable "$depth" got invalid value "deep"; Int cannot represent non-integer value: "deep"';
    expect(refused).toEqual([undefined, undefined, undefined, undefined, words]);
  });
});
