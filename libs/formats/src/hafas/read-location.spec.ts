import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WireObject } from '../wire/wire-object.js';
import { parseLid, stopLid } from './hafas-lid.js';
import { readLocation } from './read-location.js';
import { readLocations } from './read-locations.js';

const read = (location: object, hints: string[] = []) => readLocation(new WireObject(location, 'locL[0]'), hints);

describe('readLocation', () => {
  it('reads a stop with the fields of newer systems', () => {
    const stop = read({
      lid: 'A=1@O=Musterplatz@X=11580001@Y=50920002@U=80@L=00012@',
      type: 'S',
      name: 'Jena, Musterplatz',
      extId: '00012',
      crd: { x: 11580001, y: 50920002, floor: 0 },
      pCls: 288,
      globalIdL: [
        { id: '12', type: 'X' },
        { id: 'de:16053:12', type: 'A' },
      ],
    });
    expect(stop).toEqual({
      kind: 'STOP',
      number: '00012',
      dhid: 'de:16053:12',
      name: 'Jena, Musterplatz',
      position: { latitude: 50.920002, longitude: 11.580001 },
      productBits: 288,
    });
  });

  it('takes from the location id what the fields leave out', () => {
    expect(read({ lid: 'A=1@O=Am Ende@X=11580001@Y=-50920002@L=77@i=A×de:16053:77@' })).toEqual({
      kind: 'STOP',
      number: '77',
      dhid: 'de:16053:77',
      name: 'Am Ende',
      position: { latitude: -50.920002, longitude: 11.580001 },
      productBits: null,
    });
  });

  it.each([
    [{ gidL: ['A×de:16053:77'] }, [], 'de:16053:77'],
    [{ gidL: ['A×de:16053:77:1:02'] }, [], 'de:16053:77:1:02'],
    [{}, ['Aufzug defekt', 'de:16053:77'], 'de:16053:77'],
    [{ gidL: [null, 7, 'U×7700', 'siehe de:16053:77'] }, [], null],
  ])('finds the DHID in %j with hints %j', (fields, hints, dhid) => {
    expect(read({ type: 'S', name: 'Halt', extId: '77', ...fields }, hints).dhid).toBe(dhid);
  });

  it('knows addresses and points of interest, which have no number', () => {
    expect(read({ type: 'A', name: 'Beispielweg 3' })).toMatchObject({ kind: 'ADDRESS', number: null });
    expect(read({ lid: 'A=4@O=Turm@' })).toMatchObject({ kind: 'POI', name: 'Turm' });
  });

  it.each([[{ x: 0, y: 0 }], [{ x: 181_000_000, y: 5 }], [{ x: '11', y: 5 }], [{}]])(
    'takes %j for an unknown position',
    (crd) => {
      expect(read({ type: 'S', name: 'Halt', extId: '1', crd }).position).toBeNull();
    },
  );

  it.each([
    [{ type: 'S', name: 'Halt' }, 'locL[0].extId'],
    [{ type: 'S', extId: '1' }, 'locL[0].name'],
    [{ type: 'S', extId: 1, name: 'Halt' }, 'locL[0].extId'],
    [{ type: 'S', extId: '1', name: 'Halt', pCls: 'many' }, 'locL[0].pCls'],
  ])('refuses %j with its path', (location, path) => {
    expect(() => read(location)).toThrow(
      expect.objectContaining({ code: 'UPSTREAM_MALFORMED', details: expect.objectContaining({ path }) }),
    );
  });
});

describe('readLocations', () => {
  it('leaves out a malformed place and keeps the others', () => {
    const rows = [
      { type: 'S', name: 'Eins', extId: '1' },
      { type: 'S' },
      null,
      { type: 'S', name: 'Zwei', extId: '2' },
    ];
    const { locations, omissions } = readLocations(new WireObject({ common: {}, match: { locL: rows } }, 'res'));
    expect(locations.map(({ name }) => name)).toEqual(['Eins', 'Zwei']);
    expect(omissions.map(({ path }) => path)).toEqual(['res.match.locL[1].extId', 'res.match.locL[2]']);
  });

  it('finds the DHID that older systems keep in remarks, by both kinds of reference', () => {
    const common = {
      remL: [
        { type: 'I', code: 'IF', txtN: 'de:16053:8' },
        { type: 'I', code: 'IF', txtN: 'de:16053:9' },
      ],
    };
    const locL = [
      { type: 'S', name: 'Acht', extId: '8', rRefL: [0] },
      { type: 'S', name: 'Neun', extId: '9', msgL: [{ type: 'REM', remX: 1 }] },
      { type: 'S', name: 'Zehn', extId: '10', rRefL: [5] },
    ];
    const { locations, omissions } = readLocations(new WireObject({ common, locL }, ''));
    expect(locations.map(({ dhid }) => dhid)).toEqual(['de:16053:8', 'de:16053:9', null]);
    expect(omissions).toEqual([{ path: 'locL[2].rRefL[0]', reason: 'points outside common.remL' }]);
  });

  it('reads an answer without a list as nothing found', () => {
    expect(readLocations(new WireObject({ match: { state: 'L' } }, '')).locations).toEqual([]);
  });
});

describe('location ids', () => {
  it('are read back as written', () => {
    const numbers = fc.stringMatching(/^\d{1,12}$/);
    fc.assert(fc.property(numbers, (number) => expect(parseLid(stopLid(number))).toMatchObject({ kind: '1', number })));
  });

  it('never carry anything but a number', () => {
    expect(() => stopLid('1@L=2')).toThrow(RangeError);
  });

  it('keep names with equals signs and ignore inherited ones', () => {
    const lid = parseLid('A=1@O=Ost=West@__proto__=x@L=5@L=6@X=1e9@');
    expect(lid).toEqual({ kind: '1', name: 'Ost=West', number: '5', globalId: null, x: null, y: null });
  });
});
