import type { Spread } from './spread.js';

/** A figure with three digits that count, or all of them before the point. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1_000) return Math.round(value).toLocaleString('en-US');
  if (size >= 100) return value.toFixed(0);
  return value.toFixed(size >= 10 ? 1 : 2);
}

/** The median, and the range where the rounds differ: `4.10 (3.90–4.35)`. */
export function spreadText({ median, min, max }: Spread): string {
  const middle = numberText(median);
  const range = `${numberText(min)}–${numberText(max)}`;
  return min === max ? middle : `${middle} (${range})`;
}
