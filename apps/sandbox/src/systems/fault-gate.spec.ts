import { afterEach, describe, expect, it } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import { listen, type Listener } from '../listen.js';
import { City } from '../world/city.js';
import type { Fault } from '../world/world.js';
import { applyFault } from './fault-gate.js';
import { readBody, send } from './http.js';

const open: Listener[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((listener) => listener.close()))));

/** A system that answers "well" for the household in the path, e.g. `/2`. */
async function system(
  fault: Omit<Fault, 'system' | 'household'>,
  after: (spoilt: boolean, request: IncomingMessage) => void = () => undefined,
) {
  const world = new City();
  world.faults.order({ ...fault, system: 'till', household: 2 });
  const listener = await listen('till', '127.0.0.1', 0);
  open.push(listener);
  listener.serve(async (request, response) => {
    const spoilt = await applyFault(world, 'till', Number(request.url?.slice(1)), request, response);
    after(spoilt, request);
    if (!spoilt) send(response, 200, 'text/plain', 'well');
  });
  return listener;
}

describe('applyFault', () => {
  it.each(['hang', 'reset', 'garbage', '500'] as const)('%s leaves other households alone', async (kind) => {
    const { url } = await system({ kind });
    expect(await (await fetch(`${url}/3`)).text()).toBe('well');
  });

  it('500 sends a bare page', async () => {
    const { url } = await system({ kind: '500' });
    const response = await fetch(`${url}/2`);
    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toContain('text/html');
  });

  it('garbage sends 200 with bytes that are no text', async () => {
    const { url } = await system({ kind: 'garbage' });
    const response = await fetch(`${url}/2`);
    expect(response.status).toBe(200);
    const bytes = await response.arrayBuffer();
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
  });

  it('reset destroys the connection', async () => {
    const { url } = await system({ kind: 'reset' });
    await expect(fetch(`${url}/2`)).rejects.toThrow();
  });

  it('latency answers after all', async () => {
    const { url } = await system({ kind: 'latency', milliseconds: 1 });
    expect(await (await fetch(`${url}/2`)).text()).toBe('well');
  });

  it.each([{ kind: 'hang' }, { kind: 'latency', milliseconds: 60_000 }] as const)(
    '$kind ends as soon as the client leaves',
    async (fault) => {
      const client = new AbortController();
      const ended = new Promise<boolean>((resolve) => {
        void system(fault, resolve).then(({ url }) => {
          const leave = setTimeout(() => client.abort(), 50);
          return fetch(`${url}/2`, { signal: client.signal }).catch(() => clearTimeout(leave));
        });
      });
      expect(await ended).toBe(true);
    },
  );

  it('hang ends when the server closes', async () => {
    const listener = await system({ kind: 'hang' });
    const answer = fetch(`${listener.url}/2`).then(
      () => 'answered',
      () => 'cut off',
    );
    await fetch(`${listener.url}/3`);
    await listener.close();
    expect(await answer).toBe('cut off');
  });
});

describe('a fault after the effect', () => {
  /** Asks once; tells what the client saw and whether the system was let do its work. */
  async function ask(fault: Omit<Fault, 'system' | 'household'>, method = 'POST') {
    const work: boolean[] = [];
    const { url } = await system(fault, (spoilt) => work.push(!spoilt));
    const seen = await fetch(`${url}/2`, { method })
      .then(async (response) => `${response.status} ${await response.text()}`)
      .catch(() => 'cut off');
    return { seen, work };
  }

  it('cuts the connection when all is done', async () => {
    expect(await ask({ kind: 'cut', after: 'effect' })).toEqual({ seen: 'cut off', work: [true] });
  });

  it('cuts the connection before anything is done', async () => {
    expect(await ask({ kind: 'cut', after: 'nothing' })).toEqual({ seen: 'cut off', work: [false] });
  });

  it('sends half of the answer, announcing the whole', async () => {
    const { url } = await system({ kind: 'cut', after: 'half-answer' });
    const response = await fetch(`${url}/2`);
    expect(response.headers.get('content-length')).toBe('4');
    await expect(response.text()).rejects.toThrow();
  });

  it.each([
    ['500', /^500 <html>/],
    ['garbage', /^200 /],
    ['reset', /^cut off$/],
  ] as const)('%s spoils the answer of work that was done', async (kind, seen) => {
    expect(await ask({ kind, after: 'effect' })).toEqual({ seen: expect.stringMatching(seen), work: [true] });
  });

  it('latency sends the right answer after all', async () => {
    expect(await ask({ kind: 'latency', milliseconds: 1, after: 'effect' })).toEqual({
      seen: '200 well',
      work: [true],
    });
  });

  it('lasts as many requests as were ordered', async () => {
    const { url } = await system({ kind: '500', after: 'effect', count: 2 });
    const statuses = [];
    for (let call = 0; call < 3; call += 1) statuses.push((await fetch(`${url}/2`)).status);
    expect(statuses).toEqual([500, 500, 200]);
  });

  it('is for modifying requests only when ordered so', async () => {
    expect((await ask({ kind: 'cut', after: 'effect', methods: 'modifying' }, 'GET')).seen).toBe('200 well');
    expect((await ask({ kind: 'cut', after: 'effect', methods: 'modifying' }, 'PUT')).seen).toBe('cut off');
    expect((await ask({ kind: 'cut', after: 'effect', methods: 'reading' }, 'GET')).seen).toBe('cut off');
  });
});

describe('readBody', () => {
  it('refuses more than a megabyte', async () => {
    const listener = await listen('reader', '127.0.0.1', 0);
    open.push(listener);
    listener.serve(async (request, response) =>
      send(response, 200, 'text/plain', String((await readBody(request)).length)),
    );
    const post = async (length: number) => await fetch(listener.url, { method: 'POST', body: 'x'.repeat(length) });
    expect(await (await post(1_048_576)).text()).toBe('1048576');
    const refused = await post(1_048_577).then(
      (response) => response.status,
      () => 'cut off',
    );
    expect([500, 'cut off']).toContain(refused);
  });
});
