import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CalendarDate } from '#lib/kernel';
import { odataFilter } from './odata-filter.js';

describe('odataFilter', () => {
  it('joins comparisons of text and days', () => {
    const filter = odataFilter(
      { property: 'ContractID', is: 'eq', value: { text: '0900071001' } },
      { property: 'Timestamp', is: 'ge', value: { day: '2026-10-01' as CalendarDate } },
    );
    expect(decodeURIComponent(filter)).toBe(
      "$filter=ContractID eq '0900071001' and Timestamp ge datetime'2026-10-01T00:00:00'",
    );
  });

  it('never lets a value end its literal, the option or the address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const sent = odataFilter({ property: 'A', is: 'eq', value: { text } }).slice('$filter='.length);
        expect(sent).not.toMatch(/['/?#&=\s]/);
        const inner = decodeURIComponent(sent).slice("A eq '".length, -1);
        expect(inner.replaceAll("''", '')).not.toContain("'");
        expect(inner.replaceAll("''", "'")).toBe(text);
      }),
    );
  });
});
