import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startSandbox, type Sandbox } from '../start-sandbox.js';
import { City } from '../world/city.js';
import { ALL_SYSTEMS } from './all-systems.js';

const OVER_HTTP = [
  'sap-umc',
  'tenancy',
  'wodis',
  'hafas',
  'fare-shop',
  'till',
  'ticos',
  'openimmo',
  'gtfs',
  'calendar',
];
const NAMES = [...OVER_HTTP, 'mail'];

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ ports: 0 });
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.world.faults.end());

function urlOf(name: string): string {
  const address = sandbox.addresses.find((one) => one.name === name);
  if (!address) throw new Error('there is no such system');
  return address.url;
}

describe('the imitated systems', () => {
  it('are those of the group in the order of their ports', () => {
    expect(sandbox.addresses.map(({ name }) => name)).toEqual(['control', 'identity', ...NAMES]);
  });

  it('each name their own URL to the gateway and no setting of another', () => {
    const settings = ALL_SYSTEMS.map((create) => create(new City()).environment('http://127.0.0.1:1'));
    for (const setting of settings) expect(Object.values(setting)).toContain('http://127.0.0.1:1');
    const names = settings.flatMap((setting) => Object.keys(setting));
    expect(new Set(names).size).toBe(names.length);
    for (const name of NAMES) expect(Object.values(sandbox.environment)).toContain(urlOf(name));
  });

  it.each(OVER_HTTP)('%s alone is disturbed by its own fault, whatever is asked for', async (name) => {
    sandbox.world.faults.order({ kind: 'garbage', system: name, household: null });
    for (const asked of OVER_HTTP) {
      const response = await fetch(urlOf(asked), { method: 'POST', body: '{}' });
      const isGarbage = response.headers.get('content-type') === 'application/octet-stream';
      expect([asked, isGarbage]).toEqual([asked, asked === name]);
      await response.arrayBuffer();
    }
  });

  it.each(OVER_HTTP)('%s survives nonsense and a reset', async (name) => {
    const nonsense = await fetch(`${urlOf(name)}/%ZZ/..//?a=%&constructor`, { method: 'PUT', body: '<a>{' });
    expect(nonsense.status).toBeGreaterThanOrEqual(200);
    const reset = await fetch(`${sandbox.controlUrl}/reset?system=${name}`, { method: 'POST' });
    expect(await reset.json()).toEqual({ reset: [name] });
  });
});
