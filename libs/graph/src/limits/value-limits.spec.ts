import { describe, expect, it } from '@jest/globals';
import { buildSchema, Kind, parse, type OperationDefinitionNode } from 'graphql';
import { problemOfLists } from './list-sizes.js';
import { DEEPEST_VALUE, problemOfVariables } from './value-limits.js';

const SCHEMA = buildSchema(`
  type Query { house: House houses(first: Int = 20, named: [String!]): [House!] pets(first: Int! = 20): [Pet!] }
  interface Pet { house: House }
  type Cat implements Pet { house: House toys(first: Int): [String!] }
  type House { name: String rooms(first: Int): [House!] }`);

/** Where the wrong size stands, or what is said of lists that are too long. */
function problem(query: string, variables: Record<string, unknown> = {}): unknown {
  const document = parse(query);
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  const found = problemOfLists(SCHEMA, document, operation!, variables);
  const [place] = found?.nodes ?? [];
  return found && [found.message, (place as { name?: { value: string } } | undefined)?.name?.value];
}
const wrong = (field: string) => ['must be 1 to 100', field];
const long = (count: number): string => `[${'"a" '.repeat(count)}]`;

describe('the sizes of lists in a document', () => {
  it('are 1 to 100', () => {
    expect([1, 100].map((size) => problem(`{ houses(first: ${size}) { name } }`))).toEqual([null, null]);
    for (const size of [0, -1, 101]) expect(problem(`{ houses(first: ${size}) { name } }`)).toEqual(wrong('houses'));
  });

  it('are found below fields, interfaces and fragments, a cycle included', () => {
    expect(problem('{ house { rooms(first: 101) { name } } }')).toEqual(wrong('rooms'));
    expect(problem('{ pets { ... on Cat { toys(first: 101) } } }')).toEqual(wrong('toys'));
    expect(problem('{ pets { house { ...H } } } fragment H on House { ...H rooms(first: 0) { name } }')).toEqual(
      wrong('rooms'),
    );
    expect(problem('{ house { ...H } } fragment H on House { rooms(first: 5) { ...H } }')).toBeNull();
  });

  it('may come as variables; what is not sent is the default, and null where it may be', () => {
    const query = 'query ($n: Int) { houses(first: $n) { name } pets(first: $n) { house { name } } }';
    expect([problem(query), problem(query, { n: 5 })]).toEqual([null, null]);
    expect(problem(query, { n: 101 })).toEqual(wrong('houses'));
    expect(problem(query, { n: null })).toEqual(wrong('pets'));
  });

  it('written out are at most 100 elements, in defaults of variables too', () => {
    const reason = 'A list may have 100 elements.';
    expect(problem(`{ houses(named: ${long(100)}) { name } }`)).toBeNull();
    expect(problem(`{ houses(named: ${long(101)}) { name } }`)).toEqual([reason, 'houses']);
    expect(problem(`{ house { ...H } } fragment H on House { rooms(first: {a: [${long(101)}]}) { name } }`)).toEqual([
      reason,
      'rooms',
    ]);
    expect(problem(`query ($l: [String!] = ${long(101)}) { houses(named: $l) { name } }`)).toEqual([reason, undefined]);
  });
});

describe('variables', () => {
  const nested = (levels: number): unknown => {
    let value: unknown = 1;
    for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { value };
    return value;
  };

  it('are nested so deep and no deeper, without an end of the stack', () => {
    expect(problemOfVariables({ a: nested(DEEPEST_VALUE) })).toBeNull();
    expect(problemOfVariables({ a: nested(DEEPEST_VALUE + 1) })).toContain('32 levels');
    expect(problemOfVariables({ a: nested(100_000) })).toContain('32 levels');
  });

  it('hold no list over 100 anywhere', () => {
    const list = (count: number): number[] => Array.from({ length: count }, () => 1);
    expect(problemOfVariables({ a: list(100), b: { c: [list(100)] } })).toBeNull();
    expect(problemOfVariables({ a: { b: [list(101)] } })).toContain('100 elements');
  });
});
