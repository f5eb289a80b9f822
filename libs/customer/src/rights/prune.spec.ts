import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Label, LabelTree } from './label.js';
import { listLabels, prune } from './prune.js';

type Tree = Readonly<Record<string, LabelTree>>;

/** A label for each leaf; those of the grid stand for what is hidden here. */
const label = fc.record<Label>({
  category: fc.constantFrom('CONTRACT', 'BILLING'),
  purposes: fc.constant([]),
  grid: fc.boolean(),
});
const names = fc.constantFrom('a', 'b', 'c', 'category', 'constructor', '__proto__');
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc
    .uniqueArray(fc.tuple(names, fc.oneof({ maxDepth: 3 }, label, tie('tree'))), {
      minLength: 1,
      maxLength: 4,
      selector: ([name]) => name,
    })
    .map((entries) => Object.fromEntries(entries) as Tree),
}));

/** A value that fits the labels: objects, lists of them or null in their place, texts as leaves. */
function valueOf(labels: LabelTree): fc.Arbitrary<unknown> {
  if (isLeaf(labels)) return fc.oneof(fc.string(), fc.constant({ amount: '1.00', currency: 'EUR' }));
  const entries = Object.entries(labels).map(([name, inner]) => valueOf(inner).map((value) => [name, value] as const));
  const one = fc.tuple(...entries).map((pairs) => Object.fromEntries(pairs) as unknown);
  return fc.oneof(one, fc.array(one, { maxLength: 3 }), fc.constant(null));
}

const mayShow = ({ grid }: Label): boolean => !grid;
const isLeaf = (labels: LabelTree): labels is Label => typeof (labels as Label).category === 'string';
const some = tree.chain((labels) => fc.record({ labels: fc.constant(labels), value: valueOf(labels) }));

/** The rule once more, read off the path of every leaf instead of the tree. */
function leavesOf(value: unknown, labels: LabelTree): unknown[] {
  if (value === null || value === undefined) return [];
  if (isLeaf(labels)) return [[labels.grid, value]];
  if (Array.isArray(value)) return value.flatMap((element) => leavesOf(element, labels));
  return Object.entries(labels).flatMap(([name, inner]) => leavesOf((value as Record<string, unknown>)[name], inner));
}

describe('pruning', () => {
  it('shows exactly the leaves that may be shown', () => {
    fc.assert(
      fc.property(some, ({ labels, value }) => {
        const shown = leavesOf(prune(value, labels as never, mayShow), labels);
        expect(shown).toEqual(leavesOf(value, labels).filter((leaf) => (leaf as [boolean])[0] === false));
      }),
    );
  });

  it('never changes what it was given', () => {
    fc.assert(
      fc.property(some, ({ labels, value }) => {
        const before = structuredClone(value);
        prune(value, labels as never, mayShow);
        expect(value).toEqual(before);
      }),
    );
  });

  it('shares the value when all of it may be shown', () => {
    fc.assert(
      fc.property(some, ({ labels, value }) => {
        expect(prune(value, labels as never, () => true)).toBe(value);
      }),
    );
  });

  it('asks once for each label, however many rows there are', () => {
    const labels = { a: { ...VISIBLE }, b: { ...HIDDEN } };
    const asked: Label[] = [];
    const rows = Array.from({ length: 5 }, () => ({ a: 'x', b: 'y' }));
    prune(rows, labels, (each) => asked.push(each) > 0 && mayShow(each));
    expect(asked).toEqual(listLabels(labels).map(([, each]) => each));
  });
});

const VISIBLE: Label = { category: 'CONTRACT', purposes: [], grid: false };
const HIDDEN: Label = { category: 'CONTRACT', purposes: [], grid: true };

describe('what may not be shown', () => {
  it('is null as a property, and so is an object of which nothing may be shown', () => {
    const labels = { name: VISIBLE, place: HIDDEN, meter: { number: HIDDEN, kind: HIDDEN } };
    const value = { name: 'n', place: 'p', meter: { number: '1', kind: 'k' } };
    expect(prune(value, labels, mayShow)).toEqual({ name: 'n', place: null, meter: null });
  });

  it('is an empty list as a list', () => {
    const labels = { name: VISIBLE, meters: { number: HIDDEN } };
    expect(prune([{ name: 'n', meters: [{ number: '1' }] }], labels, mayShow)).toEqual([{ name: 'n', meters: [] }]);
    expect(prune([{ number: '1' }], { number: HIDDEN }, mayShow)).toEqual([]);
  });

  it('is everything that has no label, as soon as anything else is hidden', () => {
    const value = { name: 'n', place: 'p', more: 'm' };
    expect(prune<object>(value, { name: VISIBLE, place: HIDDEN } as never, mayShow)).toEqual({
      name: 'n',
      place: null,
      more: null,
    });
    expect(prune<object>(value, {} as never, () => true)).toBeNull();
  });
});
