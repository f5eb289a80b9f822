import { Logger } from '@nestjs/common';
import type { TestClock } from '#lib/testing';
import type { HttpResponse } from '#lib/upstream';
import { AlertService } from '../alert.service.js';
import { GtfsBackend } from '../backend/gtfs.backend.js';
import { HafasBackend } from '../backend/hafas.backend.js';
import { StopService } from '../stop.service.js';
import { TimetableKeeper } from '../timetable-keeper.js';
import { TimetableService } from '../timetable.service.js';
import { feedLines, zipFeed, type FeedLines } from '../timetable/testing/feed.js';
import { json, SETTINGS, type ScriptedUpstream } from './scripted-upstream.js';

// What the keeper tells of its loads is for operators.
Logger.overrideLogger(false);

export const WITH_OPEN_DATA = Object.assign(Object.create(SETTINGS) as typeof SETTINGS, {
  gtfsUrl: 'https://gtfs.example',
});

/** All that is public, wired as the module does. */
export function openTransit(upstream: ScriptedUpstream, clock: TestClock, settings = SETTINGS) {
  const gtfs = new GtfsBackend(upstream, settings);
  const keeper = new TimetableKeeper(gtfs, settings, clock);
  const timetable = new TimetableService(keeper, gtfs, upstream, clock);
  return {
    keeper,
    timetable,
    stops: new StopService(new HafasBackend(upstream, settings), timetable, upstream, clock),
    alerts: new AlertService(gtfs, timetable, upstream, clock),
  };
}

/** A feed in which line 4 leaves the stop 159901 of HAFAS' fixture at 8:00, 13:10 and 13:20 in Berlin, all of 2026. */
export function openDataFeed(changes: FeedLines = {}): HttpResponse {
  const lines = feedLines({
    stops: [
      'stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,platform_code',
      'de:16053:159901,"Jena, Am Beispielgraben",50.9,11.5,1,,',
      'de:16053:159901:0:1,"Jena, Am Beispielgraben",50.9,11.5,0,de:16053:159901,1',
      'de:16053:159902::7,"Jena, Grabenbrücke",50.91,11.51,,,',
      '8019999,Jena Nord,50.92,11.52,,,',
      'depot,Betriebshof,50.93,11.53,,,',
    ],
    trips: ['route_id,service_id,trip_id,trip_headsign', 'R,daily,T,Nord', 'R,daily,U,Nord', 'R,daily,V,Nord'],
    stop_times: [
      'trip_id,arrival_time,departure_time,stop_id,stop_sequence',
      'T,8:00:00,8:00:00,de:16053:159901:0:1,1',
      'T,8:05:00,8:05:00,8019999,2',
      'U,13:10:00,13:10:00,de:16053:159901:0:1,1',
      'U,13:12:00,13:12:00,de:16053:159902::7,2',
      'U,13:15:00,13:15:00,8019999,3',
      'V,13:20:00,13:20:00,de:16053:159901:0:1,1',
      'V,13:25:00,13:25:00,8019999,2',
    ],
    ...changes,
  });
  const headers = { etag: '"v1"', 'last-modified': 'Sun, 01 Nov 2026 04:00:00 GMT' };
  return json(200, zipFeed(lines), headers);
}

/** A realtime feed in its text form. */
export function realtimeFeed(timestamp: string, entities: readonly string[]): HttpResponse {
  const header = `header { gtfs_realtime_version: "2.0" timestamp: ${Date.parse(timestamp) / 1000} }`;
  const body = [header, ...entities.map((entity, index) => `entity { id: "${index}" ${entity} }`)].join('\n');
  return json(200, body);
}
