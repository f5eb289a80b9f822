import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Bench, energyOf, startBench } from './umc-test-client.js';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
  bench.city.clock.shift(Date.parse('2026-11-18T12:00:00Z') - Date.now());
});
afterAll(() => bench.close());

const called = (contract: string) => bench.json(`GetCurrentBillingPeriod?ContractID='${contract}'`);

describe('GetCurrentBillingPeriod', () => {
  it('returns the year that is being billed, under the name of the function', async () => {
    const { contractId } = energyOf(bench.city, 'aylin').energy.contracts[0]!;
    expect(await called(contractId)).toEqual({
      status: 200,
      body: {
        d: {
          GetCurrentBillingPeriod: {
            __metadata: { type: 'ERP_UTILITIES_UMC.BillingPeriod' },
            StartDate: `/Date(${Date.parse('2026-01-01')})/`,
            EndDate: `/Date(${Date.parse('2026-12-31')})/`,
          },
        },
      },
    });
  });

  it('has no days for a contract that is over', async () => {
    const ended = energyOf(bench.city, 'sabine').energy.contracts.find(({ division }) => division === '02')!;
    const { body } = await called(ended.contractId);
    expect(body['d']?.['GetCurrentBillingPeriod']).toMatchObject({ StartDate: null, EndDate: null });
  });

  it('refuses a contract that nobody has, and a call without one', async () => {
    expect((await called('0999999999')).body['error']).toMatchObject({ code: 'EL/209' });
    expect((await bench.json('GetCurrentBillingPeriod')).status).toBe(400);
    expect((await bench.json('GetCurrentBillingPeriod?ContractID=1')).status).toBe(400);
  });
});
