import { describe, expect, it } from '@jest/globals';
import { readZmsDocument } from './read-zms.js';
import { PROCESS, PROVIDER } from './testing/zms-answers.js';

const read = (document: unknown) => readZmsDocument(Buffer.from(JSON.stringify(document)));
const answer = (data: unknown) => ({ meta: { error: false, generated: '2026-11-02T08:00:00+01:00' }, data });
const malformedAt = (path: string) =>
  expect.objectContaining({ code: 'UPSTREAM_MALFORMED', details: expect.objectContaining({ path }) });

describe('a process of ZMS', () => {
  it('is read whatever PHP makes of numbers and flags', () => {
    expect(read(answer(PROCESS))).toEqual({
      omissions: [],
      value: {
        kind: 'processes',
        processes: [
          {
            id: '200117',
            authKey: 'a1b2',
            status: 'CONFIRMED',
            scope: {
              id: '31',
              shortName: 'Wohnen',
              provider: {
                id: '4711',
                name: 'Kundenzentrum Markt',
                street: 'Am Markt 5',
                postalCode: '07700',
                city: 'Musterstadt',
              },
              emailRequired: true,
              telephoneActivated: false,
              telephoneRequired: null,
              captchaRequired: false,
              reservationMinutes: 20,
            },
            appointments: [{ start: '2026-11-02T08:00:00.000Z', scopeId: '31', slotCount: 3, minutes: 30 }],
            services: [{ id: '88', name: 'Mietvertrag', maxQuantity: 2 }],
            client: { familyName: 'Beispiel', email: null, telephone: '03641 000' },
            queue: {
              number: '17',
              displayNumber: null,
              arrivedAt: '2026-11-02T08:00:00.000Z',
              calledAt: null,
              callCount: 1,
              withAppointment: true,
              waitedSeconds: 210,
              waySeconds: 30,
              estimatedMinutes: 12,
              destination: null,
            },
            createdAt: '2026-10-26T07:33:20.000Z',
          },
        ],
      },
    });
  });

  it('may be one of many, in a list or under numbers, with parts that are not there yet', () => {
    const fresh = {
      $schema: 'x/process.json',
      id: 0,
      appointments: [],
      queue: [],
      clients: [],
      createTimestamp: '',
      status: '',
    };
    for (const data of [[fresh, PROCESS], { 0: fresh, 1: PROCESS }]) {
      expect(read(answer(data)).value).toMatchObject({
        kind: 'processes',
        processes: [{ id: '0', status: 'OTHER', queue: null, client: null, createdAt: null }, { status: 'CONFIRMED' }],
      });
    }
  });

  it('takes its status from the queue when it has none of its own', () => {
    const { status: _, ...rest } = PROCESS;
    expect(read(answer({ ...rest, queue: { ...PROCESS.queue, status: 'called' } })).value).toMatchObject({
      processes: [{ status: 'CALLED' }],
    });
  });

  it('has a status from a closed list', () => {
    expect(read(answer({ ...PROCESS, status: 'teleported' })).value).toMatchObject({
      processes: [{ status: 'OTHER' }],
    });
  });

  it('may come thinned from the citizen API, without envelope', () => {
    const thinned = {
      processId: 200118,
      authKey: 'c3d4',
      timestamp: '1793606400',
      familyName: 'Beispiel',
      status: 'reserved',
      scope: { id: 31, provider: PROVIDER },
      serviceId: 88,
      serviceName: 'Mietvertrag',
      slotCount: 2,
    };
    expect(read(thinned).value).toMatchObject({
      kind: 'processes',
      processes: [
        {
          id: '200118',
          status: 'RESERVED',
          appointments: [{ start: '2026-11-02T08:00:00.000Z', scopeId: '31', slotCount: 2 }],
          services: [{ id: '88' }],
        },
      ],
    });
  });

  it.each([
    ['id', { id: null }, 'id'],
    ['time', { appointments: [{ slotCount: 1, date: 'soon' }] }, 'appointments[0].date'],
    ['time beyond all calendars', { appointments: [{ slotCount: 1, date: 9e15 }] }, 'appointments[0].date'],
    [
      'flag',
      { scope: { id: 1, preferences: { client: { emailRequired: 7 } } } },
      'scope.preferences.client.emailRequired',
    ],
    ['waiting time', { queue: { number: 1, waitingTime: 'long' } }, 'queue.waitingTime'],
    ['list', { requests: { a: 1 } }, 'requests'],
  ])('is refused for its wrong %s', (_, change, path) => {
    expect(() => read(answer({ ...PROCESS, ...change }))).toThrow(malformedAt(`$.data.${path}`));
  });

  it('costs only its row among others', () => {
    const { value, omissions } = read(answer([PROCESS, { ...PROCESS, id: {} }]));
    expect(value).toMatchObject({ processes: [{ id: '200117' }] });
    expect(omissions).toEqual([{ path: '$.data[1].id', reason: 'is not text' }]);
  });
});
