import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { customerMigrations } from '#lib/customer';
import { AppError } from '#lib/kernel';
import { sql, type Store } from '#lib/store';
import { openTestStore, TestClock, type TestStore } from '#lib/testing';
import { accessMigrations } from '../../persistence/migrations.js';
import { Secret, type PartnerContract } from '../contracts/partner-contract.js';
import { PartnerQuotas } from './partner-quotas.js';
import { noteQuota, quotaHeaders } from './quota-headers.js';

const contractOf = (clientId: string, perMinute: number, perDay = 1_000_000): PartnerContract => ({
  clientId,
  name: clientId,
  subsidiary: null,
  role: 'sales',
  scopes: [],
  redirectUris: [],
  quotas: { perMinute, perDay },
  authentication: { method: 'client_secret_basic', secret: new Secret('x') },
});

describe('quotas of partners', () => {
  let database: TestStore;
  let other: Store;
  let clock: TestClock;

  beforeAll(async () => {
    database = await openTestStore([customerMigrations, accessMigrations]);
    other = await database.another();
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(() => {
    clock = new TestClock('2026-11-22T12:00:30Z');
  });

  const served = async (
    quotas: readonly PartnerQuotas[],
    contract: PartnerContract,
    asked: number,
  ): Promise<number> => {
    let count = 0;
    for (let index = 0; index < asked; index += 1) {
      count += await quotas[index % quotas.length]!.count(contract).then(
        () => 1,
        () => 0,
      );
    }
    return count;
  };

  it('let through as many requests a minute as agreed, then say when the next minute begins', async () => {
    const quotas = new PartnerQuotas(database.store, clock);
    const contract = contractOf('minute', 5);
    expect(await served([quotas], contract, 9)).toBe(5);
    const refusal = await quotas.count(contract).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({ code: 'RATE_LIMITED', details: { retryAfterSeconds: 30 } });
    expect(quotaHeaders(refusal)).toEqual({
      'ratelimit-policy': '"minute";q=5;w=60, "day";q=1000000;w=86400',
      ratelimit: '"minute";r=0;t=30, "day";r=999995;t=43170',
    });
    await clock.advance(30_000);
    expect(await served([quotas], contract, 9)).toBe(5);
  });

  it('hold for a day, too', async () => {
    const quotas = new PartnerQuotas(database.store, clock);
    const contract = contractOf('day', 5, 7);
    expect(await served([quotas], contract, 9)).toBe(5);
    await clock.advance(60_000);
    expect(await served([quotas], contract, 9)).toBe(2);
    await expect(quotas.count(contract)).rejects.toMatchObject({ details: { retryAfterSeconds: 43_110 } });
  });

  it('count over all instances, exceeded by no more than one part for each', async () => {
    const pair = [new PartnerQuotas(database.store, clock), new PartnerQuotas(other, clock)];
    const small = await served(pair, contractOf('shared-small', 10), 40);
    expect(small).toBeGreaterThanOrEqual(10);
    expect(small).toBeLessThanOrEqual(12);
    const large = await served(pair, contractOf('shared-large', 200), 500);
    expect(large).toBeGreaterThanOrEqual(200);
    expect(large).toBeLessThanOrEqual(220);
  });

  it('cost few writes, however many requests there are', async () => {
    let writes = 0;
    const counting = { tables: () => ((writes += 1), database.store.tables()) } as unknown as Store;
    expect(await served([new PartnerQuotas(counting, clock)], contractOf('busy', 1_000), 2_000)).toBe(1_000);
    expect(writes).toBeLessThanOrEqual(44);
  });

  it('go on alone while the database is out of reach, and tell it later', async () => {
    let isAway = true;
    const away = new AppError('UPSTREAM_UNAVAILABLE', 'away');
    const flaky = {
      tables: () => {
        if (isAway) throw away;
        return database.store.tables();
      },
    } as unknown as Store;
    const quotas = new PartnerQuotas(flaky, clock);
    const contract = contractOf('away', 10);
    expect(await served([quotas], contract, 4)).toBe(4);
    isAway = false;
    expect(await served([quotas], contract, 20)).toBe(6);
    const { rows } = await sql<{ used: bigint }>`
      select used from partner_usage where client_id = 'away' and period = 'minute'`.execute(database.store.tables());
    expect(Number(rows[0]?.used)).toBe(10);
  });

  it('forget what is older than two days', async () => {
    const quotas = new PartnerQuotas(database.store, clock);
    await served([quotas], contractOf('old', 5), 1);
    await clock.advance(4 * 86_400_000);
    await served([quotas], contractOf('old', 5), 1);
    const { rows } = await sql<{ count: bigint }>`
      select count(*) from partner_usage where client_id = 'old'`.execute(database.store.tables());
    expect(rows[0]?.count).toBe(2n);
  });

  it('are told in headers only for callers that have some', async () => {
    const [partner, stranger] = [{}, {}];
    noteQuota(partner, await new PartnerQuotas(database.store, clock).count(contractOf('headers', 5)));
    expect(quotaHeaders(partner)).toMatchObject({ ratelimit: expect.stringContaining('"minute";r=4') });
    expect([quotaHeaders(stranger), quotaHeaders(undefined), quotaHeaders('text')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
