import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '#lib/kernel';
import { readGtfsFile } from './read-gtfs-file.js';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);

const FILES: Readonly<Record<string, string>> = {
  'agency.txt': 'agency_id,agency_name,agency_url,agency_timezone\n1,"Verkehr, Nord",https://x.example,Europe/Berlin\n',
  'stops.txt':
    'stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\r\nde:1:2::3,"Am ""Tor""",50.1,11.2,0,P\r\n',
  'routes.txt': 'route_id,agency_id,route_short_name,route_type\nR,1,5,900\n',
  'trips.txt': 'route_id,service_id,trip_id,direction_id\nR,S,T,1\n',
  'stop_times.txt':
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence\nT,6:05:00,,A,1\nT,25:00:00,25:01:00,B,2\n',
  'calendar.txt':
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nS,1,1,1,1,1,0,0,20260101,20261231\n',
  'calendar_dates.txt': 'service_id,date,exception_type\nS,20260101,2\n',
  'frequencies.txt': 'trip_id,start_time,end_time,headway_secs,exact_times\nT,6:00:00,7:00:00,600,1\n',
  'feed_info.txt': 'feed_publisher_name,feed_publisher_url,feed_lang\nV,https://x.example,de\n',
  'fare_rules.txt': 'fare_id,route_id\np,R\n',
};

const piece = fc.oneof(
  fc.constantFrom('"', ',', '\n', '\r', '""', '\ufeff', '\0', '24:00:00', '-1', '1e9', '__proto__', '\u{1f68b}', ' '),
  fc.string(),
  fc.string({ unit: 'binary' }),
);
const change = fc.record({ at: fc.nat(500), remove: fc.nat(8), insert: piece });

describe('files of a GTFS feed', () => {
  it('that are damaged give rows or a refusal, nothing else', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(FILES)),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        fc.uint8Array({ maxLength: 4 }),
        (name, changes, tail) => {
          const text = changes.reduce(
            (each, { at, remove, insert }) => each.slice(0, at) + insert + each.slice(at + remove),
            FILES[name]!,
          );
          try {
            const { rows, omitted, omissions } = readGtfsFile(Buffer.concat([Buffer.from(text), tail]), name);
            expect(omissions.length).toBe(Math.min(omitted, 100));
            expect(rows.length).toBeLessThan(text.length);
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });
});
