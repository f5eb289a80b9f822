import { hafasDate, hafasTime, offsetMinutes } from './berlin.js';
import type { CommonTables } from './common-tables.js';
import { platformsOf } from './platforms.js';
import { findPrognosis, type Prognosis } from './realtime.js';
import { getStop } from './stops.js';
import type { Call, Trip } from './timetable.js';
import { wireMessages } from './wire-messages.js';

/** One entry of `jnyL`. Its times are relative to the day on which the trip began. */
export function wireJourney(call: Call, type: 'DEP' | 'ARR', common: CommonTables, now: number): object {
  const { trip, index } = call;
  const prognosis = findPrognosis(call, now);
  const product = common.run(trip.line, trip.number);
  const here = common.stop(stopAt(trip, index), true);
  const farIndex = type === 'DEP' ? trip.calls.length - 1 : 0;
  const far = common.stop(stopAt(trip, farIndex), false);
  const [first, last] = type === 'DEP' ? [here, far] : [far, here];
  const date = hafasDate(trip.date);
  return {
    jid: `1|${trip.number}|0|80|${dayMonthYear(trip.date)}`,
    date,
    prodX: product,
    dirTxt: stopAt(trip, farIndex).name.replace('Jena, ', ''),
    dirFlg: String(trip.direction),
    status: 'P',
    isRchbl: prognosis?.cancelled !== true,
    ...(prognosis?.cancelled === true ? { isCncl: true } : {}),
    stbStop: { locX: here, idx: index, ...wireTimes(call, type, product, prognosis), type: 'N' },
    msgL: wireMessages(trip.line, { from: first, to: last }, common, now),
    subscr: 'F',
    prodL: [
      {
        prodX: product,
        fLocX: first,
        tLocX: last,
        fIdx: Math.min(index, farIndex),
        tIdx: Math.max(index, farIndex),
      },
    ],
    trainStartDate: date,
  };
}

/** Fields of the stop that begin with `d` for departures and with `a` for arrivals. */
function wireTimes(
  call: Call,
  type: 'DEP' | 'ARR',
  product: number,
  prognosis: Prognosis | undefined,
): Record<string, unknown> {
  const { date } = call.trip;
  const platforms = platformsOf(call.trip, call.index);
  const expected = prognosis !== undefined && !prognosis.cancelled ? prognosis : undefined;
  const fields = {
    ProdX: product,
    ...(prognosis?.cancelled === true ? { Cncl: true } : {}),
    ...(platforms === undefined ? {} : { PltfS: { type: 'PL', txt: platforms.planned } }),
    ...(platforms !== undefined && expected?.platformChanged === true
      ? { PltfR: { type: 'PL', txt: platforms.other } }
      : {}),
    TimeS: hafasTime(call.plannedAt, date),
    ...(expected === undefined ? {} : { TimeR: hafasTime(expected.expectedAt, date), ProgType: 'PROGNOSED' }),
    TZOffset: offsetMinutes(call.plannedAt),
    TimeFS: { styleX: 0 },
    TimeFC: { styleX: 1 },
  };
  const prefix = type === 'DEP' ? 'd' : 'a';
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [prefix + name, value]));
}

function stopAt(trip: Trip, index: number): ReturnType<typeof getStop> {
  return getStop(trip.calls[index]?.[0] ?? '');
}

/** The date inside a journey id: `1112026` for 1 November, so without a leading zero for the day. */
function dayMonthYear(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${Number(day)}${month}${year}`;
}
