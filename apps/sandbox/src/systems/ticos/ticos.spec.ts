import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { World } from '../../world/world.js';
import { imagineWorld, withSystem } from '../tenancy/testing/bench.js';
import { personsIn, POOLS } from './occupancy.js';
import { createTicos } from './ticos.js';

const TENANT = { 'Abp-TenantId': '117', 'Abp.TenantId': '117' };
const ALL = 'organizationUnitIds=30201&organizationUnitIds=30202&organizationUnitIds=30203';

async function get(query: string, headers: Record<string, string> = TENANT, world: World = imagineWorld({})) {
  let answer: { status: number; body: unknown } | undefined;
  await withSystem(createTicos, world, async (url) => {
    const response = await fetch(`${url}/api/gates/counter?${query}`, { headers });
    answer = { status: response.status, body: await response.json() };
  });
  if (answer === undefined) throw new Error('no answer');
  return answer;
}

function worldAt(instant: string, today: string): World {
  return imagineWorld({ now: () => Date.parse(instant), today: () => today });
}

describe('the gate counters', () => {
  it('answer a bare list, not in the order asked', async () => {
    const { status, body } = await get(ALL);
    expect(status).toBe(200);
    expect(body).toEqual([
      { organizationUnitId: 30203, personCount: 0, maxPersonCount: 1500 },
      { organizationUnitId: 30202, personCount: 0, maxPersonCount: 800 },
      { organizationUnitId: 30201, personCount: expect.any(Number), maxPersonCount: 900 },
    ]);
  });

  it('count persons on a summer afternoon in every pool, and the same ones again', async () => {
    const afternoon = worldAt('2026-07-10T13:00:00Z', '2026-07-10');
    const { body } = await get(ALL, TENANT, afternoon);
    const counts = (body as { personCount: number }[]).map((one) => one.personCount);
    expect(counts.every((count) => count > 100)).toBe(true);
    expect((await get(ALL, TENANT, afternoon)).body).toEqual(body);
  });

  it('count nobody at night, by the clock of Berlin', async () => {
    const night = worldAt('2026-07-10T22:30:00Z', '2026-07-11');
    const { body } = await get(ALL, TENANT, night);
    expect((body as { personCount: number }[]).map((one) => one.personCount)).toEqual([0, 0, 0]);
  });

  it('leave unknown units out and count a unit once', async () => {
    const { body } = await get('organizationUnitIds=30202&organizationUnitIds=1&organizationUnitIds=30202');
    expect(body).toEqual([{ organizationUnitId: 30202, personCount: 0, maxPersonCount: 800 }]);
  });

  it.each([
    ['no tenant', {}],
    ['one header only', { 'Abp.TenantId': '117' }],
    ['headers that differ', { 'Abp-TenantId': '117', 'Abp.TenantId': '118' }],
    ['a tenant that is no number', { 'Abp-TenantId': 'jena', 'Abp.TenantId': 'jena' }],
  ])('answer an error envelope with 500 to %s', async (_, headers) => {
    const { status, body } = await get(ALL, headers);
    expect(status).toBe(500);
    expect(body).toMatchObject({ result: null, success: false, error: { code: 0 }, __abp: true });
  });

  it('answer an empty list to another tenant', async () => {
    expect(await get(ALL, { 'Abp-TenantId': '9', 'Abp.TenantId': '9' })).toEqual({ status: 200, body: [] });
  });

  it.each(['', 'organizationUnitIds=GalaxSea'])('answer a validation error to the query "%s"', async (query) => {
    const { status, body } = await get(query);
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { validationErrors: [{ members: ['organizationUnitIds'] }] } });
  });

  it('let a fault of the system happen', async () => {
    const faults = { find: (system: string) => ({ kind: 'reset' as const, system, household: null }) };
    await expect(get(ALL, TENANT, imagineWorld({ faults }))).rejects.toThrow();
  });

  it('never count fewer than nobody or more than a pool holds', () => {
    const dates = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...POOLS), dates, fc.nat({ max: 1439 }), (pool, date, minute) => {
        const persons = personsIn(pool, date.toISOString().slice(0, 10), minute);
        expect(Number.isInteger(persons) && persons >= 0 && persons <= pool.capacity).toBe(true);
      }),
    );
  });
});
