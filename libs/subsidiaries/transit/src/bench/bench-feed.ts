import { zipSync } from 'fflate';

const STOPS = 490;
const TRIPS = 454;
const CALLS_A_TRIP = 24;
const LINES = 16;
/** Neighbouring patterns share half of their stops, so that every stop is served. */
const PATTERNS = 41;
const MINUTE = 60;
/** Trips begin from four in the morning on; the last ones run past midnight. */
const FIRST_START = 4 * 60 * MINUTE;
const STARTS = 21 * 60 * MINUTE;

export interface BenchTrip {
  readonly id: string;
  /** Mondays to Fridays, or else at weekends. */
  readonly weekdays: boolean;
  readonly calls: readonly { readonly stop: string; /** Seconds of the service day. */ readonly time: number }[];
}

/** First and last day of the feed: no clock change lies between them, so that Berlin is an hour ahead of UTC. */
export const FEED_DAYS = { first: '2026-11-02', last: '2026-12-12' } as const;

/** A town's network: patterns of 24 stops, each trip on one of them. The same on every run. */
export function benchTrips(): readonly BenchTrip[] {
  return Array.from({ length: TRIPS }, (_, index) => {
    const pattern = index % PATTERNS;
    const start = FIRST_START + Math.floor((STARTS * index) / TRIPS);
    const calls = Array.from({ length: CALLS_A_TRIP }, (__, place) => ({
      stop: `S${(pattern * 12 + place) % STOPS}`,
      time: start + place * (90 + 15 * (pattern % 4)),
    }));
    return { id: `T${index}`, weekdays: index % 3 !== 0, calls };
  });
}

export function stopIds(): readonly string[] {
  return Array.from({ length: STOPS }, (_, index) => `S${index}`);
}

/** The network as a GTFS feed (ZIP). */
export function benchFeed(trips: readonly BenchTrip[]): Buffer {
  const period = `${FEED_DAYS.first},${FEED_DAYS.last}`.replaceAll('-', '');
  const files = {
    agency: [
      'agency_id,agency_name,agency_url,agency_timezone',
      'A,Stadtverkehr,https://verkehr.example,Europe/Berlin',
    ],
    stops: [
      'stop_id,stop_name,stop_lat,stop_lon',
      ...stopIds().map((id, index) => `${id},Haltestelle ${index},${50.9 + (index % 22) / 500},${11.5 + index / 4000}`),
    ],
    routes: [
      'route_id,agency_id,route_short_name,route_type',
      ...Array.from({ length: LINES }, (_, line) => `R${line},A,${line + 1},${line < 5 ? 0 : 3}`),
    ],
    calendar: [
      'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date',
      `work,1,1,1,1,1,0,0,${period}`,
      `end,0,0,0,0,0,1,1,${period}`,
    ],
    trips: [
      'route_id,service_id,trip_id,trip_headsign',
      ...trips.map(
        ({ id, weekdays }, index) =>
          `R${(index % PATTERNS) % LINES},${weekdays ? 'work' : 'end'},${id},Ziel ${index % 32}`,
      ),
    ],
    stop_times: [
      'trip_id,arrival_time,departure_time,stop_id,stop_sequence',
      ...trips.flatMap(({ id, calls }) =>
        calls.map(({ stop, time }, place) => `${id},${clock(time)},${clock(time)},${stop},${place + 1}`),
      ),
    ],
  };
  const entries = Object.entries(files).map(([name, lines]) => [`${name}.txt`, Buffer.from(lines.join('\n'))]);
  return Buffer.from(zipSync(Object.fromEntries(entries) as Record<string, Uint8Array>));
}

function clock(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
