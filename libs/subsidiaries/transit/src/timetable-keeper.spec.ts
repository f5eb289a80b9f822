import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { settle, TestClock } from '#lib/testing';
import type { HttpResponse } from '#lib/upstream';
import { openDataFeed, openTransit, WITH_OPEN_DATA } from './testing/open-transit.js';
import { json, ScriptedUpstream } from './testing/scripted-upstream.js';

const MINUTE = 60_000;
const UNCHANGED = json(304, '');
const GARBAGE = json(200, Buffer.from('00ff', 'hex'));

let told: string[] = [];
beforeEach(() => {
  told = [];
  const note = (message: unknown): void => void told.push(String(message));
  jest.spyOn(Logger.prototype, 'log').mockImplementation(note);
  jest.spyOn(Logger.prototype, 'warn').mockImplementation(note);
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** The answers in their order, the last one for ever. */
async function keeperOf(...answers: (HttpResponse | Promise<HttpResponse>)[]) {
  const clock = new TestClock();
  const upstream = new ScriptedUpstream(clock, () => (answers.length > 1 ? answers.shift()! : answers[0]!));
  const { keeper } = openTransit(upstream, clock, WITH_OPEN_DATA);
  keeper.onApplicationBootstrap();
  const pass = async (milliseconds: number): Promise<void> => {
    await clock.advance(milliseconds);
    for (let turns = 0; turns < 5; turns += 1) await settle();
  };
  /** Until the system has been asked so many times. */
  const passUntilAsked = async (times: number): Promise<void> => {
    for (let minutes = 0; upstream.requests.length < times && minutes < 70; minutes += 0.1) await pass(MINUTE / 10);
  };
  await pass(0);
  return { keeper, requests: upstream.requests, pass, passUntilAsked };
}

describe('the timetable', () => {
  it('is loaded after the start and told of in counts', async () => {
    const { keeper } = await keeperOf(openDataFeed());
    const { asOf, timetable } = await keeper.get();
    expect([asOf, timetable.trips.ids]).toEqual(['2026-11-01T04:00:00.000Z', ['T', 'U', 'V']]);
    expect(told).toEqual(['timetable loaded in 0.0 s: 5 stops, 3 trips, 7 calls, 0 rows left out']);
  });

  it('is looked for again after an hour, more or less, by what the server knows it by', async () => {
    const { keeper, requests, pass } = await keeperOf(openDataFeed(), UNCHANGED);
    const before = await keeper.get();
    await pass(53 * MINUTE);
    expect(requests).toHaveLength(1);
    await pass(14 * MINUTE);
    expect(requests).toHaveLength(2);
    expect(requests[1]).toContain('if-none-match: "v1"');
    expect(requests[1]).toContain('if-modified-since: Sun, 01 Nov 2026 04:00:00 GMT');
    expect((await keeper.get()) === before).toBe(true);
  });

  it('is replaced as a whole by a newer one', async () => {
    const newer = openDataFeed({ trips: ['route_id,service_id,trip_id', 'R,daily,T'] });
    const { keeper, passUntilAsked } = await keeperOf(openDataFeed(), newer);
    await passUntilAsked(2);
    expect((await keeper.get()).timetable.trips.ids).toEqual(['T']);
    expect(told.at(-1)).toBe('timetable loaded in 0.0 s: 5 stops, 1 trips, 2 calls, 5 rows left out');
  });

  it.each([
    ['is malformed', GARBAGE, 'UPSTREAM_MALFORMED'],
    ['does not come', json(503, ''), 'UPSTREAM_UNAVAILABLE'],
  ])('stays in use when the next one %s', async (_how, next, code) => {
    const { keeper, pass, passUntilAsked } = await keeperOf(openDataFeed(), next, next, openDataFeed());
    const before = await keeper.get();
    await passUntilAsked(2);
    expect((await keeper.get()) === before).toBe(true);
    expect(told.at(-1)).toContain(code);
    expect(told.at(-1)).toContain('that of 2026-11-01T04:00:00.000Z stays in use');
    await pass(MINUTE);
    expect((await keeper.get()) === before).toBe(false);
  });

  it('is tried for again soon when there is none yet', async () => {
    const { keeper, requests, pass } = await keeperOf(json(500, ''), openDataFeed());
    await expect(keeper.get()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    await pass(17_000);
    expect(requests).toHaveLength(2);
    expect((await keeper.get()).timetable.stops).toHaveLength(5);
  });

  it('that stays malformed is tried for ever later', async () => {
    const { requests, pass } = await keeperOf(GARBAGE);
    await pass(17_000);
    expect(requests).toHaveLength(2);
    // 13.5 to 16.5 s, and then 27 to 33 s: by chance, a tenth more or less.
    await pass(23_000);
    expect(requests).toHaveLength(2);
    await pass(11_000);
    expect(requests).toHaveLength(3);
  });

  it('that does not come is given up after five minutes', async () => {
    const { requests, pass } = await keeperOf(new Promise<HttpResponse>(() => undefined));
    await pass(5 * MINUTE);
    expect(told.at(-1)).toContain('UPSTREAM_TIMEOUT');
    await pass(17_000);
    expect(requests).toHaveLength(2);
  });

  it('is not looked for any more after the stop', async () => {
    const { keeper, requests, pass } = await keeperOf(new Promise<HttpResponse>(() => undefined));
    await keeper.onApplicationShutdown();
    await pass(120 * MINUTE);
    expect([requests.length, told]).toEqual([1, []]);
  });
});
