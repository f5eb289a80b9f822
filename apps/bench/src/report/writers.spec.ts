import { describe, expect, it } from '@jest/globals';
import type { Report } from './findings.js';
import { numberText, spreadText } from './number-text.js';
import { spreadOf } from './spread.js';
import { judge } from './verdict.js';
import { writeMarkdown } from './write-markdown.js';
import { writeSvg } from './write-svg.js';

const speed = { what: 'ours against theirs', at: 'least', floor: 4, aim: 6, unit: '×' } as const;
const report: Report = {
  at: '2026-11-18T12:00:00.000Z',
  machine: 'Node 20, 2 × processor',
  rounds: 3,
  checked: 1_234,
  findings: [
    {
      scenario: 'pond',
      title: 'Pond <deep> & cold',
      how: 'How it was done.',
      drawn: 'requests/s',
      rows: [
        { contender: 'Saaltor', figures: { 'requests/s': spreadOf([100, 200, 300]), 'CPU ms/request': spreadOf([2]) } },
        { contender: '(a) <other>', figures: { 'requests/s': spreadOf([50]) } },
      ],
      verdicts: [judge(speed, spreadOf([4, 5, 7]))],
    },
    { scenario: 'lone', title: 'Lone', how: 'x', rows: [], verdicts: [] },
  ],
};

describe('figures as text', () => {
  it.each([
    [1234.5, '1,235'],
    [123.4, '123'],
    [12.34, '12.3'],
    [1.234, '1.23'],
    [0.041, '0.04'],
    [0, '0.00'],
  ])('show of %d what counts', (value, text) => {
    expect(numberText(value)).toBe(text);
  });

  it('tell the range only where there is one', () => {
    expect(spreadText(spreadOf([2, 2]))).toBe('2.00');
    expect(spreadText(spreadOf([1, 2, 4]))).toBe('2.00 (1.00–4.00)');
  });
});

describe('the table', () => {
  it('begins with the verdicts and says what was compared', () => {
    const text = writeMarkdown(report);
    expect(text).toContain('3 interleaved rounds');
    expect(text).toContain('1,234 answers were checked');
    expect(text).toMatch(
      /\| ours against theirs \| +5\.00 \(4\.00–7\.00\)× \| +≥ 4\.00×: met \| ≥ 6\.00×: undecided \|/,
    );
  });

  it('has a line for each contender and all columns on each', () => {
    const lines = writeMarkdown(report).split('\n');
    const from = lines.findIndex((line) => line.includes('requests/s'));
    expect(lines[from]).toContain('CPU ms/request');
    const table = lines.slice(from, from + 4);
    expect(new Set(table.map(({ length }) => length)).size).toBe(1);
    expect(table.at(-1)).toMatch(/^\| \(a\) <other> \| +50\.0 \| +\|$/);
  });
});

describe('the picture', () => {
  const svg = writeSvg(report);

  it('draws a bar for each contender, the longest line ending at the right', () => {
    const widths = [...svg.matchAll(/<rect x="230" y="\d+" width="([\d.]+)"/g)].map(([, width]) => Number(width));
    expect(widths).toHaveLength(2);
    expect(widths[0]! / widths[1]!).toBeCloseTo(4, 1);
    expect(svg).toContain('x2="670"');
  });

  it('leaves out what has nothing to compare, and what a title holds is text', () => {
    expect(svg).not.toContain('Lone');
    expect(svg).toContain('Pond &lt;deep&gt; &amp; cold (requests/s)');
    expect(svg).toContain('(a) &lt;other&gt;');
  });
});
