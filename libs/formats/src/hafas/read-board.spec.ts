import { describe, expect, it } from '@jest/globals';
import { WireObject } from '../wire/wire-object.js';
import { readBoard } from './read-board.js';

const common = {
  locL: [
    { type: 'S', name: 'Jena, Musterplatz', extId: '100' },
    { type: 'S', name: 'Jena, Musterplatz (Bus)', extId: '101' },
  ],
  prodL: [
    { name: 'Str 4', nameS: '4', cls: 32, oprX: 0 },
    { prodCtx: { name: 'Bus    99', line: '99' }, cls: 256, oprX: 7 },
  ],
  opL: [{ name: 'Beispielbahn ' }],
  remL: [
    { type: 'A', code: 'nf', txtN: 'Niederflur' },
    { type: 'R', code: 'rt', txtN: 'Umleitung' },
  ],
  himL: [{ hid: '5', head: 'Bauarbeiten', text: 'Halt <b>verlegt</b> &gt; Markt,<br/>bitte&nbsp;beachten' }],
  dirL: [{ txt: 'Nordstadt' }],
};
const trip = { jid: '1|7|0|80|24102026', date: '20261024', prodX: 0, dirTxt: 'Lobeda' };
const board = (jnyL: unknown, more: object = {}) =>
  readBoard(new WireObject({ common, type: 'DEP', locRefL: [0, 1], jnyL, ...more }, 'res'));

describe('readBoard', () => {
  it('reads a departure with forecast, change of platform and remarks', () => {
    const entry = {
      ...trip,
      stbStop: {
        locX: 1,
        dTimeS: '235900',
        dTimeR: '01000100',
        dPltfS: { type: 'PL', txt: 'A' },
        dPltfR: { type: 'PL', txt: 'B' },
      },
      msgL: [
        { type: 'REM', remX: 0 },
        { type: 'REM', remX: 1 },
        { type: 'HIM', himX: 0 },
      ],
    };
    expect(board([entry], { sD: '20261024', sT: '235500' })).toEqual({
      type: 'DEPARTURES',
      stops: [expect.objectContaining({ number: '100' }), expect.objectContaining({ number: '101' })],
      answeredAt: '2026-10-24T21:55:00.000Z',
      omissions: [],
      entries: [
        {
          journeyId: '1|7|0|80|24102026',
          line: { name: 'Str 4', shortName: '4', operator: 'Beispielbahn', productBits: 32 },
          direction: 'Lobeda',
          stop: expect.objectContaining({ number: '101' }),
          planned: '2026-10-24T21:59:00.000Z',
          expected: '2026-10-24T22:01:00.000Z',
          platform: 'B',
          cancelled: false,
          remarks: [
            { kind: 'HINT', code: 'nf', title: null, text: 'Niederflur' },
            { kind: 'STATUS', code: 'rt', title: null, text: 'Umleitung' },
            { kind: 'WARNING', code: '5', title: 'Bauarbeiten', text: 'Halt verlegt > Markt, bitte beachten' },
          ],
        },
      ],
    });
  });

  it.each([
    ['the text of older versions', { dPlatfS: '3' }, '3'],
    ['a changed text', { dPlatfS: '3', dPlatfR: '4' }, '4'],
    ['an object without text', { dPltfS: { type: 'PL' } }, null],
  ])('reads the platform from %s', (_name, fields, platform) => {
    const { entries } = board([{ ...trip, stbStop: { locX: 0, dTimeS: '120000', ...fields } }]);
    expect(entries[0]?.platform).toBe(platform);
  });

  it.each([
    ['the stop', { ...trip, stbStop: { locX: 0, dTimeS: '120000', dCncl: true } }],
    ['the trip', { ...trip, isCncl: true, stbStop: { locX: 0, dTimeS: '120000' } }],
  ])('sees that %s is cancelled', (_name, row) => {
    expect(board([row]).entries[0]?.cancelled).toBe(true);
  });

  it('finds line and direction where newer versions keep them, and lives without an operator', () => {
    const row = {
      date: '20261024',
      prodL: [{ prodX: 1 }],
      dirL: [{ dirX: 0 }],
      stbStop: { locX: 0, dTimeS: '120000' },
    };
    const { entries, omissions } = board([row]);
    expect(entries[0]).toMatchObject({
      line: { name: 'Bus 99', shortName: '99', operator: null },
      direction: 'Nordstadt',
    });
    expect(omissions).toEqual([{ path: 'res.common.prodL[1].oprX', reason: 'points outside common.opL' }]);
  });

  it('reads arrivals', () => {
    const arrivals = board([{ ...trip, stbStop: { locX: 0, aTimeS: '120000' } }], { type: 'ARR' });
    expect(arrivals).toMatchObject({ type: 'ARRIVALS', entries: [{ planned: '2026-10-24T10:00:00.000Z' }] });
  });

  it('means the hour that an offset names when clocks go back', () => {
    const row = { ...trip, date: '20261025', stbStop: { locX: 0, dTimeS: '023000', dTZOffset: 60 } };
    expect(board([row]).entries[0]?.planned).toBe('2026-10-25T01:30:00.000Z');
  });

  it('takes the offset 0 for none', () => {
    const row = { ...trip, stbStop: { locX: 0, dTimeS: '120000', dTZOffset: 0 } };
    expect(board([row]).entries[0]?.planned).toBe('2026-10-24T10:00:00.000Z');
  });

  it.each([
    ['a time that is none', { ...trip, stbStop: { locX: 0, dTimeS: '1275' } }, 'stbStop.dTimeS'],
    ['no time', { ...trip, stbStop: { locX: 0 } }, 'stbStop.dTimeS'],
    ['a stop outside the table', { ...trip, stbStop: { locX: 9, dTimeS: '120000' } }, 'stbStop.locX'],
    ['a line outside the table', { ...trip, prodX: -1, stbStop: { locX: 0, dTimeS: '120000' } }, 'prodX'],
    ['a day that is none', { ...trip, date: '20261131', stbStop: { locX: 0, dTimeS: '120000' } }, 'date'],
  ])('leaves out a trip with %s and keeps the others', (_name, row, field) => {
    const { entries, omissions } = board([row, { ...trip, stbStop: { locX: 0, dTimeS: '130000' } }]);
    expect(entries).toHaveLength(1);
    expect(omissions.map(({ path }) => path)).toEqual([`res.jnyL[0].${field}`]);
  });

  it('loses a remark that leads nowhere, not the trip', () => {
    const { entries, omissions } = board([{ ...trip, stbStop: { locX: 0, dTimeS: '120000' }, msgL: [{ remX: 44 }] }]);
    expect(entries[0]?.remarks).toEqual([]);
    expect(omissions.map(({ path }) => path)).toEqual(['res.jnyL[0].msgL[0].remX']);
  });

  it('reads a board without trips', () => {
    expect(board(undefined).entries).toEqual([]);
    expect(board([]).entries).toEqual([]);
  });

  it('refuses what is no board', () => {
    expect(() => board([], { type: 'XYZ' })).toThrow('neither DEP nor ARR');
  });
});
