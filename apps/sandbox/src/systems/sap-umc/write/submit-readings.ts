import type { Backend } from '../books/backend.js';
import { midnight } from '../books/dates.js';
import { withScale } from '../books/decimal-text.js';
import { bookedReadingIdOf } from '../books/derived-numbers.js';
import type { BookedReading } from '../books/ledger.js';
import { MASTER_DATA } from '../books/master-data.js';
import type { Row } from '../books/row.js';
import { badRequest, businessError, implausible } from '../sap-error.js';
import type { Entered, Meter } from './entered-reading.js';
import type { Payload } from './payload.js';
import { isBeyondBelief, isPlausible, useSince } from './plausibility.js';
import { reasonAgainst } from './reading-rules.js';

/** The navigation from the reading on top to the others of the same request. */
export const DEPENDENTS = 'DependentMeterReadingResults';

/**
 * Books the readings of one meter: the first register on top, the others below it; all or none.
 * @returns the number of the reading on top
 * @throws SapError 400 with every reason, or with a warning for each implausible reading that comes without a note
 */
export function submitReadings(backend: Backend, meter: Meter, payload: Payload): string {
  const sent = [payload, ...(payload.inside.get(DEPENDENTS) ?? [])];
  const entered = sent.map((one) => enteredOf(one, backend.world.today()));
  refuseForeign(meter, entered);
  const registers = registersOf(meter, entered);
  const reasons = entered.flatMap((reading, index) => {
    const reason = reasonAgainst(reading, registers[index] as Row, meter, backend.world);
    return reason === null ? [] : [reason];
  });
  const [first, ...more] = reasons;
  if (first !== undefined) throw businessError([first, ...more]);
  refuseImplausible(meter, entered, registers);
  return book(backend, meter, entered, registers);
}

function enteredOf({ values }: Payload, today: string): Entered {
  const text = (name: string): string => String(values.get(name) ?? '');
  const value = values.get('ReadingResult');
  if (typeof value !== 'string') throw badRequest("Property 'ReadingResult' hat einen ungültigen Wert");
  return {
    deviceId: text('DeviceID'),
    registerId: text('RegisterID'),
    value,
    readAt: text('ReadingDateTime') || midnight(today),
    noteId: text('MeterReadingNoteID'),
  };
}

/** Who asks is unknown here: SAP sees only that the device of the body is not the one of the address. */
function refuseForeign({ deviceId }: Meter, entered: readonly Entered[]): void {
  const foreign = entered.find((reading) => reading.deviceId !== '' && reading.deviceId !== deviceId);
  if (foreign === undefined) return;
  const message = `Gerät ${foreign.deviceId} passt nicht zum Gerät ${deviceId} der Anfrage`;
  throw businessError([{ code: 'EL/355', message }]);
}

/** The row of each register that was read. A meter is read as a whole: all its registers, each once. */
function registersOf({ deviceId, shelf }: Meter, entered: readonly Entered[]): Row[] {
  const rows = shelf.all('RegisterToRead').filter((row) => row['DeviceID'] === deviceId);
  const found = entered.map((reading) => rows.find((row) => row['RegisterID'] === reading.registerId));
  if (found.includes(undefined)) {
    throw businessError([{ code: 'EL/355', message: `Zählwerk ist am Gerät ${deviceId} nicht vorhanden` }]);
  }
  if (new Set(found).size === rows.length && found.length === rows.length) return found as Row[];
  const message = `Für Gerät ${deviceId} ist je Zählwerk genau ein Ablesewert nötig`;
  throw businessError([{ code: 'EL/209', message }]);
}

function refuseImplausible(meter: Meter, entered: readonly Entered[], registers: readonly Row[]): void {
  const notes = MASTER_DATA['MeterReadingNote'] ?? [];
  const unknown = entered.find(
    ({ noteId }) => noteId !== '' && !notes.some((row) => row['MeterReadingNoteID'] === noteId),
  );
  if (unknown !== undefined) {
    throw businessError([{ code: 'EL/355', message: `Ablesehinweis ${unknown.noteId} ist nicht vorgesehen` }]);
  }
  const always = meter.household.energy?.readingsAlwaysImplausible === true;
  const doubtful = entered.filter(
    (reading, index) =>
      reading.noteId === '' && (always || !isPlausible(reading, registers[index] as Row, meter.contract)),
  );
  if (doubtful.length === 0) return;
  throw implausible(
    doubtful.map(({ registerId, value }) => `Zählwerk ${registerId}: Ablesewert ${value} ist nicht plausibel`),
  );
}

function book(
  { world, ledger }: Backend,
  { household, contract, deviceId }: Meter,
  entered: readonly Entered[],
  registers: readonly Row[],
): string {
  let headId = '';
  const earlier = ledger.readingsOf(contract.contractId).length;
  entered.forEach((reading, index) => {
    const register = registers[index] as Row;
    const places = Number(register['DecimalPlaces']);
    const resultId = bookedReadingIdOf(contract.contractId, reading.registerId, earlier + index + 1);
    const booked: BookedReading = {
      kind: 'meter-reading',
      household: household.number,
      accountId: household.energy?.accountId ?? '',
      contractId: contract.contractId,
      deviceId,
      registerId: reading.registerId,
      readAt: reading.readAt,
      value: withScale(reading.value, places),
      consumption: useSince(reading, register, contract),
      noteId: reading.noteId,
      statusId: isBeyondBelief(reading, register, contract) ? '2' : '1',
      resultId,
      headId,
      at: world.now(),
    };
    ledger.book(booked);
    headId = headId === '' ? resultId : headId;
  });
  return headId;
}
