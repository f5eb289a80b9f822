import { describe, expect, it } from '@jest/globals';
import { parseInstant, toGlobalId, type Instant } from '#lib/kernel';
import { openScope, TestClock } from '#lib/testing';
import type { HttpResponse } from '#lib/upstream';
import { openTransit } from './testing/open-transit.js';
import { fixture, hafasRefusal, json, ScriptedUpstream } from './testing/scripted-upstream.js';

const BOARD = json(200, fixture('station-board.answer.json'));
const at = (text: string): Instant => parseInstant(text)!;

function house(answer: HttpResponse | (() => HttpResponse) = BOARD) {
  const clock = new TestClock();
  const upstream = new ScriptedUpstream(clock, () => (typeof answer === 'function' ? answer() : answer));
  const { stops: service } = openTransit(upstream, clock);
  return { service, clock, requests: upstream.requests, scope: () => openScope(clock) };
}

describe('a stop', () => {
  it.each([
    ['its number', '159901'],
    ['its DHID', 'de:16053:159901'],
    ['the DHID of one of its quays', 'de:16053:159901:1:02'],
    ['its node id', toGlobalId('Stop', '159901')],
  ])('is found by %s', async (_name, id) => {
    const { service, scope, requests } = house();
    expect(await service.findStop(scope(), id)).toMatchObject({ number: '159901' });
    expect(requests[0]).toContain('"lid":"A=1@L=159901@"');
  });

  it.each([
    ['another kind of node', toGlobalId('Ticket', '159901')],
    ['a node whose key is no number', toGlobalId('Stop', '1@A=2')],
    ['no id at all', 'Löbdergraben'],
    ['an endless text', '1'.repeat(10_000)],
    ['nothing', ''],
  ])('is null for %s, without asking anyone', async (_name, id) => {
    const { service, scope, requests } = house();
    expect(await service.findStop(scope(), id)).toBeNull();
    expect(await service.findDepartures(scope(), id, 10, null)).toBeNull();
    expect(requests).toEqual([]);
  });

  it('is null for the DHID of another district with the same number', async () => {
    const { service, scope } = house();
    expect(await service.findStop(scope(), 'de:16052:159901')).toBeNull();
    expect(await service.findDepartures(scope(), 'de:16052:159901', 10, null)).toBeNull();
  });

  it('is null when the timetable system does not know it', async () => {
    const { service, scope } = house(hafasRefusal('StationBoard', 'LOCATION'));
    expect(await service.findStop(scope(), '999')).toBeNull();
    expect(await service.findDepartures(scope(), '999', 10, null)).toBeNull();
  });
});

describe('stops', () => {
  it('are asked for once, however the text is spaced, and kept for hours', async () => {
    const { service, scope, clock, requests } = house(json(200, fixture('loc-match.answer.json')));
    const { value, source } = await service.listStops(scope(), '  Am   Graben ', 10);
    expect(value.map(({ name }) => name)).toEqual(['Jena, Am Beispielgraben', 'Jena, Grabenweg']);
    expect(source).toMatchObject({ subsidiary: 'TRANSIT', system: 'hafas', stale: false });
    await clock.advance(5 * 3_600_000);
    await service.listStops(scope(), 'Am Graben', 10);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toContain('"name":"Am Graben?"');
  });

  it('are those of Jena without a text', async () => {
    const { service, scope, requests } = house(hafasRefusal('LocMatch', 'NO_MATCH'));
    expect((await service.listStops(scope(), ' ', 10)).value).toEqual([]);
    expect(requests[0]).toContain('"name":"Jena?"');
  });

  it.each([
    ['x'.repeat(101), 10, 'text'],
    ['Jena', 0, 'first'],
    ['Jena', 101, 'first'],
  ])('refuse wrong input', async (text, first, path) => {
    const { service, scope, requests } = house();
    await expect(service.listStops(scope(), text, first)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { path },
    });
    expect(requests).toEqual([]);
  });
});

describe('departures', () => {
  it('are shared within a minute of `from` and for 15 seconds', async () => {
    const { service, scope, clock, requests } = house();
    await service.findDepartures(scope(), '159901', 10, at('2026-11-22T18:00:05+01:00'));
    await service.findDepartures(scope(), 'de:16053:159901', 10, at('2026-11-22T18:00:55+01:00'));
    expect(requests).toHaveLength(1);
    await clock.advance(16_000);
    await service.findDepartures(scope(), '159901', 10, at('2026-11-22T18:00:05+01:00'));
    expect(requests).toHaveLength(2);
  });

  it('are shown stale for two minutes while the system cannot be asked', async () => {
    let answer = BOARD;
    const { service, scope, clock } = house(() => answer);
    await service.findDepartures(scope(), '159901', 10, null);
    answer = hafasRefusal('StationBoard', 'CGI_READ_FAILED');
    await clock.advance(60_000);
    const reading = service.findDepartures(scope(), '159901', 10, null);
    await clock.advance(1_500);
    expect((await reading)?.source.stale).toBe(true);
  });

  it.each([
    ['0 of them', 0, null, 'first'],
    ['more than 100', 101, null, 'first'],
    ['half a departure', 1.5, null, 'first'],
    ['a year long gone', 10, at('1999-12-31T23:00:00Z'), 'from'],
    ['a year far away', 10, at('9999-12-31T23:30:00Z'), 'from'],
  ])('refuse %s without asking anyone', async (_name, first, from, path) => {
    const { service, scope, requests } = house();
    const wrong = service.findDepartures(scope(), '159901', first, from);
    await expect(wrong).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { path } });
    expect(requests).toEqual([]);
  });

  it('refuse a day outside the timetable as the caller’s mistake', async () => {
    const { service, scope } = house(hafasRefusal('StationBoard', 'H9360'));
    const wrong = service.findDepartures(scope(), '159901', 10, at('2029-01-01T00:00:00Z'));
    await expect(wrong).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { path: 'from' } });
  });
});
