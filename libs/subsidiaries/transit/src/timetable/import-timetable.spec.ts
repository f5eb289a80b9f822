import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError, parseInstant } from '#lib/kernel';
import { listDepartures } from './departures.js';
import { describeTimetable } from './describe-timetable.js';
import { importTimetable } from './import-timetable.js';
import { feedLines, importFeed, zipFeed, type FeedLines } from './testing/feed.js';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);

/** What is left out when these lines are added to the small feed. */
function omissionsWith(file: string, ...lines: readonly string[]): string[] {
  const { omissions } = importFeed({ [file]: [...(feedLines()[file] ?? []), ...lines] });
  return omissions.map(({ path, reason }) => `${path}: ${reason}`);
}

function withFrequencies(...rows: readonly string[]): FeedLines {
  return { frequencies: ['trip_id,start_time,end_time,headway_secs', ...rows] };
}

function refusalOf(archive: Buffer): string {
  try {
    importTimetable(archive);
  } catch (error) {
    if (error instanceof AppError && error.code === 'UPSTREAM_MALFORMED') return error.message;
    throw error;
  }
  return 'was imported';
}

function without(file: string): Buffer {
  return zipFeed(Object.fromEntries(Object.entries(feedLines()).filter(([name]) => name !== file)));
}

describe('the import of a feed', () => {
  it('takes all of a correct one', () => {
    expect(describeTimetable(importFeed(withFrequencies('T,6:00:00,7:00:00,600')))).toMatchObject({
      timeZone: 'Europe/Berlin',
      from: '2026-01-01',
      until: '2026-12-31',
      counts: { stops: 5, routes: 1, services: 1, trips: 1, repeatedTrips: 1, stopTimes: 3 },
      routes: [{ id: 'R', line: '4', product: 'TRAM' }],
      omissions: [],
      omitted: 0,
    });
  });

  it.each([
    ['agency', 'B,Anderswo,https://b.example,Europe/London', 'agency.txt[1].agency_timezone: differs from the first'],
    ['stops', 'p,Gleis,50,11,0,nowhere,', 'stops.txt[5].parent_station: is unknown'],
    ['stops', 'p,Gleis,50,11,0,p,', 'stops.txt[5].parent_station: leads too deep'],
    ['stops', 'zoo,Tierpark,50,11,0,,', 'stops.txt[5]: is there before'],
    ['routes', 'Q,B,9,,3', 'routes.txt[1].agency_id: is unknown'],
    ['routes', 'Q,A,,,3', 'routes.txt[1].route_short_name: is missing, and so is the long one'],
    ['trips', 'Q,daily,U,', 'trips.txt[1].route_id: is unknown'],
    ['trips', 'R,never,U,', 'trips.txt[1].service_id: is unknown'],
    ['stop_times', 'U,9:00:00,9:00:00,zoo,1', 'stop_times.txt[3].trip_id: is unknown'],
    ['stop_times', 'T,9:00:00,9:00:00,moon,4', 'stop_times.txt[3].stop_id: is unknown'],
    ['stop_times', 'T,9:00:00,9:00:00,zoo,3', 'stop_times.txt[3].stop_sequence: is there before'],
    ['stop_times', 'T,7:00:00,7:00:00,zoo,4', 'stop_times.txt[3].arrival_time: is before the stop before it'],
    ['stop_times', 'T,,,zoo,0', 'stop_times.txt[3].arrival_time: is missing at the beginning'],
    ['stop_times', 'T,,,zoo,4', 'stop_times.txt[3].arrival_time: is missing at the end'],
  ])('leaves out a row of %s.txt: %s', (file, line, omission) => {
    expect(omissionsWith(file, line)).toEqual([omission]);
  });

  it('leaves out frequencies of unknown trips', () => {
    expect(importFeed(withFrequencies('U,6:00:00,7:00:00,600')).omissions).toEqual([
      { path: 'frequencies.txt[0].trip_id', reason: 'is unknown' },
    ]);
  });

  it('takes a calendar or its exceptions alone, and not a feed without both', () => {
    const { calendar: _, ...lines } = feedLines({
      calendar_dates: ['service_id,date,exception_type', 'daily,20260601,1'],
    });
    expect(importTimetable(zipFeed(lines))).toMatchObject({ omitted: 0 });
    expect(refusalOf(without('calendar'))).toBe('calendar.txt: has no readable row, nor has calendar_dates.txt');
  });

  it.each(['agency', 'stops', 'routes', 'trips', 'stop_times'])('is refused without %s.txt', (file) => {
    expect(refusalOf(without(file))).toBe(`${file}.txt: is missing or empty`);
  });

  it('is refused when a file lacks a column, nothing runs or the archive is none', () => {
    expect(refusalOf(zipFeed(feedLines({ trips: ['route_id,trip_id', 'R,T'] })))).toBe(
      'trips.txt: has no column service_id',
    );
    expect(refusalOf(zipFeed(feedLines({ trips: ['route_id,service_id,trip_id'] })))).toBe(
      'stop_times.txt: has no readable row',
    );
    expect(refusalOf(Buffer.from('no archive'))).toBe('zip: has no directory');
  });

  it('of a damaged feed gives a timetable that can be asked, or a refusal', () => {
    const files = Object.entries(feedLines(withFrequencies('T,6:00:00,7:00:00,600')));
    const change = fc.record({
      file: fc.nat(files.length - 1),
      at: fc.nat(200),
      remove: fc.nat(6),
      insert: fc.oneof(
        fc.constantFrom(',', '"', '\n', ':', '0', '9', 'T', '99:59:59', '99991231', '00000101'),
        fc.string(),
      ),
    });
    const from = parseInstant('2026-06-01T04:00:00Z')!;
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.option(fc.nat(1500)), (changes, cut) => {
        const lines = Object.fromEntries(files);
        for (const { file, at, remove, insert } of changes) {
          const [name] = files[file]!;
          const text = lines[name]!.join('\n');
          lines[name] = [text.slice(0, at) + insert + text.slice(at + remove)];
        }
        try {
          const { timetable } = importTimetable(zipFeed(lines).subarray(0, cut ?? undefined));
          const departures = listDepartures(timetable, [...timetable.stops.keys()], { from, first: 5, hours: 168 });
          expect(departures.length).toBeLessThanOrEqual(5);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: RUNS },
    );
  });
});
