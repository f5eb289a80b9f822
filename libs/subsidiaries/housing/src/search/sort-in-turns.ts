import type { Turns } from '../feed/turns.js';

/** Items that are put in order at once, and that are merged in one turn: some tenths of a millisecond. */
const RUN = 500;
const MERGED_PER_TURN = 4_000;

/** The items in order, as `toSorted` gives them: what is equal stays in its order. */
export function* sortedInTurns(
  items: Uint32Array,
  compare: (left: number, right: number) => number,
): Turns<Uint32Array> {
  let sorted = items.slice();
  let spare = new Uint32Array(items.length);
  for (let start = 0; start < sorted.length; start += RUN) {
    sorted.subarray(start, start + RUN).sort(compare);
    yield;
  }
  for (let width = RUN; width < sorted.length; width *= 2) {
    for (let start = 0; start < sorted.length; start += 2 * width) {
      yield* merge(sorted, spare, { start, middle: start + width, end: start + 2 * width }, compare);
    }
    [sorted, spare] = [spare, sorted];
  }
  return sorted;
}

interface Runs {
  readonly start: number;
  readonly middle: number;
  readonly end: number;
}

/** Two neighbouring runs into one; ends beyond the list count as its end. */
function* merge(
  from: Uint32Array,
  into: Uint32Array,
  runs: Runs,
  compare: (left: number, right: number) => number,
): Turns<void> {
  const middle = Math.min(runs.middle, from.length);
  const end = Math.min(runs.end, from.length);
  let left = runs.start;
  let right = middle;
  for (let at = runs.start; at < end; at += 1) {
    const takesLeft = left < middle && (right === end || compare(from[left]!, from[right]!) <= 0);
    into[at] = from[takesLeft ? left++ : right++]!;
    if (at % MERGED_PER_TURN === MERGED_PER_TURN - 1) yield;
  }
}
