import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CalendarDate, Instant } from '#lib/kernel';
import type { OpeningDay } from '../model/opening-day.js';
import { buffersOf, packHours, unpackHours } from './packed-hours.js';

const text = fc.option(fc.string({ unit: 'grapheme', maxLength: 20 }));
const span = fc.record({
  opens: fc.constant('2026-11-22T09:00:00.000Z' as Instant),
  closes: fc.constant('2026-11-22T21:00:00.000Z' as Instant),
  title: text,
  note: text,
});
const days = fc.array(
  fc.record({
    date: fc.constantFrom('2026-11-22' as CalendarDate, '2026-11-23' as CalendarDate),
    spans: fc.array(span, { maxLength: 3 }),
    closedReason: text,
    notices: fc.array(fc.string({ maxLength: 20 }), { maxLength: 3 }),
  }),
  { maxLength: 100 },
);
const omissions = fc.array(fc.record({ path: fc.string(), reason: fc.string() }), { maxLength: 5 });

describe('packed hours', () => {
  it('come out as they went in, also after they were handed over', async () => {
    await fc.assert(
      fc.asyncProperty(days, omissions, async (value, refused) => {
        const packed = packHours({ value, omissions: refused });
        const handed = structuredClone(packed, { transfer: buffersOf(packed) });
        expect(await unpackHours(handed)).toEqual({ value, omissions: refused });
      }),
      { numRuns: 50 },
    );
  });

  it('have a bound', () => {
    const day: OpeningDay = { date: '2026-11-22' as CalendarDate, spans: [], closedReason: null, notices: [] };
    const loud = (count: number) => Array.from({ length: count }, () => ({ ...day, notices: ['N'.repeat(10_000)] }));
    expect(packHours({ value: loud(190), omissions: [] }).days).toHaveLength(7);
    expect(() => packHours({ value: loud(200), omissions: [] })).toThrow('$: brings more than 2000000 bytes of hours');
  });
});
