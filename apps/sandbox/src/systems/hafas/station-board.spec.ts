import { describe, expect, it } from '@jest/globals';
import { RequestReader } from './request-reader.js';
import { stationBoard } from './station-board.js';

interface Board {
  common: { locL: { name: string }[]; prodL: object[]; remL: object[]; himL?: object[] };
  jnyL?: Journey[];
  [field: string]: unknown;
}
interface Journey {
  jid: string;
  date: string;
  prodX: number;
  isCncl?: boolean;
  stbStop: Record<string, unknown>;
  msgL: { type: string; remX?: number; himX?: number }[];
  [field: string]: unknown;
}

const NOW = Date.parse('2026-11-23T16:30:00+01:00');

const ask = (req: object, now = NOW): Board =>
  stationBoard(new RequestReader({ type: 'DEP', stbLoc: { type: 'S', extId: '153166' }, ...req }, 'req'), now) as never;
const journeys = (req: object, now = NOW): Journey[] => ask(req, now).jnyL ?? [];
const isNear = ({ stbStop }: Journey): boolean => String(stbStop['dTimeS']) <= '173000';
const planned = (req: object, now = NOW): unknown[] => journeys(req, now).map(({ stbStop }) => stbStop['dTimeS']);

describe('StationBoard', () => {
  it('writes departures as HAFAS does', () => {
    const board = ask({ date: '20261124', time: '080000', maxJny: 5 });
    expect(board).toMatchObject({
      type: 'DEP',
      fpB: '20251123',
      fpE: '20271123',
      planrtTS: String(NOW / 1000),
      sD: '20261123',
      sT: '163000',
      locRefL: [0],
    });
    expect(board.common.locL[0]).toMatchObject({ name: 'Jena, Löbdergraben', extId: '153166' });
    expect(board.jnyL).toHaveLength(5);
    expect(board.jnyL?.[0]).toEqual({
      jid: expect.stringMatching(/^1\|\d+\|0\|80\|24112026$/),
      date: '20261124',
      prodX: expect.any(Number),
      dirTxt: expect.any(String),
      dirFlg: expect.stringMatching(/^[12]$/),
      status: 'P',
      isRchbl: true,
      stbStop: {
        locX: 0,
        idx: expect.any(Number),
        dProdX: expect.any(Number),
        dPltfS: { type: 'PL', txt: expect.any(String) },
        dTimeS: '080000',
        dTZOffset: 60,
        dTimeFS: { styleX: 0 },
        dTimeFC: { styleX: 1 },
        type: 'N',
      },
      msgL: expect.any(Array),
      subscr: 'F',
      prodL: [
        {
          prodX: expect.any(Number),
          fLocX: 0,
          tLocX: expect.any(Number),
          fIdx: expect.any(Number),
          tIdx: expect.any(Number),
        },
      ],
      trainStartDate: '20261124',
    });
  });

  it('names the run behind each departure by its number, line and operator', () => {
    const board = ask({ date: '20261124', time: '080000', maxJny: 1 });
    const [journey] = board.jnyL ?? [];
    expect(board.common.prodL[journey?.prodX ?? -1]).toMatchObject({
      cls: expect.any(Number),
      oprX: 0,
      number: expect.any(String),
      prodCtx: { num: journey?.jid.split('|')[1], catOut: expect.stringMatching(/^.{8}$/) },
    });
  });

  it('writes arrivals with their own fields and where they come from', () => {
    const [arrival] = journeys({
      type: 'ARR',
      stbLoc: { extId: '153022' },
      date: '20261124',
      time: '080000',
      maxJny: 1,
    });
    expect(arrival?.stbStop).toMatchObject({ aTimeS: expect.any(String), aPltfS: { type: 'PL' }, aTZOffset: 60 });
    expect(Object.keys(arrival?.stbStop ?? {}).filter((field) => /^d[A-Z]/.test(field))).toEqual([]);
    expect(arrival?.['dirTxt']).toBe('Lobeda-Ost');
  });

  it('understands a stop by the L part of its lid', () => {
    expect(ask({ stbLoc: { lid: 'A=1@O=Jena@L=153014@' }, maxJny: 1 }).common.locL[0]?.name).toBe('Jena, Spittelplatz');
  });

  it('lists each remark once and points to it', () => {
    const board = ask({ date: '20261124', time: '080000', maxJny: 20 });
    expect(board.common.remL).toHaveLength(2);
    expect(new Set(board.jnyL?.map(({ msgL }) => msgL[0]?.remX))).toEqual(new Set([0]));
  });

  it('carries the notice of disturbed service on line 3 only', () => {
    const board = ask({ stbLoc: { extId: '153022' }, maxJny: 30 });
    const noticed = board.jnyL?.filter(({ msgL }) => msgL.some(({ himX }) => himX === 0)) ?? [];
    expect(board.common.himL).toMatchObject([{ hid: 'HIM_FREETEXT_70413', act: true, sDate: '20261101' }]);
    expect(new Set(noticed.map(({ dirTxt }) => dirTxt))).toEqual(new Set(['Lobeda-Ost']));
  });

  it('gives real time for the next hour only, some of it late and some cancelled', () => {
    const all = journeys({ maxJny: 500, dur: 240 });
    const running = all.filter((journey) => isNear(journey) && journey.isCncl !== true);
    expect(
      running.every(({ stbStop }) => stbStop['dProgType'] === 'PROGNOSED' && stbStop['dTimeR'] !== undefined),
    ).toBe(true);
    expect(running.some(({ stbStop }) => String(stbStop['dTimeR']) > String(stbStop['dTimeS']))).toBe(true);
    expect(all.filter((journey) => !isNear(journey)).every(({ stbStop }) => !('dTimeR' in stbStop))).toBe(true);
    const cancelled = all.find(({ isCncl }) => isCncl);
    expect(cancelled).toMatchObject({ isRchbl: false, stbStop: { dCncl: true } });
    expect(cancelled?.stbStop).not.toHaveProperty('dTimeR');
  });

  it('is the same each time it is asked', () => {
    expect(ask({ maxJny: 30 })).toEqual(ask({ maxJny: 30 }));
  });

  it('shows a late vehicle until it has gone', () => {
    const late = journeys({ maxJny: 500, dur: 60 }).find(
      ({ stbStop }) => String(stbStop['dTimeR']) > String(stbStop['dTimeS']),
    );
    const justAfter = { date: late?.date, time: String(late?.stbStop['dTimeS']).replace(/00$/, '30'), maxJny: 500 };
    expect(journeys(justAfter).map(({ jid }) => jid)).toContain(late?.jid);
  });

  it('pages by asking again from the last time on, without losing a trip', () => {
    const whole = journeys({ date: '20261125', time: '100000', dur: 30, maxJny: 500 }).map(({ jid }) => jid);
    const first = journeys({ date: '20261125', time: '100000', dur: 30, maxJny: 8 });
    const rest = journeys({ date: '20261125', time: first.at(-1)?.stbStop['dTimeS'], dur: 30, maxJny: 500 });
    const both = new Set([...first, ...rest].map(({ jid }) => jid));
    expect(first.map(({ jid }) => jid)).toEqual(whole.slice(0, 8));
    expect(whole.filter((jid) => !both.has(jid))).toEqual([]);
  });

  it('keeps to products and to a stop on the way', () => {
    const trams = journeys({ jnyFltrL: [{ type: 'PROD', mode: 'INC', value: '32' }], maxJny: 60 });
    const buses = journeys({ jnyFltrL: [{ type: 'PROD', mode: 'EXC', value: '32' }], maxJny: 60 });
    expect(new Set(trams.map(({ dirTxt }) => dirTxt))).toContain('Zwätzen Schleife');
    expect(new Set(buses.map(({ dirTxt }) => dirTxt))).toContain('Cospeda');
    expect(buses.length).toBeGreaterThan(0);
    const east = journeys({ dirLoc: { extId: '153035' }, maxJny: 20, dur: 180 });
    expect(new Set(east.map(({ dirTxt }) => dirTxt))).toEqual(new Set(['Jena-Ost']));
  });

  it('leaves jnyL out when nothing leaves', () => {
    const board = ask({ stbLoc: { extId: '153052' }, date: '20261124', time: '020000', dur: 60 });
    expect(board).not.toHaveProperty('jnyL');
    expect(board.common.locL).toHaveLength(1);
  });
});

describe('StationBoard and the calendar', () => {
  it('counts days in front of the time for trips that began the day before', () => {
    const [over] = journeys({ date: '20261125', time: '000100', maxJny: 1 });
    expect(over).toMatchObject({
      date: '20261124',
      trainStartDate: '20261124',
      stbStop: { dTimeS: expect.stringMatching(/^0100\d{4}$/) },
    });
  });

  it('leaves out the hour that March skips', () => {
    const night = planned({ stbLoc: { extId: '153014' }, date: '20270328', time: '003000', dur: 270, maxJny: 500 });
    expect(night.filter((time) => /^(01)?02....$/.test(String(time)))).toEqual([]);
    expect(night).toContain('032500');
    const offsets = journeys({ stbLoc: { extId: '153014' }, date: '20270328', time: '013000', dur: 120 }).map(
      ({ stbStop }) => stbStop['dTZOffset'],
    );
    expect([...new Set(offsets)]).toEqual([60, 120]);
  });

  it('runs twice through the hour that October doubles, told apart by the offset', () => {
    const doubled = journeys({ stbLoc: { extId: '153014' }, date: '20261025', time: '013000', dur: 240, maxJny: 500 })
      .filter(({ stbStop, dirTxt }) => stbStop['dTimeS'] === '022500' && dirTxt === 'Lobeda-Ost')
      .map(({ jid, stbStop }) => [jid, stbStop['dTZOffset']]);
    expect(doubled.map(([, offset]) => offset)).toEqual([120, 60]);
    expect(new Set(doubled.map(([jid]) => jid)).size).toBe(2);
  });

  it('asks from midnight of the named day and from now without one', () => {
    expect(String(planned({ date: '20261126', maxJny: 1 })[0])).toMatch(/^(01)?00/);
    expect(String(planned({ maxJny: 1 })[0])).toMatch(/^16[23]/);
  });

  it.each([
    ['a year and a day ahead', '20271124'],
    ['a year and a day ago', '20251122'],
    ['on a day that does not exist', '20260231'],
  ])('refuses a board %s', (_, date) => {
    expect(() => ask({ date })).toThrow(
      expect.objectContaining({
        code: 'H9360',
        text: 'HAFAS Kernel: Date outside of the timetable period.',
        textForPeople: expect.stringContaining('(23.11.2025 - 23.11.2027)'),
      }),
    );
  });

  it('refuses an unknown stop, an impossible time and an unknown kind of board', () => {
    expect(() => ask({ stbLoc: { extId: '999999' } })).toThrow(expect.objectContaining({ code: 'LOCATION' }));
    expect(() => ask({ time: '246000' })).toThrow(expect.objectContaining({ code: 'PARAMETER' }));
    expect(() => ask({ type: 'ANY' })).toThrow(expect.objectContaining({ code: 'PARAMETER' }));
  });
});
