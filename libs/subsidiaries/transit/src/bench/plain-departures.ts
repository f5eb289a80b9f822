import type { BenchTrip } from './bench-feed.js';
import { FEED_DAYS } from './bench-feed.js';

const DAY_MS = 86_400_000;
/** How far ahead departures are listed. */
const AHEAD_MS = DAY_MS;
const BERLIN = '+01:00';

/** What a trip update says of a trip on a day. */
export interface PlainUpdate {
  readonly delaySeconds: number;
  readonly cancelled: boolean;
}

interface PlainDeparture {
  /** Epoch milliseconds, as planned and as it counts now. */
  readonly planned: number;
  readonly moment: number;
}

/** Every departure of the feed by stop: what a timetable is when nothing is clever about it. */
export class PlainDepartures {
  private readonly byStop = new Map<string, PlainDeparture[]>();

  constructor(trips: readonly BenchTrip[], updateOf: (trip: string, date: string) => PlainUpdate | undefined) {
    for (let day = Date.parse(FEED_DAYS.first); day <= Date.parse(FEED_DAYS.last); day += DAY_MS) {
      const date = new Date(day).toISOString().slice(0, 10);
      const isWorkday = ![0, 6].includes(new Date(day).getUTCDay());
      for (const { id, calls } of trips.filter(({ weekdays }) => weekdays === isWorkday)) {
        const update = updateOf(id, date);
        for (const { stop, time } of calls.slice(0, -1)) this.add(stop, date, time, update);
      }
    }
  }

  /** When the next `first` departures leave, sorted. */
  list(stop: string, from: number, first: number): readonly number[] {
    const all = this.byStop.get(stop) ?? [];
    return all
      .filter(({ planned, moment }) => moment >= from && planned < from + AHEAD_MS)
      .map(({ moment }) => moment)
      .toSorted((left, right) => left - right)
      .slice(0, first);
  }

  private add(stop: string, date: string, time: number, update: PlainUpdate | undefined): void {
    const planned = Date.parse(`${date}T00:00:00${BERLIN}`) + time * 1000;
    const late = update === undefined || update.cancelled ? 0 : update.delaySeconds * 1000;
    const list = this.byStop.get(stop);
    const departure = { planned, moment: planned + late };
    if (list) list.push(departure);
    else this.byStop.set(stop, [departure]);
  }
}
