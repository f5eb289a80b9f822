import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { ANONYMOUS } from '#lib/kernel';
import { TestClock } from '#lib/testing';
import type { Callers } from './callers.js';
import { ScopeFactory } from './scope-factory.js';

class Response extends EventEmitter {
  writableFinished = false;
}

describe('the scope of a request', () => {
  const clock = new TestClock();
  const factory = new ScopeFactory(
    { principalOf: () => Promise.resolve(ANONYMOUS) } as Partial<Callers> as Callers,
    clock,
  );
  const open = (headers: Record<string, string>, response = new Response()): ReturnType<ScopeFactory['open']> =>
    factory.open({ headers }, response, 'graph');

  it.each([
    [undefined, 2],
    ['wait=5', 5],
    ['respond-async, wait=0', 0],
    ['wait=600', 10],
    ['wait="3"', 3],
    ['wait=-1', 2],
    ['wait=soon', 2],
    ['await=7', 2],
  ])('with Prefer %j waits %d s', async (prefer, seconds) => {
    const scope = await open(prefer === undefined ? {} : { prefer });
    expect(scope.waitUntil - clock.now()).toBe(seconds * 1000);
  });

  it('speaks the language of the header', async () => {
    expect((await open({ 'accept-language': 'en' })).language).toBe('en');
  });

  it('tells when the client has gone, but not when it has been served', async () => {
    const [gone, served] = [new Response(), new Response()];
    const scopes = [await open({}, gone), await open({}, served)];
    served.writableFinished = true;
    for (const response of [gone, served]) response.emit('close');
    expect(scopes.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  });
});
