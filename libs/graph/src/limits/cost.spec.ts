import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema, Kind, parse, type OperationDefinitionNode } from 'graphql';
import { costOf, type Variables } from './cost.js';

const SCHEMA = buildSchema(`
  type Query { house: House houses(first: Int = 20): Houses pets: [Pet!]! }
  type Houses { nodes: [House!]! total: Int }
  type House { name: String owner: Owner rooms: [Room!]! }
  type Room { name: String }
  interface Owner { name: String house: House }
  type Person implements Owner { name: String house: House }
  union Pet = Cat | Dog
  type Cat { name: String house: House }
  type Dog { name: String }`);

function cost(query: string, variables: Variables = {}): number {
  const document = parse(query);
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  return costOf(SCHEMA, document, operation!, variables);
}

describe('the cost of a query', () => {
  it('is one for each object, and nothing for plain fields', () => {
    expect([
      cost('{ __typename }'),
      cost('{ house { name } }'),
      cost('{ house { owner { house { name } } } }'),
    ]).toEqual([0, 1, 3]);
  });

  it('counts a list as often as it is asked for', () => {
    expect(cost('{ houses(first: 7) { nodes { name } } }')).toBe(1 + 7);
    expect(cost('{ houses { nodes { name rooms { name } } } }')).toBe(1 + 20 * (1 + 5));
    expect(cost('query ($n: Int) { houses(first: $n) { nodes { name } } }', { n: 3 })).toBe(1 + 3);
  });

  it('follows fragments, unions and interfaces', () => {
    expect(cost('{ house { ...H } } fragment H on House { owner { ... on Person { house { name } } } }')).toBe(3);
    expect(cost('{ pets { ... on Cat { house { name } } ... on Dog { name } } }')).toBe(5 * (1 + 1));
  });

  it('counts a list in a fragment as often as the one that spreads it asks', () => {
    const spread = '{ houses(first: 30) { ...H } } fragment H on Houses { nodes { name } }';
    expect(cost(spread)).toBe(cost('{ houses(first: 30) { nodes { name } } }'));
    const twice = `{ a: houses(first: 30) { ...H } b: houses(first: 2) { ...H } } fragment H on Houses { nodes { name } }`;
    expect(cost(twice)).toBe(1 + 30 + 1 + 2);
  });

  it('takes null and a variable that was not sent for the default', () => {
    const byDefault = cost('{ houses { nodes { name } } }');
    expect(cost('{ houses(first: null) { nodes { name } } }')).toBe(byDefault);
    expect(cost('query ($n: Int) { houses(first: $n) { nodes { name } } }')).toBe(byDefault);
  });

  it('comes to an end on cycles and on fragments that each spread the next one twice', () => {
    expect(cost('{ house { ...A } } fragment A on House { owner { house { ...A } } }')).toBe(3);
    const fragments = Array.from(
      { length: 40 },
      (_, level) => `fragment F${level} on House { ...F${level + 1} ...F${level + 1} }`,
    );
    expect(cost(`{ house { ...F0 } } ${fragments.join(' ')} fragment F40 on House { owner { name } }`)).toBe(
      1 + 2 ** 40,
    );
  });

  it('is never less when more is asked', () => {
    const sizes = fc.integer({ min: 1, max: 100 });
    fc.assert(
      fc.property(sizes, sizes, (one, other) => {
        const of = (first: number): number => cost(`{ houses(first: ${first}) { nodes { rooms { name } } } }`);
        return one <= other ? of(one) <= of(other) : of(one) >= of(other);
      }),
    );
  });
});
