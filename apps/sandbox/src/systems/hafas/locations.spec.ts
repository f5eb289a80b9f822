import { describe, expect, it } from '@jest/globals';
import { locGeoPos } from './loc-geo-pos.js';
import { locMatch } from './loc-match.js';
import { LINES } from './network.js';
import { RequestReader } from './request-reader.js';
import { getStop, PLACES, STOPS } from './stops.js';

type Found = { name: string; type: string; dist?: number; [field: string]: unknown };

const match = (name: string, more: object = {}, loc: object = {}): Found[] => {
  const req = new RequestReader({ input: { loc: { type: 'S', name, ...loc }, field: 'S', ...more } }, 'req');
  return (locMatch(req, 0)['match'] as { locL: Found[] }).locL;
};

const around = (x: number, y: number, maxDist: number, more: object = {}): Found[] => {
  const req = new RequestReader({ ring: { cCrd: { x, y }, maxDist, minDist: 0 }, ...more }, 'req');
  return locGeoPos(req, 0)['locL'] as Found[];
};

describe('the stops of the imitated city', () => {
  it('have numbers of their own and are all the network needs', () => {
    const called = LINES.flatMap((line) => line.calls.map(([id]) => getStop(id)));
    expect(new Set(STOPS.map(({ id }) => id)).size).toBe(STOPS.length);
    expect(called.length).toBeGreaterThan(80);
  });

  it('are all called at by some line', () => {
    const called = new Set(LINES.flatMap((line) => line.calls.map(([id]) => id)));
    expect(STOPS.filter(({ id }) => !called.has(id))).toEqual([]);
  });
});

describe('LocMatch', () => {
  it('writes a stop as HAFAS does', () => {
    const req = new RequestReader({ input: { loc: { type: 'S', name: 'Löbdergraben?' } } }, 'req');
    const { common, match: found } = locMatch(req, 0) as { common: { prodL: unknown[] }; match: { locL: Found[] } };
    expect(found.locL[0]).toEqual({
      lid: 'A=1@O=Jena, Löbdergraben@X=11588410@Y=50927960@U=80@L=153166@B=1@',
      type: 'S',
      name: 'Jena, Löbdergraben',
      icoX: expect.any(Number),
      extId: '153166',
      state: 'F',
      crd: { x: 11588410, y: 50927960, floor: 0 },
      pCls: 288,
      globalIdL: [{ id: 'de:16053:153166', type: 'A' }],
      chgTime: '000300',
      countryCodeL: ['de'],
      pRefL: expect.arrayContaining([0]),
      wt: expect.any(Number),
    });
    expect(common.prodL[0]).toMatchObject({
      name: 'STR 1',
      nameS: '1',
      cls: 32,
      prodCtx: { name: 'STR 1', line: '1', lineId: 'JNV_1', catOut: 'STR     ', catOutL: 'Straßenbahn' },
    });
  });

  it.each(['Löbdergraben', 'loebdergraben', 'LOBDERGRABEN', 'Jena Löbder', 'öbdergra', 'Löbdergrahen'])(
    'finds Löbdergraben for %s',
    (text) => {
      expect(match(text)[0]?.name).toBe('Jena, Löbdergraben');
    },
  );

  it('finds nothing for a name that resembles none, and for no name', () => {
    expect([match('Timbuktu'), match('?')]).toEqual([[], []]);
  });

  it('keeps to the number asked for', () => {
    expect([match('Jena', { maxLoc: 3 }).length, match('Jena').length]).toEqual([3, 10]);
  });

  it('finds addresses and points of interest unless only stops are asked for', () => {
    expect(match('Löbdergraben', {}, { type: 'ALL' }).map(({ type }) => type)).toEqual(['S', 'A']);
    expect(match('Planetarium', {}, { type: 'ALL' }).map(({ type }) => type)).toEqual(['P']);
    expect(match('Planetarium')).toEqual([]);
  });

  it('gives railway stations outside the city no nationwide id', () => {
    expect(match('Naumburg')[0]).not.toHaveProperty('globalIdL');
  });
});

describe('LocGeoPos', () => {
  it('lists the stops of the ring by their distance in metres', () => {
    const found = around(11_588_410, 50_927_960, 400);
    expect(found.map(({ name }) => name).slice(0, 2)).toEqual(['Jena, Löbdergraben', 'Jena, Universität']);
    expect(found[0]).toMatchObject({ dist: 0, dur: 100, extId: '153166' });
    const distances = found.map(({ dist }) => dist ?? Number.NaN);
    expect(distances).toEqual(distances.toSorted((left, right) => left - right));
    expect(Math.max(...distances)).toBeLessThanOrEqual(400);
  });

  it('is empty in the open country', () => {
    expect(around(11_000_000, 50_000_000, 500)).toEqual([]);
  });

  it('adds points of interest when asked for', () => {
    const { x, y, name } = PLACES.find(({ kind }) => kind === 'P') ?? { x: 0, y: 0, name: '' };
    expect(around(x, y, 10, { getPOIs: true }).map((place) => place.name)).toEqual([name]);
    expect(around(x, y, 10)).toEqual([]);
  });

  it('refuses a point that is not on Earth', () => {
    expect(() => around(500_000_000, 0, 10)).toThrow('HCI Service: parameter invalid');
  });
});
