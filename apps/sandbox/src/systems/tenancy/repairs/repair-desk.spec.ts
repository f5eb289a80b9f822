import { describe, expect, it } from '@jest/globals';
import { StillCity } from '../../hafas/testing/still-city.js';
import { RepairDesk } from './repair-desk.js';

describe('the switch for answers without an id', () => {
  const desk = new RepairDesk(new StillCity('2026-11-22T12:00:00+01:00'));
  const order = (text: string): unknown => desk.setAmbiguous(Buffer.from(text));

  it('is turned off and on again', () => {
    expect([order('{"on": false}'), order('{"on": true}')]).toEqual([{ ambiguous: false }, { ambiguous: true }]);
  });

  it.each(['', '{', 'null', '{}', '{"on": "yes"}'])('refuses %j', (text) => {
    expect(() => order(text)).toThrow('The body must be {"on": true} or {"on": false}.');
  });
});
