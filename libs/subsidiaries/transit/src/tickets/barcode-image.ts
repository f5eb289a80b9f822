import bwip from 'bwip-js';
import { AppError } from '#lib/kernel';

/** As printed on railway tickets and shown by apps: with 23 % error correction. Each character is one byte. */
const AZTEC = { bcid: 'azteccode', eclevel: 23, binarytext: true } as const;
/** Twice the largest ticket met with; an Aztec code at that correction could hold half as much again. */
const MOST_BYTES = 1_000;
/** A module is drawn two units wide, so it has 8 pixels, and two modules around the code stay quiet. */
const LOOK = { padding: 4, scale: 4, backgroundcolor: 'FFFFFF' } as const;

/**
 * Draws a ticket's payload as Aztec code.
 * @throws AppError INVALID_INPUT for an empty payload and for one of more than 1,000 bytes
 */
export function barcodeSvg(payload: Uint8Array): string {
  return bwip.toSVG({ ...AZTEC, ...LOOK, text: textOf(payload) });
}

/** As {@link barcodeSvg}, as PNG image. */
export async function barcodePng(payload: Uint8Array): Promise<Buffer> {
  return bwip.toBuffer({ ...AZTEC, ...LOOK, text: textOf(payload) });
}

function textOf(payload: Uint8Array): string {
  if (payload.length === 0) throw unfit('is empty');
  if (payload.length > MOST_BYTES) throw unfit(`is longer than ${MOST_BYTES} bytes`);
  return Buffer.from(payload).toString('latin1');
}

function unfit(reason: string): AppError {
  return new AppError('INVALID_INPUT', `payload: ${reason}`, { path: 'payload', reason });
}
