import { describe, expect, it } from '@jest/globals';
import { readOrder } from './read-order.js';

const read = (line: string) => readOrder(line.split(' ').filter(Boolean));

describe('an order on the command line', () => {
  it.each([
    ['list', { verb: 'list', filter: { first: 200, olderThanSeconds: 0 }, json: false }],
    [
      'list --state with_agent,UNCERTAIN --subsidiary energy --older-than 2h --first 5 --json',
      {
        verb: 'list',
        filter: { states: ['WITH_AGENT', 'UNCERTAIN'], subsidiary: 'ENERGY', olderThanSeconds: 7_200, first: 5 },
        json: true,
      },
    ],
    ['show 2026-7K3M-9QXT', { verb: 'show', name: '2026-7K3M-9QXT', data: false, reason: '' }],
    ['show p-1 --data --reason asked', { verb: 'show', name: 'p-1', data: true, reason: 'asked' }],
    ['retry p-1 --reason fixed', { verb: 'retry', name: 'p-1', reason: 'fixed', surely: false }],
    [
      'retry p-1 --reason looked --surely-without-effect',
      { verb: 'retry', name: 'p-1', reason: 'looked', surely: true },
    ],
    ['resolve p-1 refused --reason seen', { verb: 'resolve', name: 'p-1', outcome: 'refused', reason: 'seen' }],
    ['pause pools --reason works', { verb: 'pause', subsidiary: 'POOLS', reason: 'works' }],
    ['resume POOLS', { verb: 'resume', subsidiary: 'POOLS' }],
  ])('%s is understood', (line, order) => {
    expect(read(line)).toEqual({ order, actor: undefined });
  });

  it('says who gives it', () => {
    expect(read('resume POOLS --as kim').actor).toBe('kim');
  });

  it.each([
    ['', 'the first word must be list, show, retry, resolve, pause, resume'],
    ['constructor', 'the first word must be'],
    ['list x', 'list takes no further word'],
    ['show', 'show takes 1 more word'],
    ['show p-1 --data', 'personal data need --reason'],
    ['retry p-1', 'retry needs --reason'],
    [`retry p-1 --reason ${'x'.repeat(201)}`, 'of at most 200 characters'],
    ['resolve p-1 maybe --reason x', 'resolve as what'],
    ['list --state lost', 'no such state: LOST'],
    ['list --first 0', '--first must be 1 to 200'],
    ['list --first many', '--first must be 1 to 200'],
    ['list --older-than soon', '--older-than must be a time'],
    ['list --reason x', 'list knows no --reason'],
    ['resume POOLS --data', 'resume knows no --data'],
    ['list --colour red', "Unknown option '--colour'"],
  ])('%s is answered with what is wrong', (line, reason) => {
    expect(() => read(line)).toThrow(reason);
  });
});
