import { describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { readGtfsFile, type GtfsFile } from './read-gtfs-file.js';

function read(file: string, ...lines: readonly string[]): GtfsFile {
  return readGtfsFile(Buffer.from(lines.join('\n')), file);
}

function refusalOf(file: string, ...lines: readonly string[]): string {
  try {
    read(file, ...lines);
  } catch (error) {
    if (error instanceof AppError && error.code === 'UPSTREAM_MALFORMED') return error.message;
    throw error;
  }
  return 'was read';
}

/** Reads one row beside a good one and tells what is wrong with it. */
function flawOf(file: string, header: string, good: string, row: string): string {
  const { rows, omissions } = read(file, header, good, row);
  expect(rows).toHaveLength(1);
  return `${omissions[0]?.path}: ${omissions[0]?.reason}`;
}

describe('a file of a GTFS feed', () => {
  it('is read by the names of its columns, in whatever order they come', () => {
    const lines = [
      'vehicle,stop_lon,stop_id,stop_name,stop_lat,platform_code',
      'x,11.6,de:16999:1,"Am Markt, Nord",50.9,2',
    ];
    expect(read('stops.txt', ...lines).rows).toEqual([
      {
        id: 'de:16999:1',
        code: null,
        name: 'Am Markt, Nord',
        position: { latitude: 50.9, longitude: 11.6 },
        kind: 'STOP',
        parent: null,
        platform: '2',
      },
    ]);
  });

  it('may have rows shorter than its header', () => {
    expect(read('routes.txt', 'route_id,route_type,route_short_name,route_color', '007,900').rows).toMatchObject([
      { id: '007', type: 900, shortName: null, color: null },
    ]);
  });

  it('has times without leading zero and past midnight', () => {
    const times = ['T,6:05:09,06:05:10,S,0', 'T,24:00:00,25:10:00,S,1', 'T,,,S,2', 'T,26:00:00,,S,3'];
    const { rows } = read('stop_times.txt', 'trip_id,arrival_time,departure_time,stop_id,stop_sequence', ...times);
    expect(rows).toMatchObject([
      { arrival: 21_909, departure: 21_910 },
      { arrival: 86_400, departure: 90_600 },
      { arrival: null, departure: null },
      { arrival: 93_600, departure: 93_600 },
    ]);
  });

  it.each([
    ['stops.txt', 'stop_id,stop_name,stop_lat,stop_lon', 'A,A,1,1', 'A,B,1,1', 'stops.txt[1]: is there before'],
    ['stops.txt', 'stop_id,stop_name,stop_lat,stop_lon', 'A,A,1,1', ',B,1,1', 'stops.txt[1].stop_id: is missing'],
    [
      'stops.txt',
      'stop_id,stop_name,stop_lat,stop_lon',
      'A,A,1,1',
      'B,B,91,1',
      'stops.txt[1].stop_lat: is not a number between -90 and 90',
    ],
    ['stops.txt', 'stop_id,stop_name,stop_lat,stop_lon', 'A,A,1,1', 'B,B,1,1,1', 'stops.txt[1]: has too many cells'],
    [
      'trips.txt',
      'route_id,service_id,trip_id,direction_id',
      'R,S,T,1',
      'R,S,U,2',
      'trips.txt[1].direction_id: is neither 0 nor 1',
    ],
    [
      'calendar_dates.txt',
      'service_id,date,exception_type',
      'S,20260101,1',
      'S,20260231,1',
      'calendar_dates.txt[1].date: is not a date YYYYMMDD',
    ],
    [
      'calendar_dates.txt',
      'service_id,date,exception_type',
      'S,20260101,1',
      'S,20260201,3',
      'calendar_dates.txt[1].exception_type: is neither 1 nor 2',
    ],
    [
      'frequencies.txt',
      'trip_id,start_time,end_time,headway_secs',
      'T,6:00:00,7:00:00,60',
      'T,7:00:00,8:00:00,0',
      'frequencies.txt[1].headway_secs: is zero',
    ],
    [
      'frequencies.txt',
      'trip_id,start_time,end_time,headway_secs',
      'T,6:00:00,7:00:00,60',
      'T,7:60:00,8:00:00,60',
      'frequencies.txt[1].start_time: is not a time HH:MM:SS',
    ],
    [
      'agency.txt',
      'agency_id,agency_name,agency_timezone',
      'A,A,Europe/Berlin',
      'B,B,Berlin',
      'agency.txt[1].agency_timezone: is not a time zone',
    ],
    [
      'stop_times.txt',
      'trip_id,arrival_time,departure_time,stop_id,stop_sequence',
      'T,,,S,1',
      'T,7:00:00,6:00:00,S,2',
      'stop_times.txt[1].departure_time: is before the arrival',
    ],
  ])('loses a wrong row only: %s %#', (file, header, good, row, flaw) => {
    expect(flawOf(file, header, good, row)).toBe(flaw);
  });

  it('is refused when it is no such table', () => {
    expect(refusalOf('stops.txt')).toBe('stops.txt: has no header');
    expect(refusalOf('stops.txt', 'PK\u0003\u0004')).toBe('stops.txt: has no column stop_id');
    expect(refusalOf('stops.txt', 'stop_id,stop_id')).toBe('stops.txt: has two columns of one name');
    expect(refusalOf('stops.txt', 'stop_id,stop_name', 'A,A')).toBe('stops.txt[0].stop_lat: is missing');
  });

  it('gives the cells of files without further meaning', () => {
    expect(read('fare_rules.txt', 'fare_id,__proto__,route_id', 'p,,R').rows).toEqual([['p', null, 'R']]);
    expect(read('shapes.txt', 'shape_id,shape_pt_lat').rows).toEqual([]);
  });

  it('counts all omissions and keeps the first hundred', () => {
    const rows = Array.from({ length: 250 }, (_, index) => `,${index}`);
    const { omitted, omissions } = read('routes.txt', 'route_id,route_type', 'R,3', ...rows);
    expect([omitted, omissions.length]).toEqual([250, 100]);
  });
});
