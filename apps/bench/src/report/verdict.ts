import type { Spread } from './spread.js';

/** What a figure should be: `least` must be reached, `most` must not be passed. */
export interface Target {
  readonly what: string;
  readonly at: 'least' | 'most';
  /** Without it the promise is broken. */
  readonly floor: number;
  readonly aim: number;
  /** Behind the numbers, e.g. `×`. */
  readonly unit: string;
}

/** `undecided`: the rounds spread over the bound, so that the next run might say the opposite. */
export type Judgement = 'met' | 'missed' | 'undecided';

export interface Verdict extends Target {
  readonly measured: Spread;
  readonly ofFloor: Judgement;
  readonly ofAim: Judgement;
}

export function judge(target: Target, measured: Spread): Verdict {
  return {
    ...target,
    measured,
    ofFloor: judgeBound(target.at, target.floor, measured),
    ofAim: judgeBound(target.at, target.aim, measured),
  };
}

function judgeBound(at: Target['at'], bound: number, { min, max }: Spread): Judgement {
  const [worst, best] = at === 'least' ? [min, max] : [-max, -min];
  const wanted = at === 'least' ? bound : -bound;
  if (worst >= wanted) return 'met';
  return best < wanted ? 'missed' : 'undecided';
}
