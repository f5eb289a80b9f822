import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '#lib/kernel';
import { readTicket } from './read-ticket.js';
import * as uic from './testing/uic-fixture.js';
import { vdvFixture } from './testing/vdv-fixture.js';

const RUNS = Number(process.env.FUZZ_RUNS ?? 300);

const { barcode, authority } = vdvFixture();
const CONTENT = Buffer.concat([
  uic.HEAD,
  uic.layoutBlock('RCT2', [0, 18, 'Fahrkarte'], [1, 18, 'Gültig vom 04.05.2026 bis 03.06.2026']),
  uic.orderBlock({ '001': 'Flexpreis', '014': 'S2' }),
  uic.VDV_BLOCK,
  uic.flexTicket(3, uic.PASS_OF_MAY, {
    openTicket: {
      returnIncluded: false,
      validRegion: [{ zones: { zoneId: [1n] } }],
      tariffs: [{ restrictedToCountryOfResidence: true }],
    },
  }),
]);

/** A place as part of the whole, what happens there, and to how many bytes. */
const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom('set', 'drop', 'insert', 'end'),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }),
});

function damaged(bytes: Buffer, damages: readonly { at: number; kind: string; bytes: Uint8Array }[]): Buffer {
  return damages.reduce<Buffer>((whole, { at: part, kind, bytes: other }) => {
    const at = Math.floor(part * whole.length);
    if (kind === 'end') return whole.subarray(0, at);
    const gone = kind === 'insert' ? 0 : other.length;
    return Buffer.concat([whole.subarray(0, at), kind === 'drop' ? Buffer.alloc(0) : other, whole.subarray(at + gone)]);
  }, bytes);
}

/** Reads or refuses; anything else is a crash and fails the test. */
function outcomeOf(bytes: Uint8Array): 'read' | 'refused' {
  try {
    return JSON.stringify(readTicket(bytes, [authority])).length > 0 ? 'read' : 'refused';
  } catch (error) {
    if (error instanceof AppError && error.code === 'UPSTREAM_MALFORMED') return 'refused';
    throw error;
  }
}

describe('damaged barcodes are read or refused, never a crash', () => {
  it.each([
    ['railway tickets', uic.packBarcode(CONTENT)],
    ['local transport tickets', barcode],
  ])('%s', (_case, whole) => {
    expect(outcomeOf(whole)).toBe('read');
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
        expect(['read', 'refused']).toContain(outcomeOf(damaged(whole, damages)));
      }),
      { numRuns: RUNS },
    );
  });

  it('railway tickets damaged before they were compressed', () => {
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
        expect(['read', 'refused']).toContain(outcomeOf(uic.packBarcode(damaged(CONTENT, damages))));
      }),
      { numRuns: RUNS },
    );
  });

  it('noise behind any of the marks', () => {
    const marks = fc.constantFrom('#UT01', '#UT02', 'OTI01', '\x9e\x81\x80', '');
    fc.assert(
      fc.property(marks, fc.uint8Array({ maxLength: 400 }), (mark, noise) => {
        expect(['read', 'refused']).toContain(outcomeOf(Buffer.concat([Buffer.from(mark, 'latin1'), noise])));
      }),
      { numRuns: RUNS },
    );
  });

  it.each(['13', '02', '03'])('noise as flexible content of version %s', (version) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        expect(outcomeOf(uic.uicBarcode([uic.block('U_FLEX', version, Buffer.from(noise))]))).toBe('read');
      }),
      { numRuns: RUNS },
    );
  });
});
