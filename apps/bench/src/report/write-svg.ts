import type { Findings, Report, Row } from './findings.js';
import { numberText } from './number-text.js';
import type { Spread } from './spread.js';

const WIDTH = 760;
const LABELS = 230;
const BAR_HEIGHT = 18;
const GAP = 6;
const HEADING = 34;
const MARGIN = 16;
const RIGHT = 90;
/** Our own bars stand out; both colours can be told apart by people who see no red or green. */
const OURS = '#0b6e99';
const THEIRS = '#b9c2c8';

interface Bar {
  readonly label: string;
  readonly spread: Spread;
}

/**
 * Bars of the column that each scenario has chosen, drawn from the medians, with a line from least to most. Text and
 * shapes only: no script, no font from elsewhere.
 */
export function writeSvg({ findings }: Report): string {
  const charts = findings.flatMap((found) => {
    const bars = barsOf(found);
    return bars.length > 1 ? [{ title: `${found.title} (${found.drawn})`, bars }] : [];
  });
  let top = MARGIN;
  const parts = charts.map(({ title, bars }) => {
    const drawn = drawChart(title, bars, top);
    top += HEADING + bars.length * (BAR_HEIGHT + GAP) + MARGIN;
    return drawn;
  });
  const head =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}" ` +
    `font-family="system-ui, sans-serif" font-size="13" role="img">`;
  const title = `<title>Bench: latest run</title><rect width="100%" height="100%" fill="#ffffff"/>`;
  return `${head}\n${title}\n${parts.join('\n')}\n</svg>\n`;
}

function barsOf({ rows, drawn = '' }: Findings): readonly Bar[] {
  return rows.flatMap(({ contender, figures }: Row) => {
    const spread = figures[drawn];
    return spread === undefined ? [] : [{ label: contender, spread }];
  });
}

function drawChart(title: string, bars: readonly Bar[], top: number): string {
  const longest = Math.max(...bars.map(({ spread }) => spread.max));
  const scale = (value: number): number => (value / longest) * (WIDTH - LABELS - RIGHT);
  const lines = bars.map(({ label, spread }, index) => {
    const y = top + HEADING + index * (BAR_HEIGHT + GAP);
    const middle = y + BAR_HEIGHT / 2;
    const fill = label.startsWith('Saaltor') ? OURS : THEIRS;
    return [
      `<text x="${LABELS - 8}" y="${middle + 4}" text-anchor="end">${escape(label)}</text>`,
      `<rect x="${LABELS}" y="${y}" width="${round(scale(spread.median))}" height="${BAR_HEIGHT}" fill="${fill}"/>`,
      `<line x1="${round(LABELS + scale(spread.min))}" x2="${round(LABELS + scale(spread.max))}" y1="${middle}" y2="${middle}" stroke="#333333"/>`,
      `<text x="${round(LABELS + scale(spread.max)) + 6}" y="${middle + 4}">${numberText(spread.median)}</text>`,
    ].join('');
  });
  const heading = `<text x="${MARGIN}" y="${top + 18}" font-weight="600">${escape(title)}</text>`;
  return [heading, ...lines].join('\n');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
