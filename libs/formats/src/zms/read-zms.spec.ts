import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '#lib/kernel';
import { readZmsDocument } from './read-zms.js';
import { PROCESS, PROVIDER, SCOPE } from './testing/zms-answers.js';

const FUZZ_RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);

const read = (document: unknown) => readZmsDocument(Buffer.from(JSON.stringify(document)));
const answer = (data: unknown) => ({ meta: { error: false, generated: '2026-11-02T08:00:00+01:00' }, data });
const malformedAt = (path: string) =>
  expect.objectContaining({ code: 'UPSTREAM_MALFORMED', details: expect.objectContaining({ path }) });

const date = (day: unknown) => ({ year: 2026, month: '11', day });

describe('an answer of ZMS', () => {
  it('may be a source with places, services and their relations', () => {
    const source = {
      providers: [PROVIDER, null],
      requests: [{ id: '88', name: 'Mietvertrag' }],
      scopes: [SCOPE],
      requestrelation: [{ provider: { id: 4711 }, request: { id: '88' }, slots: '2' }],
    };
    expect(read(answer(source))).toMatchObject({
      value: {
        kind: 'source',
        providers: [{ id: '4711' }],
        services: [{ id: '88' }],
        scopes: [{ id: '31' }],
        relations: [{ serviceId: '88', providerId: '4711', slots: 2 }],
        days: [],
      },
      omissions: [{ path: '$.data.providers[1]', reason: 'is not an object' }],
    });
  });

  it('may be offices and services of the citizen API', () => {
    const offices = {
      offices: [{ id: 4711, name: 'Kundenzentrum', address: { street: 'Am Markt', house_number: '5' } }],
      services: [{ id: 88, name: 'Mietvertrag', maxQuantity: 1 }],
      relations: [{ officeId: 4711, serviceId: 88, slots: 2 }],
    };
    expect(read(offices).value).toMatchObject({
      kind: 'source',
      providers: [{ street: 'Am Markt 5' }],
      services: [{ maxQuantity: 1 }],
      relations: [{ serviceId: '88', providerId: '4711' }],
    });
  });

  it('may be a booking calendar', () => {
    const days = [
      { ...date('02'), status: 'bookable', freeAppointments: { public: '7', intern: 9 } },
      { ...date(3), status: 'notBookable' },
      { ...date(31), status: 'bookable' },
    ];
    expect(
      read(
        answer({ firstDay: date(1), lastDay: date(30), days, bookableEnd: 1793606400, scopes: [SCOPE], requests: [] }),
      ),
    ).toMatchObject({
      value: {
        kind: 'calendar',
        first: '2026-11-01',
        last: '2026-11-30',
        days: [
          { date: '2026-11-02', bookable: 'BOOKABLE', free: 7 },
          { date: '2026-11-03', bookable: 'NOT_BOOKABLE', free: 0 },
        ],
        bookableUntil: '2026-11-02T08:00:00.000Z',
      },
      omissions: [{ path: '$.data.days[2]', reason: 'is no date' }],
    });
  });

  it('may be free times, of one office or of several by day', () => {
    const start = '2026-11-02T08:00:00.000Z';
    expect(read({ appointmentTimestamps: ['1793606400'] }).value).toEqual({
      kind: 'slots',
      slots: [{ start, providerId: null }],
    });
    const days = [
      { date: '2026-11-02', appointments: { 4711: [1793606400] } },
      { date: '2026-11-03', appointments: [] },
    ];
    expect(read(answer({ startDate: '2026-11-01', endDate: '2026-11-05', days })).value).toEqual({
      kind: 'slots',
      slots: [{ start, providerId: '4711' }],
    });
  });

  it('may be scopes or a queue', () => {
    expect(read(answer([SCOPE])).value).toMatchObject({ kind: 'scopes', scopes: [{ id: '31' }] });
    expect(read(answer([PROCESS.queue])).value).toMatchObject({ kind: 'queue', queue: [{ number: '17' }] });
  });

  it('may be a refusal', () => {
    const exception = 'Zms\\Exception\\Process\\ProcessNotFound';
    expect(read({ meta: { error: true, exception }, data: null }).value).toEqual({ kind: 'error', codes: [exception] });
    expect(read({ errors: [{ errorCode: 'appointmentNotAvailable', errorMessage: 'x' }] }).value).toEqual({
      kind: 'error',
      codes: ['appointmentNotAvailable'],
    });
  });

  it('may be empty', () => {
    expect(read(answer([])).value).toEqual({ kind: 'processes', processes: [] });
    expect(read(answer(null)).value).toEqual({ kind: 'processes', processes: [] });
  });

  it.each([
    ['a number', 7, '$'],
    ['something else', { hello: 1 }, '$'],
    ['an answer without data', { meta: {} }, '$.data'],
    ['a list of something else', answer([{ hello: 1 }]), '$.data'],
    ['a process that names no times', answer([{ processId: true }]), '$.data[0].processId'],
  ])('is refused when it is %s', (_, document, path) => {
    expect(() => read(document)).toThrow(malformedAt(path));
  });

  it('does not take inherited names for fields', () => {
    const text = '{"data": {"__proto__": {"processId": 1}}, "meta": {}}';
    expect(() => readZmsDocument(Buffer.from(text))).toThrow(malformedAt('$.data'));
  });

  it('never crashes the reader', () => {
    const leaf = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(-1, 1e300, '', [], {}, '00:99:99', '9'.repeat(30)),
    );
    const paths = [
      'id',
      'status',
      'scope',
      'appointments',
      'requests',
      'clients',
      'queue',
      'createTimestamp',
      'processId',
      'days',
      'errors',
      'appointmentTimestamps',
      'startDate',
      'bookableEnd',
      'firstDay',
      'providers',
    ];
    const changes = fc.dictionary(fc.constantFrom(...paths), leaf, { maxKeys: 4 });
    const documents = fc.oneof(
      fc.jsonValue(),
      changes.map((change) => answer({ ...PROCESS, ...change })),
      changes.map(answer),
      changes,
    );
    fc.assert(
      fc.property(documents, (document) => {
        let outcome: unknown = 'UPSTREAM_MALFORMED';
        try {
          read(document);
        } catch (error) {
          outcome = error instanceof AppError ? error.code : error;
        }
        expect(outcome).toBe('UPSTREAM_MALFORMED');
      }),
      { numRuns: FUZZ_RUNS },
    );
  });
});
