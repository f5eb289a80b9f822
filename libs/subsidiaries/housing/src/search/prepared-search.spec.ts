import { describe, expect, it } from '@jest/globals';
import type { ListingSearch } from '../model/listing-search.js';
import { prepareSearch } from './prepared-search.js';
import { cursorOf } from './sort-cursor.js';

const PLAIN: ListingSearch = { filter: {}, sort: 'RENT_ASC', first: 20, after: null, page: null, facets: false };
const CURSOR = cursorOf({ value: 57_050, number: '5120 / 4 / 11' }, 'RENT_ASC');

describe('a search', () => {
  it('goes on behind its cursor, in its own order', () => {
    expect(prepareSearch({ ...PLAIN, after: CURSOR })).toMatchObject({
      after: { value: 57_050, number: '5120 / 4 / 11' },
      skip: 0,
    });
  });

  it('passes over the pages before the one it names', () => {
    expect(prepareSearch({ ...PLAIN, first: 7, page: 3 })).toMatchObject({ after: null, skip: 14 });
  });

  it('looks for each word once', () => {
    expect(prepareSearch({ ...PLAIN, filter: { text: ' Balkon BALKON  hell ' } }).filter.words).toEqual([
      'balkon',
      'hell',
    ]);
  });

  it.each<[string, Partial<ListingSearch>, string]>([
    ['no listings', { first: 0 }, 'first'],
    ['more than a hundred', { first: 101 }, 'first'],
    ['a part of one', { first: 1.5 }, 'first'],
    ['page 0', { page: 0 }, 'page'],
    ['a page beyond the last', { page: 10_001 }, 'page'],
    ['a page and a cursor', { page: 2, after: CURSOR }, 'page'],
    ['a cursor of another order', { after: CURSOR, sort: 'AREA_ASC' }, 'after'],
    ['an empty cursor', { after: '' }, 'after'],
    ['what is no cursor', { after: 'x' }, 'after'],
    ['a cursor in another spelling', { after: `${CURSOR}=` }, 'after'],
    ['a huge cursor', { after: 'x'.repeat(1_000) }, 'after'],
    ['too many districts', { filter: { districts: Array<string>(51).fill('x') } }, 'filter.districts'],
    ['a long district', { filter: { districts: ['x'.repeat(101)] } }, 'filter.districts'],
    ['a long text', { filter: { text: 'x'.repeat(101) } }, 'filter.text'],
  ])('for %s is refused', (_case, search, path) => {
    expect(() => prepareSearch({ ...PLAIN, ...search })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) }),
    );
  });
});
