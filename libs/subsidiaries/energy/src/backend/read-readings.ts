import { dayField, decimalField, malformed, WireObject } from '#lib/formats';
import type { MeterReading, ReadingNote } from '../model/meter-reading.js';
import { sameNumber } from '../model/sap-number.js';
import { numberField } from './umc-fields.js';

/**
 * Reads a `MeterReadingResult` of ERP_UTILITIES_UMC. Its time of day says when it was entered; the day counts.
 * @throws AppError UPSTREAM_MALFORMED
 */
export function readReading(row: unknown, path: string, device: string): MeterReading {
  const result = new WireObject(row, path);
  if (!sameNumber(result.text('DeviceID', 18), device)) throw malformed(result.at('DeviceID'), 'is another device');
  return {
    register: numberField(result, 'RegisterID', 3),
    date: dayField(result, 'ReadingDateTime'),
    value: decimalField(result, 'ReadingResult', 14),
  };
}

/** Reads a `MeterReadingNote`. @throws AppError UPSTREAM_MALFORMED */
export function readNote(row: unknown, path: string): ReadingNote {
  const note = new WireObject(row, path);
  const code = note.text('MeterReadingNoteID', 4);
  if (!/^[A-Za-z0-9]+$/.test(code)) throw malformed(note.at('MeterReadingNoteID'), 'is not a code');
  return { code, description: note.text('Description', 50) };
}
