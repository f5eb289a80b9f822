import { describe, expect, it } from '@jest/globals';
import { buildSchema, getIntrospectionQuery, parse, validate } from 'graphql';
import {
  aliasLimit,
  DEEPEST,
  DEEPEST_INTROSPECTION,
  depthLimit,
  directiveLimit,
  MOST_ALIASES,
  MOST_DIRECTIVES,
} from './shape-limits.js';

const SCHEMA = buildSchema('type Query { node: Node } type Node { node: Node name: String }');
const nest = (levels: number): string => `${'{ node '.repeat(levels)}{ name }${' }'.repeat(levels)}`;
const problems = (query: string): string[] =>
  validate(SCHEMA, parse(query), [depthLimit, aliasLimit, directiveLimit]).map(({ message }) => message);

describe('limits on the shape of a query', () => {
  it('let the deepest allowed query through and refuse one level more', () => {
    expect(problems(nest(DEEPEST - 1))).toEqual([]);
    expect(problems(nest(DEEPEST))).toEqual([`The query is nested more than ${DEEPEST} fields deep.`]);
  });

  it('count depth through fragments', () => {
    const fragments = Array.from(
      { length: DEEPEST },
      (_, level) => `fragment F${level} on Node { node { ...F${level + 1} } }`,
    );
    const query = `{ node { ...F0 } } ${fragments.join(' ')} fragment F${DEEPEST} on Node { name }`;
    expect(problems(query)).toHaveLength(1);
  });

  it('let the question of tools about the schema through, but not without end', () => {
    expect(problems(getIntrospectionQuery())).toEqual([]);
    const deep = `{ __schema { types ${'{ fields { type '.repeat(12)}{ name }${' } }'.repeat(12)} } }`;
    expect(problems(deep)).toEqual([`The query is nested more than ${DEEPEST_INTROSPECTION} fields deep.`]);
  });

  it('come to an end on cycles of fragments', () => {
    expect(problems('{ node { ...A } } fragment A on Node { node { ...B } } fragment B on Node { ...A }')).toEqual([]);
  });

  it('refuse more aliases than allowed, once', () => {
    const query = (count: number): string =>
      `{ ${Array.from({ length: count }, (_, index) => `a${index}: node { name }`).join(' ')} }`;
    expect(problems(query(MOST_ALIASES))).toEqual([]);
    expect(problems(query(MOST_ALIASES * 3))).toEqual([`The document has more than ${MOST_ALIASES} aliases.`]);
  });

  it('come to an end on fragments that each spread the next one twice', () => {
    const fragments = Array.from(
      { length: 60 },
      (_, level) => `fragment F${level} on Node { ...F${level + 1} ...F${level + 1} }`,
    );
    expect(problems(`{ node { ...F0 } } ${fragments.join(' ')} fragment F60 on Node { name }`)).toEqual([]);
  });

  it('refuse more directives than allowed, once', () => {
    const query = (count: number): string => `{ node { name ${'@skip(if: false) '.repeat(count)} } }`;
    expect(problems(query(MOST_DIRECTIVES))).toEqual([]);
    expect(problems(query(MOST_DIRECTIVES * 2))).toEqual([`The document has more than ${MOST_DIRECTIVES} directives.`]);
  });
});
