import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '#lib/kernel';
import { readCalendarFile } from './read-calendar-file.js';
import { calendarOf, eventOf } from './testing/calendar-text.js';

const FUZZ_RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);

const VALID = calendarOf(
  'X-WR-TIMEZONE:Europe/Berlin',
  'BEGIN:VTIMEZONE',
  'TZID:Badzeit',
  'BEGIN:STANDARD',
  'DTSTART:19961027T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'RDATE:19951027T030000',
  'END:STANDARD',
  'END:VTIMEZONE',
  eventOf(
    'DTSTART;TZID="Europe/Berlin":20260302T063000',
    'DURATION:P1DT1H30M',
    'RRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO,-1FR;BYHOUR=6,7;BYSETPOS=1,-1;WKST=SU;UNTIL=20280101T000000Z',
    'EXDATE;TZID=Europe/Berlin:20260302T063000,20260403T063000',
    'RDATE;VALUE=PERIOD:20260312T080000Z/PT30M,20260313T080000Z/20260313T100000Z',
    'CATEGORIES:Bad\\, innen,Kurs',
  ),
  eventOf('RECURRENCE-ID;RANGE=THISANDFUTURE:20260504T043000Z', 'DTSTART;TZID=Badzeit:20260504T070000', 'SEQUENCE:2'),
  eventOf(
    'UID:2',
    'DTSTART;VALUE=DATE:20260701',
    'DTEND;VALUE=DATE:20260703',
    'RRULE:FREQ=YEARLY;BYWEEKNO=20,-3',
    'EXRULE:FREQ=DAILY;COUNT=3',
  ),
);

const PIECES = [
  '\r\n',
  '\r\n ',
  ':',
  ';',
  ',',
  '"',
  '=',
  '(',
  '\\',
  '-',
  '0',
  '9',
  'Z',
  'T',
  'P',
  '\0',
  '\uD83D\uDE00',
  'FREQ=SECONDLY',
  'FREQ=YEARLY',
  'INTERVAL=',
  'COUNT=',
  'BYDAY=',
  'BYSETPOS=-366',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'DTSTART:',
  'TZID=Badzeit',
  '__proto__',
  '99991231T235959',
  '00010101',
];

/** Cuts, overwrites, repeats and inserts at random places of a valid file. */
const HOSTILE = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: VALID.length }),
      cut: fc.integer({ min: 0, max: 40 }),
      insert: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6 }), fc.constant(null)),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((edits) =>
    edits.reduce((bytes, { at, cut, insert }) => {
      const piece = insert === null ? bytes.subarray(at, at + cut) : Buffer.from(insert);
      return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(insert === null ? at : at + cut)]);
    }, VALID),
  );

function outcomeOf(bytes: Uint8Array): unknown {
  try {
    return readCalendarFile(bytes).value.events.length;
  } catch (error) {
    return error instanceof AppError ? error.code : error;
  }
}

const isSafe = (outcome: unknown): boolean => typeof outcome === 'number' || outcome === 'UPSTREAM_MALFORMED';

describe('a hostile calendar', () => {
  it('starts from a valid one', () => {
    const { value, omissions } = readCalendarFile(VALID);
    expect([value.events.length, omissions]).toEqual([3, []]);
  });

  it('is read or refused, and never crashes the reader', () => {
    fc.assert(
      fc.property(fc.oneof(HOSTILE, fc.uint8Array({ maxLength: 300 })), (bytes) => {
        const outcome = outcomeOf(bytes);
        expect([outcome, isSafe(outcome)]).toEqual([outcome, true]);
      }),
      { numRuns: FUZZ_RUNS },
    );
  });

  it('cannot change what all objects inherit', () => {
    const text = eventOf('DTSTART;__PROTO__=x;TZID=__proto__:20260302T063000', 'X-A:1', '__PROTO__:1', 'UID:__proto__');
    expect(outcomeOf(calendarOf(text, eventOf('UID:constructor', 'DTSTART:20260101')))).toBe(1);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('does not take long for lines that invite backtracking', () => {
    const lines = [
      '\r'.repeat(200_000),
      `DTSTART;X="${'a'.repeat(100_000)}`,
      `CATEGORIES:${'\\'.repeat(100_000)}`,
      `A;${'B=1;'.repeat(40_000)}`,
    ];
    expect(lines.map((line) => outcomeOf(calendarOf(line, eventOf('DTSTART:20260101'))))).toEqual([1, 1, 1, 1]);
  });
});
