import { Inject, Injectable } from '@nestjs/common';
import { CustomerDirectory } from '#lib/customer';
import {
  AppError,
  berlinDate,
  CLOCK,
  instantOf,
  Refusal,
  type CalendarDate,
  type Clock,
  type Reading,
  type RequestScope,
} from '#lib/kernel';
import type { Attempt, Command, CommandRequest, Effect } from '#lib/subsidiary-kit';
import { Upstream, type ReadOperation } from '#lib/upstream';
import { EnergyBackend } from '../backend/energy.backend.js';
import { ALREADY_RECEIVED } from '../backend/umc.wire.js';
import type { SapRefusal } from '../backend/sap/write-answer.js';
import type { ReadingOrder } from '../backend/write-change.js';
import { hasGaps } from '../model/gaps.js';
import { parseMeterId } from '../model/meters/meter-id.js';
import type { MeterReading, ReadingNote } from '../model/meters/meter-reading.js';
import type { Meter } from '../model/meters/meter.js';
import { valueAtScale } from '../model/meters/reading-rules.js';
import {
  countStored,
  meterOf,
  refusalByItself,
  refusalByMeters,
  registerOf,
  type ReadingsWish,
} from '../model/meters/readings-wish.js';
import { shownNumber } from '../model/sap-number.js';
import { READINGS_GRANT } from '../partner/partner-scopes.js';
import { asOfNow, ENERGY_KEY, METERS, READING_NOTES, READINGS, SAP } from '../operations.js';
import { scopeOf } from './attempt-scope.js';
import { judgeKnown, type Asked } from './judge-known.js';
import { dayAt, invalid, listAt, objectAt, optionalTextAt, textAt } from './parse-input.js';

/** What has been submitted; the meter's id is the one the wish named. */
export type ReadingsResult = { readonly meterId: string; readonly date: CalendarDate };

type ReadingsEffect = Effect<ReadingsResult>;

/** A meter of a household has one to three registers, one of industry about ten. */
const MOST_REGISTERS = 20;
const LONGEST_ID = 400;
/** Long enough for any mistyped number: whether it is one is told by a refusal. */
const LONGEST_VALUE = 100;
const NOTE_CODE = /^[A-Za-z0-9]{1,4}$/;

/** The customer reads a meter (Zählerstandsmeldung): all registers of one meter on one day. */
@Injectable()
export class SubmitReadings implements Command<ReadingsWish, ReadingsResult> {
  readonly kind = 'energy.submit-readings';
  readonly dedupe = 'naturalKey';
  readonly system = SAP.system;
  /** Refusals name the last reading and its day. */
  readonly grid = true;
  readonly granted = READINGS_GRANT;
  readonly title = { de: 'Zählerstand melden', 'de-simple': 'Zählerstand melden', en: 'Submit a meter reading' };
  readonly attemptMs = 25_000;
  /** After three days the agent phones: readings are asked for with a fortnight's notice. */
  readonly deadlineMs = 3 * 24 * 60 * 60 * 1000;

  constructor(
    private readonly backend: EnergyBackend,
    private readonly upstream: Upstream,
    private readonly customers: CustomerDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  parse(input: unknown): ReadingsWish {
    const fields = objectAt(input, '$');
    const readings = listAt(fields, 'readings', 'readings', MOST_REGISTERS).map((each, index) => {
      const path = `readings.${index}`;
      const reading = objectAt(each, path);
      const noteCode = optionalTextAt(reading, 'noteCode', `${path}.noteCode`, 4);
      if (noteCode !== null && !NOTE_CODE.test(noteCode)) throw invalid(`${path}.noteCode`, 'must be a code');
      return {
        registerId: textAt(reading, 'registerId', `${path}.registerId`, LONGEST_ID),
        value: textAt(reading, 'value', `${path}.value`, LONGEST_VALUE),
        noteCode,
      };
    });
    readings.forEach(({ registerId }, index) => {
      const isFirst = readings.findIndex((other) => other.registerId === registerId) === index;
      if (!isFirst) throw invalid(`readings.${index}.registerId`, 'is given twice');
    });
    return { meterId: textAt(fields, 'meterId', 'meterId', LONGEST_ID), date: dayAt(fields, 'date', 'date'), readings };
  }

  /** The device is one in all of SAP, however its number is written. */
  naturalKey({ meterId, date }: ReadingsWish): string {
    const device = parseMeterId(meterId)?.device;
    return `${device === undefined ? meterId.slice(0, 200) : shownNumber(device)}/${date}`;
  }

  async check(wish: ReadingsWish, { account, scope }: CommandRequest): Promise<Refusal | null> {
    const today = this.today();
    const refusal = refusalByItself(wish, account, today);
    if (refusal !== null) return refusal;
    // What is known from before the customer's last reading is not known any more.
    const epoch = await this.customers.dataEpoch(ENERGY_KEY, account);
    const judgement = await judgeKnown(
      () => this.meters(METERS, { account, epoch }, scope),
      () => this.meters(asOfNow(METERS), { account, epoch }, scope),
      (known) => refusalByMeters(wish, known, today),
    );
    return judgement.refusal;
  }

  async execute(wish: ReadingsWish, attempt: Attempt): Promise<ReadingsEffect> {
    const { account, signal } = attempt;
    const scope = scopeOf(attempt, this.clock);
    // One after the other: a breaker that is half open lets one read through, and if a second one were refused meanwhile,
    // the attempt would end and take the first one with it, time and again.
    const known = await this.meters(asOfNow(METERS), attempt, scope);
    // The notes are read ahead: once SAP has been asked, a failing read would leave the outcome in doubt.
    const notes = await this.notes(scope);
    const refusal = refusalByItself(wish, account, this.today()) ?? refusalByMeters(wish, known, this.today());
    if (refusal !== null) return { kind: 'refused', refusal };
    const meter = meterOf(wish, known);
    if (meter === undefined) throw new AppError('UPSTREAM_MALFORMED', 'a meter is unreadable');
    const order = orderOf(wish, meter);
    await attempt.intend();
    const written = await this.upstream.write({ ...SAP, account, signal }, (call) =>
      this.backend.submitReadings(order, call),
    );
    return written.kind === 'taken' ? doneWith(wish) : this.afterRefusal(wish, attempt, written.refusal, notes);
  }

  /**
   * Whether the readings are there: same registers, day and values.
   * @throws AppError UPSTREAM_MALFORMED when only some are, or when rows that may be them cannot be read
   */
  async readBack(wish: ReadingsWish, attempt: Omit<Attempt, 'intend'>): Promise<ReadingsEffect | null> {
    const found = await this.countStored(wish, attempt);
    if (found === 0) return null;
    if (found === wish.readings.length) return doneWith(wish);
    throw new AppError('UPSTREAM_MALFORMED', 'some registers lack their reading');
  }

  answer(wish: ReadingsWish, answer: string): ReadingsWish {
    if (!NOTE_CODE.test(answer)) throw invalid('answer', 'must be the code of a note');
    return { ...wish, readings: wish.readings.map((reading) => ({ ...reading, noteCode: answer })) };
  }

  /** What SAP refuses may yet be there already, from an attempt whose answer was lost. */
  private async afterRefusal(
    wish: ReadingsWish,
    attempt: Attempt,
    { code, message, isImplausible }: SapRefusal,
    notes: readonly ReadingNote[],
  ): Promise<ReadingsEffect> {
    if (isImplausible) return implausible(notes);
    const isStored = code === ALREADY_RECEIVED && (await this.countStored(wish, attempt)) === wish.readings.length;
    if (isStored) return doneWith(wish);
    return { kind: 'refused', refusal: new Refusal('NOT_POSSIBLE', { subsidiaryMessage: message ?? undefined }) };
  }

  /** How many of the wished readings SAP keeps. @throws AppError UPSTREAM_MALFORMED when unreadable rows may be them */
  private async countStored(wish: ReadingsWish, attempt: Omit<Attempt, 'intend'>): Promise<number> {
    const device = parseMeterId(wish.meterId)?.device;
    if (device === undefined) return 0;
    const stored = await this.readings(device, attempt);
    const found = countStored(wish, stored.value);
    if (found < wish.readings.length && hasGaps(stored)) {
      throw new AppError('UPSTREAM_MALFORMED', 'readings are unreadable');
    }
    return found;
  }

  private meters(
    operation: ReadOperation,
    { account, epoch = 0 }: Asked,
    scope: RequestScope,
  ): Promise<Reading<readonly Meter[]>> {
    const load = (call: Parameters<EnergyBackend['listMeters']>[1]) => this.backend.listMeters(account, call);
    return this.upstream.read({ operation, account, epoch, args: [], load }, scope);
  }

  private readings(device: string, attempt: Omit<Attempt, 'intend'>): Promise<Reading<readonly MeterReading[]>> {
    const { account } = attempt;
    return this.upstream.read(
      { operation: READINGS, account, args: [device], load: (call) => this.backend.listReadings(device, call) },
      scopeOf(attempt, this.clock),
    );
  }

  private async notes(scope: RequestScope): Promise<readonly ReadingNote[]> {
    const { value } = await this.upstream.read(
      { operation: READING_NOTES, account: null, args: [], load: (call) => this.backend.listNotes(call) },
      scope,
    );
    return value;
  }

  private today(): CalendarDate {
    return berlinDate(instantOf(this.clock.now()));
  }
}

/** The numbers are SAP's own, not the wish's; the first register comes first. */
function orderOf({ date, readings }: ReadingsWish, meter: Meter): ReadingOrder {
  const values = readings.flatMap(({ registerId, value, noteCode }) => {
    const register = registerOf(meter, registerId);
    return register === undefined
      ? []
      : [{ register: register.number, value: valueAtScale(value, register), note: noteCode }];
  });
  return {
    device: meter.number,
    date,
    readings: values.toSorted((left, right) => (left.register < right.register ? -1 : 1)),
  };
}

function doneWith({ meterId, date }: ReadingsWish): ReadingsEffect {
  return { kind: 'done', result: { meterId, date } };
}

/** SAP takes the reading with any note that explains it; without notes to choose from there is nothing to ask. */
function implausible(notes: readonly ReadingNote[]): ReadingsEffect {
  const choices = notes.map(({ code, description }) => ({ value: code, label: description }));
  const refusal = new Refusal('READING_IMPLAUSIBLE', {
    problems: [{ path: 'readings', code: 'READING_IMPLAUSIBLE', choices }],
  });
  return { kind: choices.length === 0 ? 'refused' : 'question', refusal };
}
