import { describe, expect, it } from '@jest/globals';
import { AppError } from './app-error.js';
import { incidentOf } from './incident.js';

describe('An incident', () => {
  it('has a number that stands in its line', () => {
    const { number, line } = incidentOf(new TypeError('x is not a function'));
    expect(number).toMatch(/^[0-9a-f]{8}$/);
    expect(line).toMatch(
      new RegExp(`^incident ${number}: TypeError < .*libs/kernel/src/incident\\.spec\\.ts:\\d+:\\d+`),
    );
  });

  it('has another number each time', () => {
    expect(incidentOf(null).number).not.toBe(incidentOf(null).number);
  });

  it('follows causes and tells none of their messages', () => {
    const cause = new RangeError('erika@example.org');
    const { line } = incidentOf(new AppError('INTERNAL', 'of Erika\nMusterfrau', {}, cause));
    expect(line).toMatch(/AppError < .*, caused by RangeError < /);
    expect(line).not.toMatch(/rika|\n/);
  });

  it('ends where causes go in circles', () => {
    const error = new Error('a');
    error.cause = error;
    expect(incidentOf(error).line.match(/caused by/g)).toHaveLength(4);
  });

  it.each([
    ['text', 'thrown string'],
    [undefined, 'thrown undefined'],
    [Object.assign(new Error('a'), { name: 'Erika Musterfrau' }), 'Error'],
    [Object.assign(new Error('a'), { stack: 'Error: Erika\n    at Musterfrau\n at (x)' }), 'Error'],
  ])('of %p names only what is safe', (thrown, told) => {
    const { line } = incidentOf(thrown);
    expect(line).toContain(told);
    expect(line).not.toContain('Erika');
    expect(line).not.toContain('Musterfrau');
  });

  it('says nothing of where the program is installed', () => {
    const stack =
      'Error: a\n    at run (file:///somewhere/closed/dist/libs/graph/src/x.js:1:2)\n    at node:internal/y:3:4';
    expect(incidentOf(Object.assign(new Error('a'), { stack })).line).toMatch(
      /: Error < run libs\/graph\/src\/x\.js:1:2 < anonymous y:3:4$/,
    );
  });
});
