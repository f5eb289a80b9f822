import type { World } from '../../../world/world.js';
import { withScale, compareDecimals } from '../books/decimal-text.js';
import { isLocked } from '../books/meter-readings.js';
import type { Row } from '../books/row.js';
import type { ErrorDetail } from '../sap-error.js';
import type { Entered, Meter } from './entered-reading.js';
import { isBelowLast } from './plausibility.js';

/**
 * Readings are processed by a job, and only then does the system notice (EL/424) that it has one already. Until then a
 * second one for the same register and day is booked beside the first: nobody but the client keeps doubles out.
 */
const PROCESSED_AFTER_MS = 10 * 60_000;

type Reason = Pick<ErrorDetail, 'code' | 'message'>;

/** Why a reading cannot be taken whatever note comes with it; null when it can. */
export function reasonAgainst(reading: Entered, register: Row, meter: Meter, world: World): Reason | null {
  const day = reading.readAt.slice(0, 10);
  return (
    wrongDigits(reading, register) ??
    wrongDay(day, world.today(), register, meter) ??
    already(reading, meter, world) ??
    tooLow(reading, register, meter)
  );
}

function wrongDigits({ registerId, value }: Entered, register: Row): Reason | null {
  const [before, after] = [Number(register['IntegerPlaces']), Number(register['DecimalPlaces'])];
  const whole = (value.split('.')[0] ?? '').replace(/^0+(?=\d)/, '');
  const fits =
    !value.startsWith('-') && whole.length <= before && compareDecimals(value, withScale(value, after)) === 0;
  if (fits) return null;
  const message = `Zählwerk ${registerId} hat ${before} Vorkomma- und ${after} Nachkommastellen, nicht ${value}`;
  return { code: 'EL/209', message };
}

function wrongDay(day: string, today: string, register: Row, { contract }: Meter): Reason | null {
  if (day > today) return { code: 'EL/422', message: `Ablesedatum ${day} liegt in der Zukunft` };
  if (day < contract.from) return { code: 'EL/573', message: `Ablesedatum ${day} liegt vor dem Einzug` };
  if (day > (contract.until ?? day)) return { code: 'EL/100', message: `Der Vertrag ist am ${day} beendet` };
  const last = String(register['PreviousMeterReadingDate'] ?? '').slice(0, 10);
  if (day >= last) return null;
  return { code: 'EL/459', message: `Ablesedatum ${day} liegt vor der letzten Ablesung am ${last}` };
}

/** Readings of the world itself were processed long ago. One that is locked does not stand in the way of a right one. */
function already({ registerId, readAt }: Entered, { deviceId, shelf }: Meter, world: World): Reason | null {
  const day = readAt.slice(0, 10);
  const readings = shelf.all('MeterReadingResult').filter((row) => !isLocked(row));
  const processed = readings.some((row) => {
    const same = row['DeviceID'] === deviceId && row['RegisterID'] === registerId;
    const bookedAt = row['BookedAt'] === undefined ? -Infinity : Number(row['BookedAt']);
    return same && String(row['ReadingDateTime']).startsWith(day) && world.now() - bookedAt > PROCESSED_AFTER_MS;
  });
  return processed ? { code: 'EL/424', message: `Ablesung vom ${day} ist bereits eingegangen` } : null;
}

function tooLow(reading: Entered, register: Row, { contract }: Meter): Reason | null {
  if (!isBelowLast(reading, register, contract)) return null;
  const message = `Ablesewert ${reading.value} liegt unter dem letzten Ablesewert`;
  return { code: 'EL/355', message };
}
