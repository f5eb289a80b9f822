import { malformed, readRows, WireObject } from '#lib/formats';
import { parseCalendarDate, type CalendarDate, type Loaded } from '#lib/kernel';
import type { PausableSubscription, Pause } from '../model/pause.js';

/** Reads of the shop's list of subscriptions what matters to a pause; a malformed row costs itself only. */
export function readPausables(answer: WireObject): Loaded<readonly PausableSubscription[]> {
  return readRows(answer.list('data'), 'data', (row, path) => readPausable(new WireObject(row, path)));
}

/** One subscription as the list has it and as a change of it is answered. @throws AppError UPSTREAM_MALFORMED */
export function readPausable(row: WireObject): PausableSubscription {
  return {
    number: row.text('id', 60),
    product: row.object('product').text('name', 200),
    until: optionalDay(row, 'endsOn'),
    pause: readPause(row.optionalObject('pause')),
  };
}

function readPause(pause: WireObject | null): Pause | null {
  if (pause === null) return null;
  const from = optionalDay(pause, 'from');
  if (from === null) throw malformed(pause.at('from'), 'is missing');
  return { from, until: optionalDay(pause, 'until') };
}

function optionalDay(row: WireObject, name: string): CalendarDate | null {
  const text = row.optionalText(name, 10);
  const day = text === null ? null : parseCalendarDate(text);
  if (day === undefined) throw malformed(row.at(name), 'is not a day YYYY-MM-DD');
  return day;
}
