import { addDays, berlinDate, hafasDate, hafasTime, parseHafasDate, parseHafasTime } from './berlin.js';
import { CommonTables } from './common-tables.js';
import { invalidParameter, ServiceFault, unknownLocation } from './faults.js';
import type { HafasService } from './hafas-service.js';
import { findPrognosis, LONGEST_DELAY } from './realtime.js';
import type { RequestReader } from './request-reader.js';
import { findStop, type Stop } from './stops.js';
import { callsAt, type Call } from './timetable.js';
import { wireJourney } from './wire-journey.js';
import { stopIdOf } from './wire-stop.js';

const MINUTE = 60_000;
const DAY_IN_MINUTES = 1_440;
const USUAL_NUMBER = 50;
const LARGEST_NUMBER = 500;
/** How a client may show times, absolute and as a countdown; boards point here by `styleX`. */
const TIME_STYLES = [{ mode: 'ABS' }, { mode: 'CNT' }];
/** Days before and after today that the timetable covers. */
const TIMETABLE_DAYS = 365;

/** StationBoard: departures or arrivals at a stop from an instant on. Without any, `jnyL` is missing. */
export const stationBoard: HafasService = (request, now) => {
  const type = readType(request);
  const stop = readStop(request.object('stbLoc'));
  const towards = request.findObject('dirLoc');
  const destination = towards === undefined ? undefined : readStop(towards);
  const from = readStart(request, now);
  const minutes = request.findInteger('dur') ?? DAY_IN_MINUTES;
  const until = from + (minutes > 0 ? Math.min(minutes, DAY_IN_MINUTES) : DAY_IN_MINUTES) * MINUTE;
  const number = Math.min(request.findInteger('maxJny') ?? USUAL_NUMBER, LARGEST_NUMBER);
  const classes = readProductFilter(request);

  const common = new CommonTables();
  const position = common.stop(stop, true);
  const journeys = callsAt(stop.id, type, from - LONGEST_DELAY, until)
    .filter((call) => (findPrognosis(call, now)?.expectedAt ?? call.plannedAt) >= from)
    .filter((call) => (call.trip.line.vehicle.productClass & classes) !== 0)
    .filter((call) => destination === undefined || passes(call, destination, type))
    .slice(0, Math.max(0, number))
    .map((call) => wireJourney(call, type, common, now));
  const today = berlinDate(now);
  return {
    common: { ...common.toWire(), timeStyleL: TIME_STYLES },
    type,
    ...(journeys.length === 0 ? {} : { jnyL: journeys }),
    fpB: hafasDate(addDays(today, -TIMETABLE_DAYS)),
    fpE: hafasDate(addDays(today, TIMETABLE_DAYS)),
    planrtTS: String(Math.floor(now / 1_000)),
    sD: hafasDate(today),
    sT: hafasTime(now, today),
    locRefL: [position],
  };
};

function readType(request: RequestReader): 'DEP' | 'ARR' {
  const type = request.findText('type') ?? 'DEP';
  if (type !== 'DEP' && type !== 'ARR') throw invalidParameter();
  return type;
}

function readStop(location: RequestReader): Stop {
  const stop = findStop(stopIdOf(location.findText('lid'), location.findText('extId')) ?? '');
  if (stop === undefined) throw unknownLocation();
  return stop;
}

/** The asked instant; the present one, or the beginning of the asked day, where date or time are missing. */
function readStart(request: RequestReader, now: number): number {
  const today = berlinDate(now);
  const dateText = request.findText('date');
  const date = dateText === undefined ? today : parseHafasDate(dateText);
  const first = addDays(today, -TIMETABLE_DAYS);
  const last = addDays(today, TIMETABLE_DAYS);
  if (date === undefined || date < first || date > last) throw outsideTimetable(first, last);
  const timeText = request.findText('time') ?? (dateText === undefined ? hafasTime(now, today) : '000000');
  const start = parseHafasTime(date, timeText);
  if (start === undefined) throw invalidParameter();
  return start;
}

function outsideTimetable(first: string, last: string): ServiceFault {
  const [from, until] = [first, last].map((date) => date.split('-').toReversed().join('.'));
  return new ServiceFault(
    'H9360',
    'HAFAS Kernel: Date outside of the timetable period.',
    `Das Datum ist ungültig oder liegt außerhalb der Fahrplanperiode (${from} - ${until})`,
  );
}

/** Bits of the products asked for, all without a filter. */
function readProductFilter(request: RequestReader): number {
  const filter = request.objects('jnyFltrL').find((entry) => entry.text('type') === 'PROD');
  if (filter === undefined) return ~0;
  const value = filter.text('value');
  if (!/^\d{1,5}$/.test(value)) throw invalidParameter();
  return filter.findText('mode') === 'EXC' ? ~Number(value) : Number(value);
}

/** Whether the trip goes on to that stop (or, on an arrival board, comes from there). */
function passes({ trip, index }: Call, stop: Stop, type: 'DEP' | 'ARR'): boolean {
  const calls = type === 'DEP' ? trip.calls.slice(index + 1) : trip.calls.slice(0, index);
  return calls.some(([id]) => id === stop.id);
}
