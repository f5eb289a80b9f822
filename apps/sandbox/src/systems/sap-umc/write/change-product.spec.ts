import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Bench, energyOf, NODE, type Session, startBench } from '../umc-test-client.js';

const NOON = Date.parse('2026-11-22T12:00:00+01:00');
const FIX = 'STROM_SAALE_FIX24';

describe.each(['newer', 'older'] as const)('ChangeProduct of the %s service pack', (servicePack) => {
  let bench: Bench;
  let session: Session;
  let contractId: string;
  let former: string;
  beforeAll(async () => {
    bench = await startBench(servicePack);
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    bench.city.clock.shift(NOON - Date.now());
    bench.city.faults.end();
    bench.system.reset();
    session = await bench.signOn();
    ({ contractId, productId: former } = energyOf(bench.city, 'aylin').energy.contracts[0]!);
  });

  const change = async (parameters: Record<string, string> = {}, method = 'POST') => {
    const all = {
      ContractID: `'${contractId}'`,
      ChangeProductDate: "datetime'2027-01-01T00:00:00'",
      NewProductID: `'${FIX}'`,
      ...parameters,
    };
    const query = Object.entries(all).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    const { cookie, token } = session;
    const headers = { cookie, 'x-csrf-token': token, accept: 'application/json' };
    const path = `${NODE}CRM_UTILITIES_UMC/ChangeProduct?${query.join('&')}`;
    const { status, text } = await bench.ask(method, path, headers);
    const body = JSON.parse(text) as { d?: object; error?: { code: string } };
    return { status, d: body.d, code: body.error?.code };
  };
  const item = async () =>
    (await bench.json(`CRM_UTILITIES_UMC/ContractItems('${contractId}')?$expand=ContractItemTimeSlices,Product`)).body[
      'd'
    ]!;

  it('gives the contract, which shows the product from its day on and the slices at once', async () => {
    const { status, d } = await change();
    expect([status, d]).toEqual([200, expect.objectContaining({ ContractID: contractId, ProductID: former })]);
    const slices = [
      { ProductID: former, EndDate: `/Date(${Date.parse('2026-12-31')})/` },
      { ProductID: FIX, StartDate: `/Date(${Date.parse('2027-01-01')})/`, EndDate: '/Date(253402214400000)/' },
    ];
    expect(await item()).toMatchObject({ ProductID: former, ContractItemTimeSlices: { results: slices } });
    bench.city.clock.shift(Date.parse('2027-01-01T12:00:00+01:00') - Date.now());
    expect(await item()).toMatchObject({
      ProductID: FIX,
      Product: { Description: 'Saale Strom Fix 24' },
      ContractItemTimeSlices: { results: slices },
    });
    expect(bench.system.books?.()).toMatchObject([
      { kind: 'product-change', contract: contractId, product: FIX, from: '2027-01-01', times: 1 },
    ]);
  });

  it('takes one change at a time', async () => {
    await change();
    expect(await change()).toMatchObject({ status: 400, code: 'CRM_IU_UMC_ODATA/022' });
    expect(bench.system.books?.()).toHaveLength(1);
  });

  it.each([
    ['today', { ChangeProductDate: "datetime'2026-11-22T00:00:00'" }, 'EL/422'],
    ['in a century', { ChangeProductDate: "datetime'2126-11-22T00:00:00'" }, 'EL/422'],
    ['to nothing', { NewProductID: "'NONE'" }, 'CRM_IU_UMC_ODATA/081'],
    ['to gas', { NewProductID: "'GAS_SAALE'" }, 'CRM_IU_UMC_ODATA/081'],
    ['to the same', { NewProductID: "'STROM_SAALE'" }, 'CRM_IU_UMC_ODATA/081'],
    ['of nobody', { ContractID: "'0999999999'" }, 'EL/209'],
  ])('is refused %s', async (_what, parameters, code) => {
    expect(await change(parameters)).toMatchObject({ status: 400, code });
    expect(bench.system.books?.()).toEqual([]);
  });

  it('is refused while the contract binds', async () => {
    // The contract is of June 2017 and binds for a year.
    bench.city.clock.shift(Date.parse('2018-01-15T12:00:00Z') - Date.now());
    session = await bench.signOn();
    const on = (day: string) => change({ ChangeProductDate: `datetime'${day}T00:00:00'` });
    expect(await on('2018-05-31')).toMatchObject({ status: 400, code: 'EL/422' });
    expect(await on('2018-06-01')).toMatchObject({ status: 200 });
  });

  it('is a bad request without a parameter, and changes nothing by GET', async () => {
    expect((await change({ NewProductID: '5' })).status).toBe(400);
    expect((await change({}, 'GET')).status).toBe(405);
    expect(bench.system.books?.()).toEqual([]);
  });

  it('suffers the faults of its household and is forgotten with it', async () => {
    bench.city.faults.order({ kind: 'cut', after: 'effect', methods: 'modifying', system: 'sap-umc', household: 2 });
    await expect(change()).rejects.toThrow();
    bench.city.faults.end();
    expect(bench.system.books?.()).toHaveLength(1);
    bench.system.resetHousehold?.(2);
    expect((await item())['ContractItemTimeSlices']).toMatchObject({ results: [{ ProductID: former }] });
  });
});
