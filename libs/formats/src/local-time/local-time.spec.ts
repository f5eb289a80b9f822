import { describe, expect, it } from '@jest/globals';
import { localInstant } from './local-time.js';

describe('a time that may lack its zone', () => {
  it.each([
    ['2026-07-01T10:00:00', '2026-07-01T08:00:00.000Z'],
    ['2026-01-01T10:00:00', '2026-01-01T09:00:00.000Z'],
    ['2026-07-01 10:00', '2026-07-01T08:00:00.000Z'],
    ['2026-07-01', '2026-06-30T22:00:00.000Z'],
    ['2026-07-01T10:00:00.9876543+02:00', '2026-07-01T08:00:00.000Z'],
    ['2026-07-01T10:00:00+0200', '2026-07-01T08:00:00.000Z'],
    ['2026-07-01T10:00:00.5Z', '2026-07-01T10:00:00.000Z'],
    ['2026-03-29T02:30:00', '2026-03-29T01:30:00.000Z'],
    ['2026-07-01T24:00:00', undefined],
    ['2026-13-01T10:00:00', undefined],
    ['gestern', undefined],
  ])('the timestamp "%s" is %s', (text, expected) => {
    expect(localInstant(text)).toBe(expected);
  });
});
