import { describe, expect, it } from '@jest/globals';
import { transitReaders } from '../format-readers.js';
import { feedLines, zipFeed } from './testing/feed.js';

const readerOf = (format: string) => transitReaders.find((reader) => reader.format === format)!;

describe('the readers of timetable formats', () => {
  it('cover feeds, their single files and realtime data in both forms', () => {
    const paths = [
      'transit-gtfs/a.zip',
      'transit-gtfs/jena/stops.txt',
      'transit-gtfsrt/a.pb',
      'transit-gtfsrt/a.asciipb',
    ];
    expect(paths.map((path) => readerOf('gtfs').covers(path))).toEqual([true, true, false, false]);
    expect(paths.map((path) => readerOf('gtfsrt').covers(path))).toEqual([false, false, true, true]);
  });

  it('read a whole feed by its content and a single file by its name', () => {
    const { read } = readerOf('gtfs');
    expect(read(zipFeed(feedLines()), 'feed')).toMatchObject({ counts: { stops: 5, trips: 1 }, omitted: 0 });
    expect(read(Buffer.from('route_id,route_type\nR,0'), 'transit-gtfs/jena/routes.txt')).toMatchObject({
      file: 'routes.txt',
      rows: [{ id: 'R', type: 0 }],
    });
  });

  it('read realtime data', () => {
    const text = Buffer.from('header { gtfs_realtime_version: "2.0" }');
    expect(readerOf('gtfsrt').read(text, 'a.asciipb')).toMatchObject({ version: '2.0', tripUpdates: [] });
  });
});
