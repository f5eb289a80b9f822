import { describe, expect, it } from '@jest/globals';
import { readHafasFile } from './read-hafas-file.js';

const read = (value: unknown) => readHafasFile(Buffer.from(JSON.stringify(value)));
const answer = (meth: string, res: object) => read({ ver: '1.44', err: 'OK', svcResL: [{ meth, err: 'OK', res }] });

const common = {
  locL: [
    { type: 'S', name: 'Anfang', extId: '1', crd: { x: 0, y: 0 } },
    { type: 'S', name: 'Ende', extId: '2' },
  ],
  prodL: [{ name: 'RB 1' }],
};
const stopL = [
  { locX: 0, dTimeS: '235000' },
  { locX: 1, aTimeS: '01001000', aTimeR: '01001200', aPlatfS: '2' },
];

describe('readHafasFile', () => {
  it('reads the stops of a trip', () => {
    const { version, services } = answer('JourneyDetails', {
      common,
      journey: { jid: 'j', date: '20260630', prodX: 0, dirTxt: 'Ende', stopL, pos: { x: 11_500_000, y: 50_900_000 } },
    });
    expect(version).toBe('1.44');
    expect(services).toEqual([
      {
        method: 'JourneyDetails',
        content: {
          kind: 'JOURNEYS',
          omissions: [],
          journeys: [
            {
              journeyId: 'j',
              date: '2026-06-30',
              line: { name: 'RB 1', shortName: null, operator: null, productBits: null },
              direction: 'Ende',
              cancelled: false,
              position: { latitude: 50.9, longitude: 11.5 },
              remarks: [],
              calls: [
                {
                  stop: expect.objectContaining({ name: 'Anfang', position: null }),
                  arrival: null,
                  departure: { planned: '2026-06-30T21:50:00.000Z', expected: null, platform: null, cancelled: false },
                },
                {
                  stop: expect.objectContaining({ name: 'Ende' }),
                  arrival: {
                    planned: '2026-06-30T22:10:00.000Z',
                    expected: '2026-06-30T22:12:00.000Z',
                    platform: '2',
                    cancelled: false,
                  },
                  departure: null,
                },
              ],
            },
          ],
        },
      },
    ]);
  });

  it('reads connections by their sections, whose trips have no day of their own', () => {
    const section = { dep: { locX: 0, dTimeS: '235000' }, arr: { locX: 1, aTimeS: '01001000' } };
    const res = {
      common,
      outConL: [
        {
          date: '20260630',
          dep: {},
          arr: {},
          secL: [
            { type: 'WALK', ...section },
            { type: 'JNY', ...section, jny: { prodX: 0, stopL } },
          ],
        },
        { date: '20260630', secL: [{ type: 'WALK', dep: { locX: 0 }, arr: { locX: 8 } }] },
      ],
    };
    const [service] = answer('TripSearch', res).services;
    expect(service?.content).toMatchObject({
      kind: 'CONNECTIONS',
      connections: [
        {
          sections: [
            { kind: 'WALK', journey: null, departure: { planned: '2026-06-30T21:50:00.000Z' } },
            { kind: 'JOURNEY', journey: { calls: [{}, { arrival: { planned: '2026-06-30T22:10:00.000Z' } }] } },
          ],
        },
      ],
      omissions: [{ path: 'svcResL[0].res.outConL[1].secL[0].arr.locX', reason: 'points outside common.locL' }],
    });
  });

  it.each([
    ['JourneyGeoPos', { common, jnyL: [{ date: '20260630', prodX: 0, stopL }] }, 'JOURNEYS'],
    ['LocGeoPos', { common, locL: common.locL }, 'LOCATIONS'],
    ['LocGeoReach', { common, posL: [{ locX: 1, dur: 4 }] }, 'LOCATIONS'],
    ['LineMatch', { common, lineL: [{ prodX: 0 }] }, 'LINES'],
    ['HimSearch', { common, msgL: [{ hid: '1', head: 'Sperrung' }] }, 'MESSAGES'],
    ['StationBoard', { common, type: 'DEP' }, 'BOARD'],
    ['ServerInfo', { fpB: '20260101' }, 'UNREAD'],
  ])('reads %s, with its envelope and (where it can be told) without', (method, res, kind) => {
    expect(answer(method, res).services).toMatchObject([{ method, content: { kind } }]);
    if (kind !== 'UNREAD') expect(read(res)).toMatchObject({ version: null, services: [{ content: { kind } }] });
  });

  it('reads errors of both levels as results that say what they mean', () => {
    const inside = read({ ver: '1.40', err: 'OK', svcResL: [{ meth: 'TripSearch', err: 'H890', errTxt: 'x' }] });
    expect(inside.services).toEqual([
      {
        method: 'TripSearch',
        content: { kind: 'ERROR', code: 'H890', blame: 'NOBODY', retry: false, meaning: 'there is no connection' },
      },
    ]);
    expect(read({ ver: '1.40', err: 'AUTH' }).services[0]?.content).toMatchObject({ kind: 'ERROR', code: 'AUTH' });
  });

  it.each([[{}], [{ hello: 'world' }], [[1]], [null], [{ err: 'OK', svcResL: [null] }], [{ err: 'OK', svcResL: {} }]])(
    'refuses %j with a reason',
    (value) => {
      expect(() => read(value)).toThrow(expect.objectContaining({ code: 'UPSTREAM_MALFORMED' }));
    },
  );
});
