import { randomInt } from 'node:crypto';
import type { Instant } from '#lib/kernel';

/** What a receipt states: that a wish was accepted, and which one. It says nothing about who made it. */
export interface ReceiptFacts {
  /** Number that people read out on the phone, e.g. `2026-7K3M-9QXT`. */
  readonly number: string;
  readonly at: Instant;
  readonly kind: string;
  /** German title of the kind at that time. */
  readonly title: string;
  /** Keys of the subsidiaries concerned, in the order of the steps. */
  readonly subsidiaries: readonly string[];
  /** Id of the process. */
  readonly process: string;
  /** SHA-256 of the canonical input (RFC 8785), as hex: whoever holds the input can compare. */
  readonly inputHash: string;
}

/** Crockford's base 32: no letters that look like digits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A new number: the year and 40 random bits, which nobody can guess from another one. */
export function makeReceiptNumber(at: Instant): string {
  const letters = Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `${at.slice(0, 4)}-${letters.slice(0, 4)}-${letters.slice(4)}`;
}
