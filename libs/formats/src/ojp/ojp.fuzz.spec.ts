import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '#lib/kernel';
import { readOjp } from './read-ojp.js';
import * as messages from './testing/messages.js';
import { writeStopEventRequest } from './write-request.js';
import type { Instant } from '#lib/kernel';

const RUNS = Number(process.env.FUZZ_RUNS ?? 300);

const ANSWERS = messages.ojpAnswer(messages.LOCATIONS, messages.STOP_EVENTS, messages.TRIPS, messages.FARES).toString();
const NOW = '2026-05-04T08:00:00.000Z' as Instant;
const MESSAGES = [
  ANSWERS,
  messages.triasAnswer(messages.TRIAS_STOP_EVENTS).toString(),
  writeStopEventRequest(
    { requestor: 'a', now: NOW, messageId: 'b' },
    { stopRef: 'c', time: NOW, type: 'arrival', limit: 1 },
  ),
];

/** Reads or refuses; anything else is a crash and fails the test. */
function outcomeOf(text: string | Uint8Array): 'read' | 'refused' {
  try {
    return JSON.stringify(readOjp(typeof text === 'string' ? Buffer.from(text) : text)).length > 0 ? 'read' : 'refused';
  } catch (error) {
    if (error instanceof AppError && error.code === 'UPSTREAM_MALFORMED') return 'refused';
    throw error;
  }
}

const WORDS = [
  '',
  '-1',
  '1e9',
  'NaN',
  '99999999999999999999',
  '2026-02-30T25:61:00Z',
  'P1Y',
  'true',
  '<a/>',
  '&amp;',
  '&x;',
  '<!DOCTYPE a>',
  '__proto__',
  '\0',
  '💥',
];
const part = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

describe('damaged messages are read or refused, never a crash', () => {
  it('with a text or an element exchanged, dropped or doubled', () => {
    const change = fc.record({
      at: part,
      word: fc.constantFrom(...WORDS),
      kind: fc.constantFrom('text', 'drop', 'double'),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...MESSAGES),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        (message, changes) => {
          const text = changes.reduce((whole, { at, word, kind }) => {
            // Leaf elements with their text; what is whole stays well-formed, so that the reading itself is tried.
            const leaves = [...whole.matchAll(/<([\w:]+)[^<>/]*>([^<>]*)<\/\1>/g)];
            const leaf = leaves[Math.floor(at * leaves.length)];
            if (leaf === undefined) return whole;
            const [element, name = ''] = leaf;
            const other = kind === 'text' ? `<${name}>${word}</${name}>` : kind === 'drop' ? '' : element + element;
            return whole.slice(0, leaf.index) + other + whole.slice(leaf.index + element.length);
          }, message);
          expect(['read', 'refused']).toContain(outcomeOf(text));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('with bytes exchanged or cut off', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MESSAGES),
        part,
        fc.uint8Array({ maxLength: 8 }),
        fc.boolean(),
        (message, at, bytes, cut) => {
          const whole = Buffer.from(message);
          const place = Math.floor(at * whole.length);
          const rest = cut ? Buffer.alloc(0) : whole.subarray(place + bytes.length);
          expect(['read', 'refused']).toContain(outcomeOf(Buffer.concat([whole.subarray(0, place), bytes, rest])));
        },
      ),
      { numRuns: RUNS },
    );
  });
});
