import { describe, expect, it } from '@jest/globals';
import { parseInstant } from '#lib/kernel';
import { findStops, listDepartures } from './departures.js';
import { buffersOf, packTimetable, unpackTimetable } from './packed-timetable.js';
import { importFeed, type FeedLines } from './testing/feed.js';

describe('a timetable that was handed to another thread', () => {
  it('says the same, and its columns were not copied', () => {
    const exceptions = ['service_id,date,exception_type', 'daily,20260602,2'];
    const frequencies = ['trip_id,start_time,end_time,headway_secs', 'T,10:00:00,11:00:00,600'];
    const feeds: readonly FeedLines[] = [{ calendar_dates: exceptions }, { frequencies }];
    for (const changes of feeds) {
      const query = { from: parseInstant('2026-06-01T05:00:00Z')!, first: 30, hours: 72 };
      const { timetable } = importFeed(changes);
      const expected = listDepartures(timetable, findStops(timetable, 'market'), query);
      const packed = packTimetable(timetable);
      const arrived = unpackTimetable(structuredClone(packed, { transfer: buffersOf(packed) }));
      expect(listDepartures(arrived, findStops(arrived, 'market'), query)).toEqual(expected);
      expect(arrived.tripNumbers).toEqual(timetable.tripNumbers);
      expect(expected.length).toBeGreaterThan(1);
      expect(packed.calls.trip).toHaveLength(0);
    }
  });
});
