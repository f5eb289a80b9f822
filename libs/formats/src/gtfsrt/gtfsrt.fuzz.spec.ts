import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '#lib/kernel';
import { readRealtime } from './read-realtime.js';
import { encodeFeed } from './testing/encode-feed.js';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);

const BINARY = encodeFeed([
  {
    id: 'u',
    trip_update: {
      trip: { trip_id: 'T', start_date: '20260601', start_time: '24:10:00', schedule_relationship: 0 },
      stop_time_update: [
        { stop_sequence: 1, departure: { time: 1_780_308_000 } },
        { stop_id: 'S', arrival: { delay: -5 } },
      ],
    },
  },
  { id: 'v', vehicle: { position: { latitude: 50, longitude: 11 }, vehicle: { id: 'V' } } },
  {
    id: 'a',
    alert: { cause: 3, informed_entity: [{ stop_id: 'S' }], header_text: { translation: [{ text: 'Bau' }] } },
  },
]);

const TEXT = `header { gtfs_realtime_version: "2.0" timestamp: 1780308000 }
entity { id: "u" trip_update { trip { trip_id: "T" start_date: "20260601" }
  stop_time_update { stop_sequence: 1 departure { delay: -5 } } [a.b] { x: [1, 'y'] } } }
entity: < id: "a\\303\\274" alert { cause: STRIKE active_period { start: 0x10 } header_text { translation { text: "B" } } } >`;

function isReadOrRefused(bytes: Buffer): void {
  try {
    const { tripUpdates, vehicles, alerts, omitted } = readRealtime(bytes);
    expect(tripUpdates.length + vehicles.length + alerts.length + omitted).toBeLessThanOrEqual(bytes.length);
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
  }
}

describe('GTFS Realtime feeds', () => {
  const byteChange = fc.record({
    at: fc.nat(BINARY.length),
    remove: fc.nat(3),
    insert: fc.uint8Array({ maxLength: 3 }),
  });
  const piece = fc.oneof(
    fc.constantFrom(
      '"',
      "'",
      '\\',
      '{',
      '}',
      '<',
      '>',
      '[',
      ']',
      ':',
      ',',
      '#',
      '\\x',
      '\\U00110000',
      '0x',
      '-',
      '1e400',
    ),
    fc.string(),
  );
  const textChange = fc.record({ at: fc.nat(TEXT.length), remove: fc.nat(5), insert: piece });

  it('that are damaged in their binary form are read or refused, nothing else', () => {
    fc.assert(
      fc.property(fc.array(byteChange, { minLength: 1, maxLength: 5 }), (changes) =>
        isReadOrRefused(
          changes.reduce<Buffer>(
            (bytes, { at, remove, insert }) =>
              Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]),
            BINARY,
          ),
        ),
      ),
      { numRuns: RUNS },
    );
  });

  it('that are damaged in their text form are read or refused, nothing else', () => {
    fc.assert(
      fc.property(fc.array(textChange, { minLength: 1, maxLength: 5 }), (changes) =>
        isReadOrRefused(
          Buffer.from(
            changes.reduce(
              (text, { at, remove, insert }) => text.slice(0, at) + insert + text.slice(at + remove),
              TEXT,
            ),
          ),
        ),
      ),
      { numRuns: RUNS },
    );
  });
});
