import { describe, expect, it } from '@jest/globals';
import { parseInstant } from '#lib/kernel';
import { TestClock } from '#lib/testing';
import type { HttpResponse } from '#lib/upstream';
import { fixture, hafasRefusal, json, ScriptedUpstream, SETTINGS } from '../testing/scripted-upstream.js';
import { HafasBackend } from './hafas.backend.js';

const CALL = { signal: new AbortController().signal };
const FROM = parseInstant('2026-11-22T18:00:00+01:00')!;

function backendThatHears(answer: HttpResponse): { backend: HafasBackend; requests: string[] } {
  const upstream = new ScriptedUpstream(new TestClock(), () => answer);
  return { backend: new HafasBackend(upstream, SETTINGS), requests: upstream.requests };
}

const board = () => backendThatHears(json(200, fixture('station-board.answer.json')));

describe('stops by text', () => {
  it('are asked for as the golden request says', async () => {
    const { backend, requests } = backendThatHears(json(200, fixture('loc-match.answer.json')));
    await backend.listStops('Löbdergraben', 10, CALL);
    expect(requests).toEqual([String(fixture('loc-match.request.txt'))]);
  });

  it('come without addresses and without malformed rows', async () => {
    const { backend } = backendThatHears(json(200, fixture('loc-match.answer.json')));
    expect(await backend.listStops('graben', 10, CALL)).toEqual({
      value: [
        {
          number: '159901',
          dhid: 'de:16053:159901',
          name: 'Jena, Am Beispielgraben',
          latitude: 50.927125,
          longitude: 11.58825,
        },
        { number: '159903', dhid: null, name: 'Jena, Grabenweg', latitude: null, longitude: null },
      ],
      omissions: [{ path: 'svcResL[0].res.match.locL[2].name', reason: 'is missing' }],
    });
  });

  it('are none when nothing matches', async () => {
    const { backend } = backendThatHears(hafasRefusal('LocMatch', 'NO_MATCH'));
    expect(await backend.listStops('xyz', 10, CALL)).toEqual({ value: [], omissions: [] });
  });
});

describe('a stop by number', () => {
  it('is asked for as the golden request says and read from its board', async () => {
    const { backend, requests } = board();
    const { value } = await backend.findStop('159901', CALL);
    expect(value).toMatchObject({ number: '159901', name: 'Jena, Am Beispielgraben' });
    expect(requests).toEqual([String(fixture('station-board-stop.request.txt'))]);
  });

  it('is null when the system does not know it', async () => {
    const { backend } = backendThatHears(hafasRefusal('StationBoard', 'LOCATION'));
    expect(await backend.findStop('1', CALL)).toEqual({ value: null, omissions: [] });
  });

  it('never carries anything but digits', async () => {
    const { backend, requests } = board();
    await expect(backend.findStop('1@A=2', CALL)).rejects.toThrow(RangeError);
    expect(requests).toEqual([]);
  });
});

describe('departures', () => {
  it('are asked for as the golden request says, in Berlin time', async () => {
    const { backend, requests } = board();
    await backend.findDepartures('159901', 10, FROM, CALL);
    expect(requests).toEqual([String(fixture('station-board.request.txt'))]);
  });

  it('are read with forecast, cancellation and remarks; a malformed one is left out', async () => {
    const { value, omissions, asOf } = await board().backend.findDepartures('159901', 10, FROM, CALL);
    expect(asOf).toBe('2026-11-22T17:01:30.000Z');
    expect(value?.stop.dhid).toBe('de:16053:159901');
    expect(value?.departures).toEqual([
      {
        key: expect.stringMatching(/^[\w-]{22}$/),
        line: 'Str 7',
        product: 'TRAM',
        direction: 'Endpunkt',
        planned: '2026-11-22T17:03:00.000Z',
        expected: '2026-11-22T17:05:00.000Z',
        cancelled: false,
        platform: '1',
        remarks: ['Niederflurwagen', 'Gleisbau: Halt verlegt. Bitte Aushang beachten.'],
      },
      expect.objectContaining({ line: 'Bus 77', product: 'BUS', direction: '', cancelled: true, expected: null }),
      expect.objectContaining({ line: 'RB 99', product: 'REGIONAL', platform: null }),
      expect.objectContaining({ line: 'Seilbahn', product: 'OTHER', planned: '2026-11-22T23:05:00.000Z' }),
    ]);
    expect(new Set(value?.departures.map(({ key }) => key)).size).toBe(4);
    expect(omissions.map(({ path }) => path)).toEqual(['svcResL[0].res.jnyL[2].prodX']);
  });

  it('are never more than asked for', async () => {
    const { value } = await board().backend.findDepartures('159901', 2, null, CALL);
    expect(value?.departures).toHaveLength(2);
  });
});

describe('trouble of the timetable system', () => {
  it.each([
    [
      'status 503',
      json(503, '<html>', { 'retry-after': '120' }),
      { code: 'UPSTREAM_UNAVAILABLE', details: { retryAfterSeconds: 120 } },
    ],
    ['status 429', json(429, ''), { code: 'UPSTREAM_UNAVAILABLE' }],
    ['status 404', json(404, ''), { code: 'UPSTREAM_REJECTED', details: { upstreamCode: 'HTTP 404' } }],
    [
      'an HTML page with status 200',
      json(200, '<html>Wartung</html>'),
      { code: 'UPSTREAM_MALFORMED', details: { path: '$' } },
    ],
    [
      'a refused checksum',
      json(200, { err: 'AUTH' }),
      { code: 'UPSTREAM_REJECTED', details: { upstreamCode: 'AUTH' } },
    ],
    ['a lost server', hafasRefusal('StationBoard', 'CGI_READ_FAILED'), { code: 'UPSTREAM_UNAVAILABLE' }],
    ['a date outside the timetable', hafasRefusal('StationBoard', 'H9360'), { details: { upstreamCode: 'H9360' } }],
    [
      'a board without a stop',
      json(200, { err: 'OK', svcResL: [{ meth: 'StationBoard', err: 'OK', res: { type: 'DEP' } }] }),
      { code: 'UPSTREAM_MALFORMED', details: { path: 'svcResL[0].res.locRefL' } },
    ],
  ])('is told apart: %s', async (_name, answer, error) => {
    const { backend } = backendThatHears(answer);
    await expect(backend.findDepartures('159901', 10, FROM, CALL)).rejects.toMatchObject(error);
  });
});
