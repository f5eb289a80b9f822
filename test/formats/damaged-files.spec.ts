import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { readEnvelope } from '#lib/formats';
import { AppError } from '#lib/kernel';
import type { FormatReader } from '#lib/subsidiary-kit';
import { readers } from '../../apps/reader/src/readers.js';

/** More of them: FUZZ_RUNS=10000 SAMPLES=<folder> npm test -- damaged-files */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 150);
/** A folder of genuine files, laid out as for `npm run samples`; without one the repository's own fixtures are damaged. */
const SAMPLES = process.env['SAMPLES'] ?? '';
/** Larger files say no more about a reader and take longer to damage. */
const LARGEST_BYTES = 400_000;

const envelope: FormatReader = {
  format: 'soap',
  describe: 'SOAP 1.2',
  covers: () => false,
  read: (bytes) => readEnvelope(bytes),
};

const fixture = (path: string): string => join('libs/subsidiaries', path);
/** Files of the repository by format; the path tells a reader what kind of answer it is. */
const FIXTURES: Readonly<Record<string, readonly string[]>> = {
  odata: ['energy/fixtures/contracts.answer.json', 'energy/fixtures/invoices.answer.json'].map(fixture),
  'odata-batch': [fixture('energy/fixtures/batch.answer.txt')],
  wodis: [fixture('housing/fixtures/objects.csv')],
  openimmo: ['housing/fixtures/openimmo.xml', 'housing/fixtures/openimmo-teil.xml'].map(fixture),
  soap: ['housing/fixtures/get-leases.answer.xml', 'housing/fixtures/get-leases.fault.xml'].map(fixture),
  till: ['pools/fixtures/get-clients-ex.answer.xml', 'pools/fixtures/client-deposit.answer.xml'].map(fixture),
  ticos: [fixture('pools/fixtures/gates-counter.answer.json')],
  hafas: ['transit/fixtures/loc-match.answer.json', 'transit/fixtures/station-board.answer.json'].map(fixture),
};

interface Specimen {
  readonly path: string;
  readonly bytes: Buffer;
}

function specimensOf({ format, covers }: FormatReader): Specimen[] {
  const own = (FIXTURES[format] ?? []).map((path) => ({ path, bytes: readFileSync(path) }));
  const genuine = listSamples()
    .filter((path) => covers(path))
    .map((path) => ({ path, bytes: readFileSync(join(SAMPLES, path)) }));
  const files = [...own, ...genuine].filter(({ bytes }) => bytes.length <= LARGEST_BYTES);
  return format === 'wodis' ? [...files, ...files.map(zipped)] : files;
}

function zipped({ bytes }: Specimen): Specimen {
  return { path: 'housing-wodis-csv/objects.zip', bytes: Buffer.from(zipSync({ 'objects.csv': bytes })) };
}

function listSamples(): string[] {
  if (SAMPLES === '' || !existsSync(SAMPLES)) return [];
  return readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' })
    .map((path) => relative('.', path))
    .filter((path) => statSync(join(SAMPLES, path)).isFile());
}

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
/** What stands in many formats for something, at a place where it does not belong. */
const WORDS = ['', '\0', '"', ';', '<', '</a>', '{', '[[[[', ']', 'null', '-1', '1e999', 'NaN', '\r\n', 'é', '💥']
  .concat(['__proto__', '<!DOCTYPE a [<!ENTITY b "c">]>', '&b;', '99999999999999999999', '0000-00-00', 'PK\x03\x04'])
  .map((word) => Buffer.from(word));
const damage = fc.record({
  at: place,
  kind: fc.constantFrom('exchange', 'insert', 'drop', 'double', 'cut', 'flip' as const),
  length: fc.integer({ min: 1, max: 200 }),
  word: fc.constantFrom(...WORDS),
  bit: fc.integer({ min: 0, max: 7 }),
});
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function apply(bytes: Buffer, { at, kind, length, word, bit }: Damage): Buffer {
  const start = Math.floor(at * bytes.length);
  const [before, after] = [bytes.subarray(0, start), bytes.subarray(start)];
  switch (kind) {
    case 'exchange':
      return Buffer.concat([before, word, after.subarray(word.length)]);
    case 'insert':
      return Buffer.concat([before, word, after]);
    case 'drop':
      return Buffer.concat([before, after.subarray(length)]);
    case 'double':
      return Buffer.concat([before, after.subarray(0, length), after]);
    case 'cut':
      return Buffer.from(before);
    case 'flip': {
      const flipped = Buffer.from(bytes);
      if (flipped.length > 0) flipped[start] = flipped[start]! ^ (1 << bit);
      return flipped;
    }
  }
}

/** Read, or refused with a code that says where or why; anything else is a crash. */
function outcomeOf(reader: FormatReader, bytes: Buffer, path: string): 'read' | 'refused' {
  try {
    reader.read(bytes, path);
    return 'read';
  } catch (error) {
    const told = error instanceof AppError && (error.details.path ?? error.details.reason) !== undefined;
    if (told && (error.code === 'UPSTREAM_MALFORMED' || error.code === 'UPSTREAM_REJECTED')) return 'refused';
    throw error;
  }
}

describe('damaged files are read or refused with place and reason, never a crash', () => {
  it.each([...readers, envelope].map((reader) => [reader.format, reader] as const))('%s', (format, reader) => {
    const specimens = specimensOf(reader);
    if (specimens.length === 0) {
      process.stdout.write(`not run: damaged files of ${format}, because there is none to damage\n`);
      return;
    }
    const outcomes = { read: 0, refused: 0 };
    const heap = process.memoryUsage().heapUsed;
    fc.assert(
      fc.property(
        fc.constantFrom(...specimens),
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        ({ path, bytes }, damages) => {
          outcomes[outcomeOf(reader, damages.reduce(apply, bytes), path)] += 1;
        },
      ),
      { numRuns: RUNS },
    );
    expect(outcomes.refused).toBeGreaterThan(0);
    if (process.env['FUZZ_RUNS'] === undefined) return;
    const growth = Math.round((process.memoryUsage().heapUsed - heap) / 1e6);
    process.stdout.write(`${format}: ${outcomes.read} read, ${outcomes.refused} refused, heap ${growth} MB\n`);
  });
});
