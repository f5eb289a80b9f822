import type { Attempt } from '../attempts/attempts.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** People mistype two or three times; whoever guesses needs far more. */
const PER_CUSTOMER = { most: 5, withinMs: HOUR_MS };
/** Whoever guesses with many sign-ins meets the limit of the number. Households of two may both mistype on one day. */
const PER_NUMBER = { most: 10, withinMs: DAY_MS };
/** Letters cost postage and trouble people who never asked for one. */
const LETTERS_PER_NUMBER = { most: 2, withinMs: DAY_MS };

/** @param number in its one spelling */
export function linkAttempt(kind: 'fact' | 'letter', customerId: string, subsidiary: string, number: string): Attempt {
  return {
    actor: [customerId],
    target: [kind, subsidiary, number],
    perActor: PER_CUSTOMER,
    perTarget: kind === 'fact' ? PER_NUMBER : LETTERS_PER_NUMBER,
  };
}
