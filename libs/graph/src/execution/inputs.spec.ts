import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc, { type Arbitrary } from 'fast-check';
import {
  buildSchema,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  isEnumType,
  isInputObjectType,
  isInputType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type GraphQLInputType,
} from 'graphql';
import { DecimalScalar } from '../scalars/decimal.scalar.js';
import { DateScalar, DateTimeScalar } from '../scalars/time.scalars.js';
import { compile } from './compiled-operations.js';
import { hasValidVariables, interpret, run } from './executor.js';
import { executionOf, shown } from './testing/compare.js';

/** What the graph's schema takes as input, each type at a field of its own that tells what has arrived. */
function echoing(): { schema: GraphQLSchema; inputs: ReadonlyMap<string, GraphQLInputType> } {
  const whole = buildSchema(readFileSync(join(import.meta.dirname, '../../../../schema.graphql'), 'utf8'));
  for (const scalar of [DecimalScalar, DateScalar, DateTimeScalar]) {
    const { parseValue, parseLiteral } = scalar;
    Object.assign(whole.getType(scalar.name)!, { parseValue, parseLiteral });
  }
  const types = Object.values(whole.getTypeMap()).filter((type) => !type.name.startsWith('__'));
  const used = types.flatMap((type) =>
    isObjectType(type) || isInterfaceType(type)
      ? Object.values(type.getFields()).flatMap(({ args }) => args.map((argument) => argument.type))
      : [],
  );
  const all: GraphQLInputType[] = [...types.flatMap((type) => (isInputType(type) ? [type] : [])), ...used];
  const inputs = new Map(
    [...new Map(all.map((type) => [String(type), type])).values()].map((type, n) => [`f${n}`, type]),
  );
  const fields = Object.fromEntries(
    [...inputs].map(([name, type]) => [
      name,
      {
        type: GraphQLString,
        args: { value: { type } },
        resolve: (_: unknown, args: object) => JSON.stringify(args),
      },
    ]),
  );
  return { schema: new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields }) }), inputs };
}

const JUNK = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    '',
    '0',
    '-0',
    '49.00',
    '2026-11-22',
    '2026-02-30',
    '2026-11-22T18:00:00+01:00',
    2 ** 31,
    -1,
    1.5,
    -0,
  ),
);

/** Values of the type, and ones that are almost. */
function valuesOf(type: GraphQLInputType, depth = 0): Arbitrary<unknown> {
  const mostly = (fitting: Arbitrary<unknown>): Arbitrary<unknown> =>
    fc.oneof(
      { weight: 12, arbitrary: fitting },
      { weight: 1, arbitrary: JUNK },
      { weight: 1, arbitrary: fc.constant(null) },
    );
  if (isNonNullType(type)) return valuesOf(type.ofType as GraphQLInputType, depth);
  if (isListType(type)) {
    const element = valuesOf(type.ofType as GraphQLInputType, depth + 1);
    return mostly(fc.oneof(fc.array(element, { maxLength: 3 }), element));
  }
  if (isEnumType(type)) return mostly(fc.constantFrom(...type.getValues().map(({ name }) => name)));
  if (isInputObjectType(type)) {
    if (depth > 4) return fc.constant({});
    const fields = Object.values(type.getFields()).map(
      (field) => [field.name, valuesOf(field.type, depth + 1)] as const,
    );
    const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return mostly(
      fc.oneof(
        {
          weight: 9,
          arbitrary: fc.record(Object.fromEntries(fields), { requiredKeys: required.map(({ name }) => name) }),
        },
        { weight: 1, arbitrary: fc.record({ ...Object.fromEntries(fields), unknown: JUNK }, { requiredKeys: [] }) },
      ),
    );
  }
  if (!isScalarType(type)) throw new Error(`no input: ${String(type)}`);
  switch (type.name) {
    case 'Int':
      return mostly(fc.integer({ min: -3, max: 200 }));
    case 'Float':
      return mostly(fc.double());
    case 'Boolean':
      return mostly(fc.boolean());
    case 'Decimal':
      return mostly(fc.integer({ min: -99, max: 9_999 }).map((cents) => (cents / 100).toFixed(2)));
    case 'Date':
      return mostly(fc.constantFrom('2026-11-22', '2028-02-29'));
    case 'DateTime':
      return mostly(fc.constantFrom('2026-11-22T18:00:00+01:00', '2026-10-25T01:30:00Z'));
    default:
      return mostly(fc.oneof(fc.string(), fc.integer()));
  }
}

describe('compiled and interpreted', () => {
  const { schema, inputs } = echoing();

  it.each([...inputs].map(([name, type]) => [String(type), name, type] as const))(
    'refuse and take the same for an input %s',
    async (text, name, type) => {
      const query = `query ($value: ${text}) { ${name}(value: $value) }`;
      const program = compile(executionOf(schema, query));
      if (program === null) {
        expect(isInterpretedFor(type)).toBe(true);
        return;
      }
      await fc.assert(
        fc.asyncProperty(fc.oneof(valuesOf(type), fc.constant(undefined)), async (value) => {
          const variables = value === undefined ? {} : { value };
          const execution = executionOf(schema, query, variables);
          const interpreted = await interpret(execution);
          // Whatever graphql-js takes, so does the program, and gives resolvers the same.
          if (!hasValidVariables(execution)) return interpreted.errors !== undefined;
          expect(shown(await run(program, execution))).toEqual(shown(interpreted));
          return true;
        }),
        { numRuns: 60 },
      );
    },
  );

  function isInterpretedFor(type: GraphQLInputType): boolean {
    if (isNonNullType(type) || isListType(type)) return isInterpretedFor(type.ofType as GraphQLInputType);
    return (
      isInputObjectType(type) &&
      (type.isOneOf || Object.values(type.getFields()).some((field) => isInterpretedFor(field.type)))
    );
  }

  it('meet an input with @oneOf that the compiler would not enforce', () => {
    expect([...inputs.values()].some(isInterpretedFor)).toBe(true);
  });
});
