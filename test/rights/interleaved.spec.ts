import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '#lib/kernel';
import { openHouse, type House } from '../harness.js';

const QUERY = `{ me { name energy { contracts { number } } housing { leases { number } }
  transit { fareSubscriptions { number } } pools { cards { number } } } }`;
const REQUESTS = 1_000;
const AT_ONCE = 20;

describe('many requests of two customers', () => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse({ clock: systemClock });
  }, 60_000);
  afterAll(() => house.close());

  it('never mix their data, a thousand times interleaved', async () => {
    const people = ['aylin', 'jana'];
    const own = await Promise.all(
      people.map(async (persona) => (await house.graphql({ query: QUERY }, { persona })).data),
    );
    expect(own[0]).not.toEqual(own[1]);
    const parts = own.map((data) => data!['me'] as Record<string, unknown>);
    const whole = [0, 0];
    let sent = 0;
    const ask = async (): Promise<void> => {
      while (sent < REQUESTS) {
        const index = (sent += 1) % 2;
        const { data, errors } = await house.graphql({ query: QUERY }, { persona: people[index]! });
        const me = (data?.['me'] ?? {}) as Record<string, unknown>;
        // On a starved machine a part may be missing with an error; what is there must be one's own.
        for (const [part, value] of Object.entries(me)) expect([null, parts[index]![part]]).toContainEqual(value);
        if (errors.length === 0) {
          expect(data).toEqual(own[index]);
          whole[index]! += 1;
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, ask));
    expect(sent).toBeGreaterThanOrEqual(REQUESTS);
    expect(Math.min(...whole)).toBeGreaterThan(0);
  }, 240_000);
});
