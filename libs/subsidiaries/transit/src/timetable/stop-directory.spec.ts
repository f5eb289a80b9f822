import { describe, expect, it } from '@jest/globals';
import { StopDirectory } from './stop-directory.js';
import { importFeed } from './testing/feed.js';

function directoryOf(...rows: string[]): StopDirectory {
  const header = 'stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station';
  const [first] = rows.map((row) => row.split(',')[0]!);
  const stop_times = ['trip_id,arrival_time,departure_time,stop_id,stop_sequence', `T,8:00:00,8:00:00,${first},1`];
  return new StopDirectory(importFeed({ stops: [header, ...rows], stop_times }).timetable);
}

const CITY = [
  'de:16053:1,Löbdergraben,50.1,11.1,1,',
  'de:16053:1:0:1,Löbdergraben Steig 1,50.2,11.2,0,de:16053:1',
  'de:16053:2::7,Am Löbdergraben,50.3,11.3,,',
  'de:16053:2::8,Am Löbdergraben,50.4,11.4,,',
  'de:16052:2,Grabenstraße,50.5,11.5,,',
  '8010001,Bahnhof Süd,50.6,11.6,,',
  'X9,Depot,50.7,11.7,,',
];

describe('the directory of stops', () => {
  const directory = directoryOf(...CITY);

  it.each([
    ['1', null, 'Löbdergraben'],
    ['2', 'de:16053:2', 'Am Löbdergraben'],
    ['2', 'de:16052:2', 'Grabenstraße'],
    ['2', null, undefined],
    ['1', 'de:16052:1', undefined],
    ['8010001', null, 'Bahnhof Süd'],
    ['X9', null, undefined],
  ])('finds the stop of number %s and DHID %s', (number, dhid, name) => {
    expect(directory.find(number, dhid)?.name).toBe(name);
  });

  it('takes name and place from the station, else from the first platform', () => {
    expect(directory.find('1', null)).toMatchObject({ latitude: 50.1, members: [0, 1] });
    expect(directory.find('2', 'de:16053:2')).toMatchObject({ latitude: 50.3, members: [2, 3] });
  });

  it.each([
    ['de:16053:1', '1'],
    ['de:16053:1:0:1', '1'],
    ['de:16053:2', '2'],
    ['de:16053:2::8', '2'],
    ['X9', undefined],
    ['nowhere', undefined],
  ])('knows the stop to which %s of a feed belongs', (id, number) => {
    expect(directory.findByFeedId(id)?.number).toBe(number);
  });

  it.each([
    ['loebder', ['Löbdergraben', 'Am Löbdergraben']],
    ['GRABEN', ['Grabenstraße', 'Löbdergraben', 'Am Löbdergraben']],
    ['graben am', ['Am Löbdergraben']],
    ['süd-bahnhof', ['Bahnhof Süd']],
    ['strasse', ['Grabenstraße']],
    ['depot', []],
  ])('finds for %j the stops %j', (text, names) => {
    expect(directory.search(text, 10).map(({ name }) => name)).toEqual(names);
  });

  it('finds no more than it is asked for', () => {
    expect(directory.search('graben', 1)).toEqual([
      { number: '2', dhid: 'de:16052:2', name: 'Grabenstraße', latitude: 50.5, longitude: 11.5 },
    ]);
  });
});
