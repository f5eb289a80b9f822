import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { EnergyContractBook } from '../../../world/household.js';
import { type Bench, energyOf, type Session, startBench, type Written } from '../umc-test-client.js';

const NOON = Date.parse('2026-11-22T12:00:00+01:00');

describe.each(['newer', 'older'] as const)('instalment plans of the %s service pack', (servicePack) => {
  let bench: Bench;
  let session: Session;
  let contract: EnergyContractBook;
  beforeAll(async () => {
    bench = await startBench(servicePack);
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    bench.city.clock.shift(NOON - Date.now());
    bench.system.reset();
    session = await bench.signOn();
    contract = energyOf(bench.city, 'aylin').energy.contracts[0]!;
  });

  const planPath = (): string =>
    `BudgetBillingPlans(ContractID='${contract.contractId}',BudgetBillingPlanID='${contract.instalment.planId}')`;
  const change = async (body: object, method = 'PUT'): Promise<Written> =>
    await bench.write(session, method, planPath(), {
      Amount: '100.00',
      ChangeFromDate: `/Date(${Date.parse('2026-12-01')})/`,
      ...body,
    });

  it.each(['PUT', 'MERGE', 'PATCH'])(
    'are changed by %s with an answer without body, and later reads show it',
    async (method) => {
      const done = await change({ ChangeFromDate: '2027-02-01T00:00:00' }, method);
      expect([done.status, done.text, done.headers.get('content-type')]).toEqual([204, '', null]);
      const { body } = await bench.json(`Contracts('${contract.contractId}')?$expand=ActiveBudgetBillingPlan`);
      expect(body['d']?.['ActiveBudgetBillingPlan']).toMatchObject({
        Amount: '100.00',
        ChangeFromDate: `/Date(${Date.parse('2027-02-01')})/`,
        LowerLimitAmount: contract.instalment.minimum,
        UpperLimitAmount: contract.instalment.maximum,
      });
    },
  );

  it('are changed by POST that says PUT', async () => {
    const headers = {
      cookie: session.cookie,
      'x-csrf-token': session.token,
      'content-type': 'application/json',
      'x-http-method': 'PUT',
    };
    const body = JSON.stringify({ Amount: '90', ChangeFromDate: '2026-12-01T00:00:00' });
    const path = `/sap/opu/odata/sap/ERP_UTILITIES_UMC/${planPath()}`;
    expect((await bench.ask('POST', path, headers, body)).status).toBe(204);
    expect(bench.system.books?.()).toMatchObject([{ amount: '90.00' }]);
  });

  it('stand in the books with every change', async () => {
    for (const amount of ['100.00', '100.00', '90.00']) await change({ Amount: amount });
    const common = {
      kind: 'instalment-change',
      at: expect.stringMatching(/^2026-11-22T11:00:/),
      account: energyOf(bench.city, 'aylin').energy.accountId,
      contract: contract.contractId,
      plan: contract.instalment.planId,
      from: '2026-12-01',
    };
    expect(bench.system.books?.()).toEqual([
      { ...common, amount: '100.00', times: 2 },
      { ...common, amount: '100.00', times: 2 },
      { ...common, amount: '90.00', times: 1 },
    ]);
  });

  it('may be changed to their limits and not beyond', async () => {
    const { minimum, maximum } = contract.instalment;
    const cent = (amount: string, cents: number): string => (Number(amount) + cents / 100).toFixed(2);
    expect((await change({ Amount: minimum })).status).toBe(204);
    expect((await change({ Amount: maximum })).status).toBe(204);
    for (const amount of [cent(minimum, -1), cent(maximum, 1), '-1.00', '99999999999999999999.00']) {
      const refused = await change({ Amount: amount });
      expect([refused.status, refused.body?.['error']?.['code']]).toEqual([400, 'EL/209']);
    }
    expect(bench.system.books?.()).toHaveLength(2);
  });

  it.each([
    ['this month', { ChangeFromDate: '2026-11-30T00:00:00' }, 'EL/422'],
    ['in years', { ChangeFromDate: '2099-01-01T00:00:00' }, 'EL/422'],
    ['by a part of a cent', { Amount: '100.005' }, 'EL/355'],
  ])('are not changed %s', async (_what, wrong, code) => {
    const refused = await change(wrong);
    expect([refused.status, refused.body?.['error']?.['code']]).toEqual([400, code]);
    expect(bench.system.books?.()).toEqual([]);
  });

  it.each([
    ['no amount', { Amount: undefined }],
    ['an amount that is no text', { Amount: 100 }],
    ['no day', { ChangeFromDate: undefined }],
    ['the key of another contract', { ContractID: '0310000000' }],
  ])('are a bad request with %s', async (_what, wrong) => expect((await change(wrong)).status).toBe(400));

  it('are not found where a contract has ended, or has another plan', async () => {
    const [power, gas] = energyOf(bench.city, 'sabine').energy.contracts;
    for (const [one, planId] of [
      [gas, gas?.instalment.planId],
      [power, gas?.instalment.planId],
    ] as const) {
      const path = `BudgetBillingPlans(ContractID='${one?.contractId}',BudgetBillingPlanID='${planId}')`;
      const body = { Amount: '50.00', ChangeFromDate: '2026-12-01T00:00:00' };
      expect((await bench.write(session, 'PUT', path, body)).status).toBe(404);
    }
  });

  it('are as before after a reset of their household', async () => {
    await change({});
    bench.system.resetHousehold?.(2);
    const { body } = await bench.json(planPath());
    expect(body['d']).toMatchObject({
      Amount: contract.instalment.amount,
      ChangeFromDate: `/Date(${Date.parse('2026-12-01')})/`,
    });
  });
});
