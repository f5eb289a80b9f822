import { describe, expect, it } from '@jest/globals';
import { exitCodeOf, tableOf, type Line, type Report } from './report.js';

const line = (change: Partial<Line>): Line => ({
  id: 'a.b',
  requirement: 'Something holds',
  source: 'RFC 1',
  level: 'MUST',
  outcome: 'ok',
  seen: 'it does',
  ...change,
});
const report = (...lines: Line[]): Report => ({
  gateway: 'https://a.example',
  channel: 'portal',
  persona: null,
  lines,
});

describe('the report', () => {
  it('is a table with a summary, and carries nothing that moves the terminal', () => {
    const table = tableOf(report(line({}), line({ level: 'SHOULD', outcome: 'failed', seen: 'a\u001b[2J\nb' })));
    expect(table.split('\n')).toEqual([
      'result  level   requirement      source  seen',
      'ok      MUST    Something holds  RFC 1   it does',
      'failed  SHOULD  Something holds  RFC 1   a?[2J?b',
      '',
      'https://a.example, channel portal, nobody signed in: 1 MUST and 0 SHOULD hold, 0 MUST and 1 SHOULD do not, 0 not looked at.',
    ]);
  });

  it.each([
    ['a MUST that fails', { outcome: 'failed' } as const, 1],
    ['a SHOULD that fails', { outcome: 'failed', level: 'SHOULD' } as const, 0],
    ['a MUST that could not be looked at', { outcome: 'skipped' } as const, 0],
  ])('%s ends the command with its code', (_what, change, code) => {
    expect(exitCodeOf(report(line({}), line(change)))).toBe(code);
  });
});
