import ICAL from 'ical.js';
import { malformed } from '../wire/wire-object.js';
import { FREQUENCIES, type CalendarMoment, type RecurrenceRule, type RuleWeekday } from './calendar-model.js';
import type { ContentLine } from './content-lines.js';
import { parseMoment, type ZoneDesk } from './read-moment.js';

const LONGEST_RULE = 5_000;
const MOST_TIMES = 100_000;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/**
 * RRULE or EXRULE.
 * @throws AppError UPSTREAM_MALFORMED when it is no recurrence rule of RFC 5545 (3.3.10)
 */
export function readRule(line: ContentLine, zones: ZoneDesk, path: string): RecurrenceRule {
  const text = line.value.toUpperCase().replace(/;$/, '');
  if (text.length > LONGEST_RULE) throw malformed(path, `is longer than ${LONGEST_RULE} characters`);
  // Other calendars, and moving days that do not exist instead of leaving them out.
  if (/(?:^|;)(?:RSCALE=(?!GREGORIAN(?:;|$))|SKIP=(?!OMIT(?:;|$)))/.test(text)) throw malformed(path, 'needs RFC 7529');
  const { freq, interval, count, parts } = parse(text, path);
  const frequency = FREQUENCIES.find((each) => each === freq);
  if (frequency === undefined) throw malformed(path, 'has no frequency');
  if (count !== null && !(count >= 1 && count <= MOST_TIMES)) throw malformed(path, 'has a COUNT out of range');
  if (!(interval >= 1 && interval <= MOST_TIMES)) throw malformed(path, 'has an INTERVAL out of range');
  return {
    frequency,
    interval,
    count,
    until: readUntil(text, line, zones, path),
    weekStart: readWeekStart(text),
    byMonth: parts.BYMONTH ?? [],
    byWeekNo: parts.BYWEEKNO ?? [],
    byYearDay: parts.BYYEARDAY ?? [],
    byMonthDay: parts.BYMONTHDAY ?? [],
    byDay: (parts.BYDAY ?? []).map(readWeekday),
    byHour: parts.BYHOUR ?? [],
    byMinute: parts.BYMINUTE ?? [],
    bySecond: [...new Set((parts.BYSECOND ?? []).map((second) => Math.min(second, 59)))],
    bySetPos: parts.BYSETPOS ?? [],
  };
}

/** The message of the library would quote the rule. */
function parse(text: string, path: string): ICAL.Recur {
  try {
    return ICAL.Recur.fromString(text);
  } catch {
    throw malformed(path, 'is no recurrence rule');
  }
}

function readUntil(text: string, line: ContentLine, zones: ZoneDesk, path: string): CalendarMoment | null {
  const until = /(?:^|;)UNTIL=([^;]*)/.exec(text)?.[1];
  return until === undefined ? null : parseMoment(until, { ...line, parameters: new Map() }, zones, `${path}.UNTIL`);
}

function readWeekStart(text: string): number {
  const name = /(?:^|;)WKST=([A-Z]{2})/.exec(text)?.[1];
  return Math.max(
    0,
    WEEKDAYS.findIndex((each) => each === name),
  );
}

function readWeekday(text: string): RuleWeekday {
  return { weekday: WEEKDAYS.findIndex((each) => text.endsWith(each)), nth: Number.parseInt(text, 10) || 0 };
}
