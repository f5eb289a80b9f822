import type { RealtimeStopUpdate, RealtimeTripUpdate } from '#lib/formats';
import { epochOf, instantOf, type Instant } from '#lib/kernel';
import { describeDeparture } from './departures.js';
import { forecastDeparture } from './forecast.js';
import { dayOfDate } from './service-day.js';
import type { Timetable, TimetableStop } from './timetable.js';
import { tripStartSeconds, type TimetableDeparture } from './timetable-departure.js';

/** Departures that stand in no timetable: of trips that were added, replaced or doubled. */
export function extraDepartures(timetable: Timetable, update: RealtimeTripUpdate): TimetableDeparture[] {
  switch (update.trip.relationship) {
    case 'ADDED':
    case 'NEW':
    case 'REPLACEMENT':
      return statedDepartures(timetable, update);
    case 'DUPLICATED':
      return doubledDepartures(timetable, update);
    default:
      return [];
  }
}

/** The update itself says where and when; nobody gets on where the trip ends. */
function statedDepartures(timetable: Timetable, update: RealtimeTripUpdate): TimetableDeparture[] {
  const { trip, stops, properties } = update;
  const served = stops.filter(({ relationship }) => relationship !== 'SKIPPED');
  const last = findStop(timetable, served.at(-1));
  const common = commonOf(timetable, update);
  return served.slice(0, -1).flatMap((call, index) => {
    const stop = findStop(timetable, call);
    const time = call.departure?.time ?? call.arrival?.time ?? null;
    if (stop === undefined || time === null) return [];
    const own = {
      key: [trip.trip ?? update.entity, trip.startDate, call.sequence ?? `+${index}`].join('|'),
      direction: properties.headsign ?? last?.name ?? '',
      planned: plannedOf(call, time),
      expected: time,
      platform: stop.platform,
      stopId: stop.id,
    };
    return Object.assign(own, common);
  });
}

type Common = Omit<TimetableDeparture, 'key' | 'direction' | 'planned' | 'expected' | 'platform' | 'stopId'>;

function commonOf({ routes, trips, tripNumbers }: Timetable, { trip }: RealtimeTripUpdate): Common {
  const known = tripNumbers.get(trip.trip ?? '');
  const route =
    routes.find(({ id }) => id === trip.route) ??
    (known === undefined ? undefined : routes[trips.route[known] as number]);
  return {
    line: route?.line ?? '',
    product: route?.product ?? 'OTHER',
    cancelled: false,
    remarks: [],
    tripId: trip.trip,
    serviceDate: trip.startDate,
    exact: true,
    run: null,
  };
}

function plannedOf({ departure }: RealtimeStopUpdate, time: Instant): Instant {
  return departure?.time && departure.delaySeconds ? instantOf(epochOf(time) - departure.delaySeconds * 1000) : time;
}

function findStop({ stops, stopsBelow }: Timetable, call: RealtimeStopUpdate | undefined): TimetableStop | undefined {
  const id = call?.assignedStop ?? call?.stop ?? '';
  return stopsBelow
    .get(id)
    ?.map((number) => stops[number] as TimetableStop)
    .find((stop) => stop.id === id);
}

/** The trip runs once more, at another time, and the update may have a forecast for it. */
function doubledDepartures(timetable: Timetable, update: RealtimeTripUpdate): TimetableDeparture[] {
  const { trips, calls } = timetable;
  const trip = timetable.tripNumbers.get(update.trip.trip ?? '');
  const { startDate, startSeconds } = update.properties;
  if (trip === undefined || startDate === null || startSeconds === null) return [];
  const first = trips.firstCall[trip] as number;
  const last = (trips.firstCall[trip + 1] as number) - 1;
  const departures: TimetableDeparture[] = [];
  for (let call = first; call < last; call += 1) {
    if (calls.closed[call] === 1) continue;
    const pattern = { call, day: dayOfDate(startDate), shift: 0 };
    const run = { ...pattern, shift: startSeconds - tripStartSeconds(timetable, pattern) };
    const planned = describeDeparture(timetable, run);
    departures.push(forecastDeparture(timetable, { ...planned, key: `${planned.key}|${startSeconds}` }, run, update));
  }
  return departures;
}
