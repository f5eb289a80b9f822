import { dayField, decimalField, malformed, WireObject } from '#lib/formats';
import type { KeptReading } from '../../model/meters/kept-reading.js';
import type { MeterReading, ReadingNote } from '../../model/meters/meter-reading.js';
import { sameNumber } from '../../model/sap-number.js';
import { readingCategoryOf, readingReasonOf, readingStateOf } from './reading-codes.js';
import { numberField, unitOf } from '../sap/umc-fields.js';

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

/** Reads a `MeterReadingResult` with what a history tells of it. @throws AppError UPSTREAM_MALFORMED */
export function readKeptReading(row: unknown, path: string, device: string): KeptReading {
  const result = new WireObject(row, path);
  const unit = result.optionalText('ReadingUnit', 3);
  return {
    ...readReading(row, path, device),
    number: numberField(result, 'MeterReadingResultID', 20),
    unit: unit === null ? null : unitOf(unit),
    category: readingCategoryOf(result.optionalText('MeterReadingCategoryID', 2)),
    state: readingStateOf(result.optionalText('MeterReadingStatusID', 1)),
    reason: readingReasonOf(result.optionalText('MeterReadingReasonID', 2)),
  };
}

/** Reads a `MeterReadingNote`. @throws AppError UPSTREAM_MALFORMED */
export function readNote(row: unknown, path: string): ReadingNote {
  const note = new WireObject(row, path);
  const code = note.text('MeterReadingNoteID', 4);
  if (!/^[A-Za-z0-9]+$/.test(code)) throw malformed(note.at('MeterReadingNoteID'), 'is not a code');
  return { code, description: note.text('Description', 50) };
}
