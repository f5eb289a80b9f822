import { describe, expect, it } from '@jest/globals';
import type { Instant } from '#lib/kernel';
import type { DeskEntry, PersonalDetail } from '#lib/processes';
import { showDetail, showList } from './show-processes.js';

const AT = '2026-11-22T17:00:00.000Z' as Instant;
const ENTRY: DeskEntry = {
  id: 'p-1',
  receiptNumber: '2026-7K3M-9QXT',
  kind: 'pools.top-up-card',
  subsidiary: 'POOLS',
  state: 'WITH_AGENT',
  reason: 'DEADLINE',
  attempts: 3,
  createdAt: AT,
  dueAt: AT,
  deadline: AT,
  secondsToDeadline: -7_500,
};
const DETAIL: PersonalDetail = {
  ...ENTRY,
  inDoubtSince: AT,
  steps: [{ key: 'pools.top-up-card', subsidiary: 'POOLS', state: 'WITH_AGENT' }],
  journal: [{ seq: 1, at: AT, event: 'accepted', fence: '0', data: { by: 'customer' } }],
  customerId: 'c-1',
  inputs: [{ key: 'pools.top-up-card', account: '200020', input: { note: 'rot \u001b[31m' } }],
};

describe('what operators read', () => {
  it.each([
    [-7_500, '2 h 5 min too late'],
    [59, 'in 59 s'],
    [3_599, 'in 59 min'],
    [200_000, 'in 2 d 7 h'],
  ])('says of %i seconds to the deadline: %s', (secondsToDeadline, text) => {
    expect(showList([{ ...ENTRY, secondsToDeadline }], [])).toContain(text);
  });

  it('names state, reason, receipt and id in one line each, and what is paused below', () => {
    const lines = showList([ENTRY, ENTRY], [{ subsidiary: 'POOLS', since: AT, reason: 'works' }]).split('\n');
    expect(lines[0]).toMatch(/WITH_AGENT \(DEADLINE\) +2026-7K3M-9QXT +3x +pools\.top-up-card +p-1$/);
    expect(lines.slice(2)).toEqual(['2 shown', 'paused: POOLS since 2026-11-22T18:00:00+01:00: works']);
  });

  it('shows a journal, and what customers typed without steering the terminal', () => {
    const text = showDetail(DETAIL);
    expect(text).toContain('in doubt since 2026-11-22T18:00:00+01:00');
    expect(text).toContain('customer       c-1');
    expect(text).toMatch(/ 1 +2026-11-22T18:00:00\+01:00 +accepted +owner 0 +\{"by":"customer"\}/);
    expect(text).not.toContain('\u001b');
  });
});
