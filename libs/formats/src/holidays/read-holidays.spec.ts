import { describe, expect, it } from '@jest/globals';
import { readHolidays } from './read-holidays.js';

const read = (document: unknown) => readHolidays(Buffer.from(JSON.stringify(document)));
const malformedAt = (path: string) =>
  expect.objectContaining({ code: 'UPSTREAM_MALFORMED', details: expect.objectContaining({ path }) });

const WORLD_CHILDREN = {
  name: 'Weltkindertag',
  startDate: '2027-09-20',
  endDate: '2027-09-20',
  states: ['TH'],
  sequence: 1,
};
const AUTUMN = { name: 'Herbstferien', date: '2027-10-09', endDate: '2027-10-23' };

describe('a list of holidays', () => {
  it('of the whole country names the states of each', () => {
    expect(read({ holidays: [WORLD_CHILDREN] })).toEqual({
      value: {
        kind: 'public',
        holidays: [{ name: 'Weltkindertag', first: '2027-09-20', last: '2027-09-20', states: ['TH'] }],
      },
      omissions: [],
    });
  });

  it('of schools names its state once', () => {
    const { value } = read({ metadata: { state: 'Thüringen', code: 'TH' }, holidays: [AUTUMN] });
    expect(value).toEqual({
      kind: 'school',
      holidays: [{ name: 'Herbstferien', first: '2027-10-09', last: '2027-10-23', states: ['TH'] }],
    });
  });

  it('loses a malformed row and keeps the others', () => {
    const rows = [
      WORLD_CHILDREN,
      { ...WORLD_CHILDREN, endDate: '2027-09-19' },
      { ...WORLD_CHILDREN, states: ['th'] },
      { ...WORLD_CHILDREN, startDate: '2027-02-30' },
    ];
    const { value, omissions } = read({ holidays: rows });
    expect(value.holidays).toHaveLength(1);
    expect(omissions).toEqual([
      { path: '$.holidays[1].endDate', reason: 'lies before the first day' },
      { path: '$.holidays[2].states[0]', reason: 'is no code of a state' },
      { path: '$.holidays[3].startDate', reason: 'is no date' },
    ]);
  });

  it('may be empty', () => {
    expect(read({ holidays: [] }).value.holidays).toEqual([]);
  });

  it.each([
    ['a list', [], '$'],
    ['an object without holidays', {}, '$.holidays'],
    ['full of malformed rows', { holidays: [AUTUMN] }, '$.holidays[0].startDate'],
    ['of no state', { metadata: { code: '??' }, holidays: [] }, '$.metadata.code'],
  ])('is refused when it is %s', (_, document, path) => {
    expect(() => read(document)).toThrow(malformedAt(path));
  });

  it.each(['', 'BEGIN:VCALENDAR', '\xff'])('is refused when it is no JSON', (text) => {
    expect(() => readHolidays(Buffer.from(text, 'latin1'))).toThrow(malformedAt('$'));
  });
});
