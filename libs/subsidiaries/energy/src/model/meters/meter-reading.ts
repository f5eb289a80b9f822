import type { Labels } from '#lib/customer';
import type { CalendarDate, DecimalText } from '#lib/kernel';
import { METER, METERED } from '../labels.js';

/** A reading (Zählerstand) that the system keeps, whoever took it. */
export interface MeterReading {
  readonly register: string;
  readonly date: CalendarDate;
  readonly value: DecimalText;
}

export const meterReadingLabels: Labels<MeterReading> = { register: METER, date: METERED, value: METERED };

/** Why a reading that looks wrong is right (Ablesehinweis), as the system lets people choose. */
export interface ReadingNote {
  /** At most four characters, `03`. */
  readonly code: string;
  readonly description: string;
}
