import { describe, expect, it } from '@jest/globals';
import { AppError, toGlobalId } from '#lib/kernel';
import type { Attempt } from '#lib/subsidiary-kit';
import { customerPrincipal, directoryOf, openScope, TestClock } from '#lib/testing';
import { Upstream, type HttpRequest } from '#lib/upstream';
import { FakeBooks } from '../../fixtures/fake-books.js';
import { FakeSap, fixture, jsonAnswer } from '../../fixtures/fake-sap.js';
import { EnergyBackend } from '../backend/energy.backend.js';
import { SapGateway } from '../backend/sap/sap-gateway.js';
import { meterId, registerId } from '../model/meters/meter-id.js';
import { SubmitReadings } from './submit-readings.js';

const ACCOUNT = '0004471100';
const key = { account: ACCOUNT, contract: '0900071001', device: '10071001' };
const METER = meterId(key);
const HIGH = registerId({ ...key, register: '001' });
const LOW = registerId({ ...key, register: '002' });
const DAY = '2026-11-20';

function house() {
  const clock = new TestClock('2026-11-22T12:00:00Z');
  const books = new FakeBooks();
  const sap = new FakeSap(books.answer);
  const upstream = new Upstream(clock, { concurrent: 8, waiting: 8, cacheBytes: 1_000_000 });
  upstream.connect = () => sap;
  const backend = new EnergyBackend(
    new SapGateway({ url: 'https://sap.example', user: 'TOR', password: 'offen' }, upstream, clock),
    clock,
  );
  const customers = directoryOf();
  const command = new SubmitReadings(backend, upstream, customers, clock);
  const intents: number[] = [];
  const attempt: Attempt = {
    account: ACCOUNT,
    key: 'k',
    number: 1,
    signal: new AbortController().signal,
    intend: () => Promise.resolve(void intents.push(books.changes.length)),
  };
  const wish = (changes: object = {}) =>
    command.parse({
      meterId: METER,
      date: DAY,
      readings: [
        { registerId: LOW, value: '1100' },
        { registerId: HIGH, value: '5020.5' },
      ],
      ...changes,
    });
  const check = (changes: object = {}, account = ACCOUNT) =>
    command.check(wish(changes), { account, scope: openScope(clock, { principal: customerPrincipal('lena') }) });
  return { clock, books, sap, customers, command, attempt, intents, wish, check };
}

const lostAnswer = (): never => {
  throw new AppError('UPSTREAM_UNAVAILABLE', 'cut');
};
const values = (high: string, low = '1100') => ({
  readings: [
    { registerId: HIGH, value: high },
    { registerId: LOW, value: low },
  ],
});
const isOf = (part: string) => (request: HttpRequest) => request.path.includes(part);

describe('readings that a client sends', () => {
  it.each([
    [null, '$'],
    [{}, 'readings'],
    [{ readings: [] }, 'readings'],
    [{ readings: Array.from({ length: 21 }, () => ({})) }, 'readings'],
    [{ readings: [7] }, 'readings.0'],
    [{ readings: [{ registerId: HIGH, value: 12 }] }, 'readings.0.value'],
    [{ readings: [{ registerId: HIGH, value: '1'.repeat(101) }] }, 'readings.0.value'],
    [{ readings: [{ registerId: '', value: '1' }] }, 'readings.0.registerId'],
    [{ readings: [{ registerId: HIGH, value: '1', noteCode: "'" }] }, 'readings.0.noteCode'],
    [
      { readings: [HIGH, HIGH].map((registerId_) => ({ registerId: registerId_, value: '1' })) },
      'readings.1.registerId',
    ],
    [{ readings: [{ registerId: HIGH, value: '1' }] }, 'meterId'],
    [{ readings: [{ registerId: HIGH, value: '1' }], meterId: METER, date: '2026-02-30' }, 'date'],
  ])('are refused with the place when %j is none', (input, path) => {
    expect(() => house().command.parse(input)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) }),
    );
  });

  it('are plain data that read back as they were, without anything else', () => {
    const { command, wish } = house();
    const stored = JSON.parse(JSON.stringify({ ...wish(), account: 'x', __proto__: { a: 1 } })) as unknown;
    expect(command.parse(stored)).toEqual(wish());
  });

  it('are one wish for a device and a day, however the device is written', () => {
    const { command, wish } = house();
    const padded = meterId({ ...key, device: '000000000010071001' });
    expect(command.naturalKey(wish({ meterId: padded }))).toBe(command.naturalKey(wish()));
    expect(command.naturalKey(wish())).toBe('10071001/2026-11-20');
    expect(command.naturalKey(wish({ date: '2026-11-19' }))).not.toBe(command.naturalKey(wish()));
    expect(command.naturalKey(wish({ meterId: 'x'.repeat(400) })).length).toBeLessThanOrEqual(255);
  });
});

describe('the check of readings', () => {
  it('accepts what the meter can show', async () => {
    expect(await house().check()).toBeNull();
  });

  it.each([
    ['twelve digits', values('123456789012'), 'TOO_MANY_DIGITS', 'readings.0.value'],
    ['no number', values('NaN'), 'NOT_A_NUMBER', 'readings.0.value'],
    ['the year 2099', { date: '2099-01-01' }, 'DATE_IN_FUTURE', 'date'],
    ['no id of a meter', { meterId: toGlobalId('Invoice', 'x') }, 'NOT_YOURS', 'meterId'],
  ])('refuses %s before it asks SAP', async (_, changes, code, path) => {
    const { check, sap } = house();
    expect(await check(changes)).toMatchObject({ code, problems: [{ path, code }] });
    expect(sap.requests).toEqual([]);
  });

  it('refuses another customer’s meter before it asks SAP', async () => {
    const { check, sap } = house();
    expect(await check({}, '0004471999')).toMatchObject({ code: 'NOT_YOURS' });
    expect(sap.requests).toEqual([]);
  });

  it('refuses an id that names a meter SAP does not know of this customer', async () => {
    const { check, books } = house();
    const forged = { ...key, device: '10079999' };
    const readings = [{ registerId: registerId({ ...forged, register: '001' }), value: '1' }];
    expect(await check({ meterId: meterId(forged), readings })).toMatchObject({ code: 'NOT_YOURS' });
    expect(books.changes).toEqual([]);
  });

  it.each([
    ['below the last', values('4711'), 'READING_BELOW_LAST', 'readings.0.value'],
    ['more digits than shown', values('1234567'), 'TOO_MANY_DIGITS', 'readings.0.value'],
    ['more decimals than shown', values('5000.55'), 'TOO_MANY_DECIMALS', 'readings.0.value'],
    ['before the last reading', { date: '2025-12-30' }, 'DATE_TOO_EARLY', 'date'],
    ['one register only', { readings: [{ registerId: HIGH, value: '5000' }] }, 'REGISTER_MISSING', 'readings'],
  ])('refuses by SAP’s list: %s', async (_, changes, code, path) => {
    const { check } = house();
    expect(await check(changes)).toMatchObject({ code, problems: [{ path, code }] });
  });

  it('asks SAP anew before it refuses, since the cache may be older than what the customer saw', async () => {
    const { check, books } = house();
    expect(await check()).toBeNull();
    const other = fixture('registers.answer.json').toString('utf8').replace('4711.10000000000000', '10.0');
    books.instead = (request) => (isOf("('10071001')/RegistersToRead")(request) ? jsonAnswer(other) : undefined);
    expect(await check(values('4000'))).toBeNull();
  });

  it('judges a second reading by the list that holds the first one', async () => {
    const { check, command, wish, attempt, books, customers } = house();
    expect(await check()).toBeNull();
    await command.execute(wish(), attempt);
    const after = fixture('registers.answer.json').toString('utf8').replace('4711.10000000000000', '5020.5');
    books.instead = (request) => (isOf("('10071001')/RegistersToRead")(request) ? jsonAnswer(after) : undefined);
    // As the engine does when it writes down that the first one is done.
    customers.dataEpoch = () => 1;
    expect(await check({ date: '2026-11-22', ...values('5000') })).toMatchObject({
      code: 'READING_BELOW_LAST',
      problems: [{ path: 'readings.0.value', minimum: '5020.5' }],
    });
    expect(await check({ date: '2026-11-22', ...values('5021') })).toBeNull();
  });

  it('accepts when SAP is down and nothing is known, and refuses by what is known', async () => {
    const down = () => jsonAnswer('{}', 503);
    const blind = house();
    blind.books.instead = down;
    expect(await blind.check(values('4000'))).toBeNull();
    expect(await blind.check(values('123456789012'))).toMatchObject({ code: 'TOO_MANY_DIGITS' });
    const knowing = house();
    await knowing.check();
    knowing.books.instead = down;
    expect(await knowing.check(values('4000'))).toMatchObject({ code: 'READING_BELOW_LAST' });
  });

  it('does not take a meter for foreign because its row is malformed', async () => {
    const { check, books } = house();
    const garbled = fixture('registers.answer.json')
      .toString('utf8')
      .replace('"IntegerPlaces": "06"', '"IntegerPlaces": ""');
    books.instead = (request) => (isOf('RegistersToRead')(request) ? jsonAnswer(garbled) : undefined);
    expect(await check()).toBeNull();
  });
});

describe('carrying readings out', () => {
  it('books each register once, after the intent', async () => {
    const { command, wish, attempt, books, intents } = house();
    expect(await command.execute(wish(), attempt)).toEqual({ kind: 'done', result: { meterId: METER, date: DAY } });
    expect(books.booked).toEqual(['001 2026-11-20 5020.5', '002 2026-11-20 1100.0']);
    expect(intents).toEqual([0]);
  });

  it.each([
    ['a value that is too low', values('1')],
    ['a day in the future', { date: '2099-01-01' }],
    ['a meter that is not theirs', { meterId: meterId({ ...key, contract: '0900071003' }) }],
  ])('refuses %s without an intent', async (_, changes) => {
    const { command, wish, attempt, books, intents } = house();
    expect(await command.execute(wish(changes), attempt)).toMatchObject({ kind: 'refused' });
    expect([intents, books.changes]).toEqual([[], []]);
  });

  it.each(['Contracts/Devices', 'RegistersToRead', 'MeterReadingNotes'])(
    'fails before the intent when %s cannot be read',
    async (part) => {
      const { command, wish, attempt, books, intents } = house();
      books.instead = (request) => (isOf(part)(request) ? jsonAnswer('{}', 403) : undefined);
      await expect(command.execute(wish(), attempt)).rejects.toMatchObject({
        code: expect.stringMatching(/^UPSTREAM_/),
      });
      expect([intents, books.changes]).toEqual([[], []]);
    },
  );

  it('gets through by the one read that a half-open breaker lets through', async () => {
    const { clock, command, wish, attempt, books } = house();
    // As the engine does: what is under way ends with its attempt.
    const carryOut = async (): Promise<unknown> => {
      const ending = new AbortController();
      return command.execute(wish(), { ...attempt, signal: ending.signal }).finally(() => ending.abort());
    };
    books.instead = lostAnswer;
    for (let tries = 0; tries < 5; tries += 1) await carryOut().catch(() => undefined);
    books.instead = () => undefined;
    await expect(carryOut()).rejects.toMatchObject({ details: { retryAfterSeconds: 10 } });
    await clock.advance(10_000);
    expect(await carryOut()).toMatchObject({ kind: 'done' });
  });

  it('sends nothing when the intent is refused', async () => {
    const { command, wish, attempt, books } = house();
    const zombie = { ...attempt, intend: () => Promise.reject(new AppError('CONFLICT', 'taken over')) };
    await expect(command.execute(wish(), zombie)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(books.changes).toEqual([]);
  });

  it('asks for a note when SAP finds the value implausible, and books it with the answer', async () => {
    const { command, wish, attempt, books } = house();
    books.onChange = (request) =>
      String(request.body).includes('"MeterReadingNoteID":""')
        ? jsonAnswer(fixture('implausible.answer.json'), 400)
        : books.book(request);
    const effect = await command.execute(wish(), attempt);
    expect(effect).toMatchObject({
      kind: 'question',
      refusal: {
        code: 'READING_IMPLAUSIBLE',
        problems: [
          {
            path: 'readings',
            choices: [
              { value: '03', label: 'Ablesung in Ordnung' },
              { value: '05', label: 'Gerät getauscht' },
            ],
          },
        ],
      },
    });
    expect(books.booked).toEqual([]);
    const answered = command.answer(wish(), '03');
    expect(command.parse(answered)).toEqual(answered);
    expect(await command.execute(answered, { ...attempt, number: 2 })).toMatchObject({ kind: 'done' });
    expect(books.booked).toEqual(['001 2026-11-20 5020.5 03', '002 2026-11-20 1100.0 03']);
  });

  it('has nothing to ask where there are no notes', async () => {
    const { command, wish, attempt, books } = house();
    books.instead = (request) => (isOf('MeterReadingNotes')(request) ? jsonAnswer('{"d":{"results":[]}}') : undefined);
    books.onChange = () => jsonAnswer(fixture('implausible.answer.json'), 400);
    expect(await command.execute(wish(), attempt)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'READING_IMPLAUSIBLE' },
    });
  });

  it('takes no answer that is not a code', () => {
    const { command, wish } = house();
    expect(() => command.answer(wish(), "03' or")).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('tells SAP’s own words when it does not take the reading', async () => {
    const { command, wish, attempt, books } = house();
    books.onChange = () => jsonAnswer(fixture('not-possible.answer.json'), 400);
    expect(await command.execute(wish(), attempt)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'NOT_POSSIBLE', subsidiaryMessage: 'Zählerstand kann derzeit nicht erfasst werden' },
    });
  });

  it('is done when SAP has received these very readings already, and refused when it has others', async () => {
    const { command, wish, attempt, books } = house();
    books.onChange = (request) => {
      books.book(request);
      return jsonAnswer(fixture('received.answer.json'), 400);
    };
    expect(await command.execute(wish(), attempt)).toMatchObject({ kind: 'done' });
    books.onChange = () => jsonAnswer(fixture('received.answer.json'), 400);
    expect(await command.execute(wish(values('5021')), attempt)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'NOT_POSSIBLE', subsidiaryMessage: 'Zählerstand wurde bereits gemeldet' },
    });
  });

  it('sends a change once, and names what is wrong with it without the customer’s data', async () => {
    const { command, wish, attempt, books } = house();
    books.onChange = lostAnswer;
    const error = await command.execute(wish(), attempt).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', details: { system: 'sap-umc' } });
    expect((error as AppError).details.unsent).toBeUndefined();
    expect(books.changes).toHaveLength(1);
  });
});

describe('reading back after a lost answer', () => {
  it('finds what was booked before the answer was lost', async () => {
    const { command, wish, attempt, books } = house();
    books.onChange = (request) => {
      books.book(request);
      return lostAnswer();
    };
    await expect(command.execute(wish(), attempt)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await command.readBack(wish(), attempt)).toMatchObject({ kind: 'done', result: { meterId: METER } });
    expect(books.booked).toHaveLength(2);
  });

  it('finds nothing when nothing was booked, or another value or day', async () => {
    const { command, wish, attempt, books } = house();
    expect(await command.readBack(wish(), attempt)).toBeNull();
    await command.execute(wish(), attempt);
    expect(await command.readBack(wish(values('5021', '1101')), attempt)).toBeNull();
    expect(await command.readBack(wish({ date: '2026-11-19' }), attempt)).toBeNull();
    expect(books.changes).toHaveLength(1);
  });

  it('cannot say when only some registers have their reading', async () => {
    const { command, wish, attempt, books } = house();
    await command.execute(wish(), attempt);
    books.readings.pop();
    await expect(command.readBack(wish(), attempt)).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
  });

  it('cannot say when rows are unreadable or SAP is down', async () => {
    const { command, wish, attempt, books } = house();
    books.instead = (request) =>
      isOf('MeterReadingResults')(request) ? jsonAnswer('{"d":{"results":[{}]}}') : undefined;
    await expect(command.readBack(wish(), attempt)).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    books.instead = () => jsonAnswer('{}', 503);
    const failing = command.readBack(wish(), attempt).catch((error: unknown) => error);
    expect(await failing).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});
