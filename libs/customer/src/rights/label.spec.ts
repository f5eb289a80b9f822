import { describe, expect, it } from '@jest/globals';
import type { CalendarDate, Money } from '#lib/kernel';
import type { Label, Labels } from './label.js';
import { listLabels } from './prune.js';

const L: Label = { category: 'CONTRACT', purposes: [], grid: false };

interface Boat {
  readonly name: string;
  readonly built: CalendarDate | null;
  readonly price: Money;
  readonly owner?: { readonly city: string };
  readonly berths: readonly { readonly number: string }[];
  readonly engine:
    { readonly kind: 'oars'; readonly pairs: number } | { readonly kind: 'motor'; readonly power: number };
}

const boatLabels = {
  name: L,
  built: L,
  price: L,
  owner: { city: L },
  berths: { number: L },
  engine: { kind: L, pairs: L, power: L },
} satisfies Labels<Boat>;

const { name: _name, ...withoutName } = boatLabels;

/** The compiler proves these when the types are checked: each line would be an error of its own if it compiled. */
const refused: Record<string, unknown> = {
  // @ts-expect-error a property without a label
  property: withoutName satisfies Labels<Boat>,
  // @ts-expect-error a property of a nested object without a label, though it is optional
  nested: { ...boatLabels, owner: {} } satisfies Labels<Boat>,
  // @ts-expect-error one label for a whole object
  whole: { ...boatLabels, owner: L } satisfies Labels<Boat>,
  // @ts-expect-error a property of the elements of a list without a label
  element: { ...boatLabels, berths: {} } satisfies Labels<Boat>,
  // @ts-expect-error a property of one member of a union without a label
  member: { ...boatLabels, engine: { kind: L, pairs: L } } satisfies Labels<Boat>,
  // @ts-expect-error a label without its property
  surplus: { ...boatLabels, colour: L } satisfies Labels<Boat>,
  // @ts-expect-error a purpose that no label can have
  purpose: { ...L, purposes: ['JOINT_PORTAL'] } satisfies Label,
  // @ts-expect-error models that do not spell out their properties
  unknown: {} satisfies Labels<unknown>,
  // @ts-expect-error as above
  object: {} satisfies Labels<{ readonly boat: object }>['boat'],
  // @ts-expect-error as above
  index: {} satisfies Labels<Record<string, string>>,
};

describe('labels', () => {
  it('name every leaf of a model with its path', () => {
    const paths = listLabels(boatLabels).map(([path]) => path);
    expect(paths).toEqual(
      ['name', 'built', 'price', 'owner.city', 'berths.number'].concat(['engine.kind', 'engine.pairs', 'engine.power']),
    );
  });

  it('of a list are the labels of its elements', () => {
    const labels: Labels<readonly Boat[] | null> = boatLabels;
    expect(labels).toBe(boatLabels);
  });

  it('of a plain value are one label', () => {
    const labels: Labels<readonly CalendarDate[]> = L;
    expect(listLabels(labels)).toEqual([['', L]]);
  });

  it('that are missing or wrong do not compile', () => {
    expect(Object.keys(refused)).toHaveLength(10);
  });
});
