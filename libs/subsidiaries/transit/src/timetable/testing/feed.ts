import { zipSync } from 'fflate';
import { importTimetable, type ImportedTimetable } from '../import-timetable.js';

/** Files of a feed by their names without `.txt`, as lines. */
export type FeedLines = Readonly<Record<string, readonly string[]>>;

/** A small feed of a tram that runs every day of 2026 from the market to the zoo; `changes` replace whole files. */
export function feedLines(changes: FeedLines = {}): FeedLines {
  return {
    agency: [
      'agency_id,agency_name,agency_url,agency_timezone',
      'A,Stadtverkehr,https://verkehr.example,Europe/Berlin',
    ],
    stops: [
      'stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,platform_code',
      'market,Markt,50.9,11.5,1,,',
      'market:1,Markt,50.9,11.5,0,market,1',
      'market:2,Markt,50.9,11.5,0,market,2',
      'bridge,Brücke,50.91,11.51,,,',
      'zoo,Tierpark,50.92,11.52,,,',
    ],
    routes: ['route_id,agency_id,route_short_name,route_long_name,route_type', 'R,A,4,,0'],
    calendar: [
      'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date',
      'daily,1,1,1,1,1,1,1,20260101,20261231',
    ],
    trips: ['route_id,service_id,trip_id,trip_headsign', 'R,daily,T,Zoo'],
    stop_times: [
      'trip_id,arrival_time,departure_time,stop_id,stop_sequence',
      'T,8:00:00,8:00:00,market:1,1',
      'T,8:05:00,8:06:00,bridge,2',
      'T,8:10:00,8:10:00,zoo,3',
    ],
    ...changes,
  };
}

export function zipFeed(lines: FeedLines): Buffer {
  const files = Object.entries(lines).map(([name, content]) => [`${name}.txt`, Buffer.from(content.join('\n'))]);
  return Buffer.from(zipSync(Object.fromEntries(files), { level: 1 }));
}

export function importFeed(changes: FeedLines = {}): ImportedTimetable {
  return importTimetable(zipFeed(feedLines(changes)));
}
