import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startSandbox, type Sandbox } from '../start-sandbox.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ ports: 0 });
});
afterAll(async () => await sandbox.close());
beforeEach(async () => void (await call('POST', '/reset')));

async function call(method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }> {
  const response = await fetch(`${sandbox.controlUrl}${path}`, {
    method,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, json: await response.json() };
}

describe('the control endpoint', () => {
  it('tells on its front page where everything listens', async () => {
    const page = await (await fetch(sandbox.controlUrl)).text();
    for (const { name, url } of sandbox.addresses) expect(page).toMatch(new RegExp(`${name} +${url}`));
  });

  it('lists the personas with their passwords and numbers', async () => {
    const { personas } = (await call('GET', '/personas')).json as { personas: unknown[] };
    expect(personas).toHaveLength(12);
    expect(personas).toContainEqual(
      expect.objectContaining({ key: 'kim', hasSignIn: true, password: 'saaltor-kim', numbers: { POOLS: '200020' } }),
    );
    expect(personas).toContainEqual(expect.objectContaining({ key: 'erika', hasSignIn: false, password: null }));
  });

  it('lists the agents apart, one for service and one for sales in each subsidiary', async () => {
    const { agents } = (await call('GET', '/personas')).json as { agents: { subsidiary: string; role: string }[] };
    const posts = agents.map(({ subsidiary, role }) => `${subsidiary} ${role}`);
    for (const subsidiary of ['ENERGY', 'HOUSING', 'TRANSIT', 'POOLS']) {
      expect(posts).toEqual(expect.arrayContaining([`${subsidiary} service`, `${subsidiary} sales`]));
    }
    expect(agents).toContainEqual(
      expect.objectContaining({ key: 'agent-energy-service', password: 'saaltor-agent-energy-service' }),
    );
  });

  it('gives the links of personas and of computed households', async () => {
    expect((await call('GET', '/households/aylin')).json).toEqual({
      key: 'aylin',
      name: 'Aylin Kaya-Größel',
      hasSignIn: true,
      links: { ENERGY: '0004100014', HOUSING: '0000100006', TRANSIT: 'JNV-00020018', POOLS: '200010' },
    });
    expect((await call('GET', '/households/otto')).json).toMatchObject({ links: {} });
    expect((await call('GET', '/households/h-000123')).json).toMatchObject({ key: 'h-000123', hasSignIn: true });
  });

  it('answers 404 for unknown households and paths and 405 for the wrong method', async () => {
    expect((await call('GET', '/households/nobody')).status).toBe(404);
    expect((await call('GET', '/households/')).status).toBe(404);
    expect((await call('GET', '/nowhere')).status).toBe(404);
    expect(await call('POST', '/clock', {})).toEqual({ status: 405, json: { error: 'This path takes GET, PUT.' } });
  });

  it('orders, shows and ends faults', async () => {
    const order = { kind: 'latency', system: 'till', household: 'kim', milliseconds: 20 };
    expect((await call('POST', '/faults', order)).json).toEqual({
      faults: [{ kind: '500', system: 'sap-umc', household: 'uwe' }, order],
    });
    expect(sandbox.world.faults.find('till', 4)).toMatchObject({ kind: 'latency', milliseconds: 20 });
    expect(sandbox.world.faults.find('till', 2)).toBeUndefined();
    expect((await call('DELETE', '/faults?household=kim')).json).toEqual({
      faults: [{ kind: '500', system: 'sap-umc', household: 'uwe' }],
    });
  });

  it('shows how many requests a counted fault will still strike', async () => {
    const order = { kind: 'cut', system: 'till', household: null, after: 'effect', count: 3, methods: 'modifying' };
    expect((await call('POST', '/faults', order)).json).toMatchObject({ faults: [{}, { ...order, left: 3 }] });
    const fault = sandbox.world.faults.find('till', null);
    if (fault) sandbox.world.faults.spend(fault);
    expect((await call('GET', '/faults')).json).toMatchObject({ faults: [{}, { count: 3, left: 2 }] });
  });

  it('shows what was booked, which is nothing at first', async () => {
    expect(await call('GET', '/books/sap-umc')).toEqual({ status: 200, json: [] });
  });

  it('names the systems that keep books when asked for others', async () => {
    for (const path of ['/books/hafas', '/books/', '/books/nothing/at/all']) {
      expect(await call('GET', path)).toEqual({
        status: 404,
        json: { error: expect.stringMatching(/^Books are kept by/) },
      });
    }
  });

  it.each([
    ['no JSON', 'kind=hang'],
    ['no object', []],
    ['an unknown kind', { kind: 'explode' }],
    ['an unknown system', { kind: 'hang', system: 'sap' }],
    ['an unknown household', { kind: 'hang', household: 'h-999999' }],
    ['latency without milliseconds', { kind: 'latency' }],
    ['latency without end', { kind: 'latency', milliseconds: 1e9 }],
    ['milliseconds without latency', { kind: 'hang', milliseconds: 5 }],
    ['a cut that does not say when', { kind: 'cut' }],
    ['an unknown moment', { kind: 'cut', after: 'lunch' }],
    ['half an answer of a 500', { kind: '500', after: 'half-answer' }],
    ['no request to last', { kind: 'hang', count: 0 }],
    ['methods by name', { kind: 'hang', methods: 'POST' }],
    ['a field nobody knows', { kind: 'hang', sytem: 'till' }],
  ])('refuses a fault with %s in a sentence', async (_what, body) => {
    const { status, json } = await call('POST', '/faults', body);
    expect(status).toBe(400);
    expect(json).toEqual({ error: expect.stringMatching(/^[A-Za-z].*\.$/) });
    expect(sandbox.world.faults.list()).toHaveLength(1);
  });

  it('moves the clock to an instant or by an offset and back', async () => {
    expect((await call('PUT', '/clock', { now: '2027-01-01T00:30:00+01:00' })).json).toMatchObject({
      today: '2027-01-01',
    });
    expect(sandbox.world.today()).toBe('2027-01-01');
    expect((await call('PUT', '/clock', { offsetMs: 3_600_000 })).json).toMatchObject({ offsetMs: 3_600_000 });
    await call('POST', '/reset');
    expect((await call('GET', '/clock')).json).toMatchObject({ offsetMs: 0 });
  });

  it.each([
    {},
    { now: '2026-11-22' },
    { now: 'soon' },
    { offsetMs: 1e15 },
    { offsetMs: '5' },
    { now: null, offsetMs: 1 },
  ])('refuses the time %j', async (body) => expect((await call('PUT', '/clock', body)).status).toBe(400));

  it('resets one household or one system without touching the rest', async () => {
    await call('PUT', '/clock', { offsetMs: 1000 });
    await call('POST', '/faults', { kind: 'hang', system: 'till', household: 'kim' });
    await call('POST', '/faults', { kind: 'hang', system: 'hafas' });
    expect((await call('POST', '/reset?household=kim')).status).toBe(200);
    expect(sandbox.world.faults.find('till', 4)).toBeUndefined();
    expect(sandbox.world.faults.find('hafas', 4)?.kind).toBe('hang');
    expect((await call('POST', '/reset?system=hafas')).json).toEqual({ reset: ['hafas'] });
    expect(sandbox.world.faults.find('hafas', 4)).toBeUndefined();
    expect(sandbox.world.clock.offsetMs).toBe(1000);
    expect((await call('POST', '/reset?system=sap')).status).toBe(400);
    expect((await call('POST', '/reset?who=kim')).status).toBe(400);
  });

  it('issues tokens only for those who can sign in', async () => {
    expect((await call('POST', '/tokens', { persona: 'h-000123' })).json).toMatchObject({ expires_in: 3600 });
    expect((await call('POST', '/tokens', { persona: 'erika' })).status).toBe(400);
    expect((await call('POST', '/tokens', { persona: 'nobody' })).status).toBe(400);
    expect((await call('POST', '/tokens', {})).status).toBe(400);
  });

  it('hands the gateway its environment', async () => {
    expect((await call('GET', '/environment')).json).toEqual(sandbox.environment);
  });
});
