import { describe, expect, it } from '@jest/globals';
import { AppError, toGlobalId, type AgentPrincipal, type Principal } from '#lib/kernel';
import type { Attempt } from '#lib/subsidiary-kit';
import { customerPrincipal, directoryOf, openScope, TestClock } from '#lib/testing';
import { Upstream, type HttpRequest, type HttpResponse } from '#lib/upstream';
import { FakeBooks } from '../../fixtures/fake-books.js';
import { FakeSap, fixture, jsonAnswer, printed } from '../../fixtures/fake-sap.js';
import { EnergyBackend } from '../backend/energy.backend.js';
import { ReadingReviewBackend } from '../backend/meters/reading-review.backend.js';
import { SapGateway } from '../backend/sap/sap-gateway.js';
import { readingId } from '../model/meters/meter-id.js';
import { ReviewReading } from './review-reading.js';

const ACCOUNT = '0004471100';
const METER = { account: ACCOUNT, contract: '0900071001', device: '10071001' };
const READING = readingId(METER, '170005');
const AGENT: AgentPrincipal = {
  kind: 'agent',
  subject: 'agent-7',
  subsidiary: 'ENERGY',
  role: 'service',
  mandate: null,
  expiresAt: Number.MAX_SAFE_INTEGER,
};

/** A reading as SAP keeps it, of the day before yesterday. */
const row = (number: string, status: string, more: object = {}) => ({
  MeterReadingResultID: number,
  DeviceID: '10071001',
  RegisterID: '001',
  ReadingResult: '99999.00000000000000',
  ReadingDateTime: '/Date(1795132800000)/',
  MeterReadingCategoryID: '02',
  MeterReadingStatusID: status,
  MeterReadingReasonID: '09',
  ...more,
});

function house() {
  const clock = new TestClock('2026-11-22T12:00:00Z');
  const books = new FakeBooks();
  const sap = new FakeSap(books.answer);
  const stored = { status: '2', rows: undefined as object[] | undefined };
  const answer = (): HttpResponse =>
    jsonAnswer(
      JSON.stringify({
        d: {
          results: stored.rows ?? [
            row('170005', stored.status),
            row('170001', '1'),
            row('160000', '2', { ReadingDateTime: '/Date(-1000)/' }),
          ],
        },
      }),
    );
  books.instead = ({ method, path }) =>
    method === 'GET' && path.endsWith('/MeterReadingResults') ? answer() : undefined;
  const book = ({ body }: HttpRequest): HttpResponse => {
    stored.status = (JSON.parse(String(body)) as { MeterReadingStatusID: string }).MeterReadingStatusID;
    return { status: 204, headers: {}, body: Buffer.alloc(0) };
  };
  books.onChange = book;
  const upstream = new Upstream(clock, { concurrent: 8, waiting: 8, cacheBytes: 1_000_000 });
  upstream.connect = () => sap;
  const gateway = new SapGateway({ url: 'https://sap.example', user: 'TOR', password: 'offen' }, upstream, clock);
  const command = new ReviewReading(
    new EnergyBackend(gateway, clock),
    new ReadingReviewBackend(gateway),
    upstream,
    directoryOf(),
    clock,
  );
  const intents: number[] = [];
  const attempt: Attempt = {
    account: ACCOUNT,
    key: 'k',
    number: 1,
    signal: new AbortController().signal,
    intend: () => Promise.resolve(void intents.push(books.changes.length)),
  };
  const wish = (changes: object = {}) =>
    command.parse({ readingId: READING, decision: 'RELEASE', reason: 'Foto liegt vor', ...changes });
  const check = (changes: object = {}, principal: Principal = AGENT, account = ACCOUNT) =>
    command.check(wish(changes), { account, scope: openScope(clock, { principal }) });
  return { books, sap, stored, book, command, attempt, intents, wish, check };
}

const lostAnswer = (): never => {
  throw new AppError('UPSTREAM_UNAVAILABLE', 'cut');
};

describe('a decision that a client sends', () => {
  it.each([
    [null, '$'],
    [{}, 'decision'],
    [{ decision: 'release' }, 'decision'],
    [{ decision: 'constructor' }, 'decision'],
    [{ decision: 'RELEASE' }, 'readingId'],
    [{ decision: 'RELEASE', readingId: 'x'.repeat(401) }, 'readingId'],
    [{ decision: 'RELEASE', readingId: READING }, 'reason'],
    [{ decision: 'RELEASE', readingId: READING, reason: 'x'.repeat(2_001) }, 'reason'],
  ])('is refused with the place when it is %j', (input, path) => {
    expect(() => house().command.parse(input)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) }),
    );
  });

  it('is one wish for a reading, whatever is decided and however the number is written', () => {
    const { command, wish } = house();
    const padded = readingId(METER, '000170005');
    expect([{}, { decision: 'REJECT' }, { readingId: padded }].map((each) => command.naturalKey(wish(each)))).toEqual([
      '170005',
      '170005',
      '170005',
    ]);
    expect(command.naturalKey(wish({ readingId: 'x'.repeat(400) })).length).toBeLessThanOrEqual(255);
    expect(command.parse(JSON.parse(JSON.stringify(wish())))).toEqual(wish());
  });
});

describe('the check of a decision', () => {
  it.each([['2'], ['3'], ['4']])('accepts a release of a reading in status %s', async (status) => {
    const { check, stored } = house();
    stored.status = status;
    expect(await check()).toBeNull();
  });

  it.each(['0', '1', '5', '7', '9'])('refuses it in status %s', async (status) => {
    const { check, stored } = house();
    stored.status = status;
    expect(await check()).toMatchObject({ code: 'NOT_POSSIBLE', problems: [{ path: 'readingId' }] });
  });

  it('refuses to reject what has been released', async () => {
    const { check, stored } = house();
    stored.status = '4';
    expect(await check({ decision: 'REJECT' })).toMatchObject({ code: 'NOT_POSSIBLE' });
  });

  it.each([
    ['no id of a reading', { readingId: toGlobalId('Meter', 'x') }, 'NOT_YOURS', 'readingId'],
    [
      'another customer’s',
      { readingId: readingId({ ...METER, account: '0004471101' }, '170005') },
      'NOT_YOURS',
      'readingId',
    ],
    ['no reason', { reason: '  a ' }, 'TEXT_MISSING', 'reason'],
    ['a long reason', { reason: 'x'.repeat(201) }, 'TEXT_TOO_LONG', 'reason'],
  ])('refuses %s before it asks SAP', async (_, changes, code, path) => {
    const { check, sap } = house();
    expect(await check(changes)).toMatchObject({ code, problems: [{ path, code }] });
    expect(sap.requests).toEqual([]);
  });

  it.each([
    ['a reading that is not there', readingId(METER, '170006')],
    ['one from before the supply began', readingId(METER, '160000')],
    ['one of a contract that is not theirs', readingId({ ...METER, contract: '0900079999' }, '170005')],
    ['one of a meter that is not theirs', readingId({ ...METER, device: '10079999' }, '170005')],
  ])('refuses by SAP’s lists %s', async (_, id) => {
    const { check, books } = house();
    expect(await check({ readingId: id })).toMatchObject({ code: 'NOT_YOURS' });
    expect(books.changes).toEqual([]);
  });

  it.each([
    ['a customer', customerPrincipal('lena')],
    ['an agent of another company', { ...AGENT, subsidiary: 'HOUSING' }],
    ['sales', { ...AGENT, role: 'sales' }],
    ['a partner whom the customer let in', { kind: 'delegate', clientId: 'p', customerId: 'c-1', scopes: [] }],
  ] as [string, Principal][])('is forbidden for %s', async (_, principal) => {
    const { check, sap } = house();
    await expect(check({}, principal)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(sap.requests).toEqual([]);
  });

  it('accepts when SAP is down and nothing is known', async () => {
    const { check, books } = house();
    books.instead = () => jsonAnswer('{}', 503);
    expect(await check()).toBeNull();
  });
});

describe('carrying a decision out', () => {
  const result = { readingId: READING, decision: 'RELEASE' };

  it('changes the status once, after the intent, and nothing else of the reading', async () => {
    const { command, wish, attempt, books, stored, intents } = house();
    expect(await command.execute(wish(), attempt)).toEqual({ kind: 'done', result });
    expect(books.changes.map(printed)).toEqual([fixture('review-reading.request.txt').toString('utf8')]);
    expect([stored.status, intents]).toEqual(['4', [0]]);
    expect(await command.execute(wish(), attempt)).toEqual({ kind: 'done', result });
    expect(books.changes).toHaveLength(1);
  });

  it('locks a reading by hand', async () => {
    const { command, wish, attempt, stored } = house();
    expect(await command.execute(wish({ decision: 'REJECT' }), attempt)).toMatchObject({ kind: 'done' });
    expect(stored.status).toBe('3');
  });

  it('refuses without an intent what is billed by now, or not theirs', async () => {
    const { command, wish, attempt, stored, intents } = house();
    stored.status = '7';
    const foreign = readingId({ ...METER, account: '0004471101' }, '170005');
    expect([
      await command.execute(wish(), attempt),
      await command.execute(wish({ readingId: foreign }), attempt),
    ]).toMatchObject([
      { kind: 'refused', refusal: { code: 'NOT_POSSIBLE' } },
      { kind: 'refused', refusal: { code: 'NOT_YOURS' } },
    ]);
    expect(intents).toEqual([]);
  });

  it('finds out whether SAP refuses because of its own lost attempt', async () => {
    const { command, wish, attempt, books, book } = house();
    books.onChange = () => jsonAnswer(fixture('not-possible.answer.json'), 400);
    expect(await command.execute(wish(), attempt)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'NOT_POSSIBLE', subsidiaryMessage: expect.stringContaining('derzeit nicht') },
    });
    books.onChange = (request) => {
      book(request);
      return jsonAnswer(fixture('not-possible.answer.json'), 400);
    };
    expect(await command.execute(wish(), attempt)).toEqual({ kind: 'done', result });
  });

  it('goes to nobody when the reading cannot be read', async () => {
    const { command, wish, attempt, stored, intents } = house();
    stored.rows = [row('170005', '2', { ReadingResult: 'viel' })];
    await expect(command.execute(wish(), attempt)).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    expect(intents).toEqual([]);
  });
});

describe('reading a decision back after a lost answer', () => {
  it('tells what was booked from what was not', async () => {
    const { command, wish, attempt, books, book } = house();
    books.onChange = lostAnswer;
    await expect(command.execute(wish(), attempt)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await command.readBack(wish(), attempt)).toBeNull();
    books.onChange = (request) => {
      book(request);
      return lostAnswer();
    };
    await expect(command.execute(wish(), attempt)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await command.readBack(wish(), attempt)).toMatchObject({ kind: 'done' });
  });

  it('cannot say when the reading is unreadable or SAP is down', async () => {
    const { command, wish, attempt, books, stored } = house();
    stored.rows = [row('170005', '2', { ReadingDateTime: 'neulich' })];
    await expect(command.readBack(wish(), attempt)).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    books.instead = () => jsonAnswer('{}', 503);
    const failing = await command.readBack(wish(), attempt).catch((error: unknown) => error);
    expect(failing).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});

describe('the request of a decision', () => {
  it('cannot be led to another entity by a strange number', async () => {
    const { sap, stored, command, wish, attempt } = house();
    const strange = "1')/Device('9?x#";
    stored.rows = [row(strange, '2')];
    await command.execute(wish({ readingId: readingId(METER, strange) }), attempt);
    expect(sap.requests.at(-1)?.path).toBe(
      "/sap/opu/odata/sap/ERP_UTILITIES_UMC/MeterReadingResults('1%27%27)%2FDevice(%27%279%3Fx%23')",
    );
  });
});
