import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Bench, energyOf, startBench } from '../umc-test-client.js';

type Values = readonly Record<string, string>[];

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
  bench.city.clock.shift(Date.parse('2026-11-18T12:00:00Z') - Date.now());
});
afterAll(() => bench.close());

const rows = async (resource: string): Promise<Values> =>
  ((await bench.json(resource)).body['d'] as unknown as { results: Values }).results;
const sum = (values: Values, name: string): number => values.reduce((total, row) => total + Number(row[name]), 0);
const contractOf = (key: string): string => energyOf(bench.city, key).energy.contracts[0]!.contractId;

describe('consumption', () => {
  it('is kept for the 24 months that are over, with what was billed', async () => {
    const months = await rows(`Contracts('${contractOf('aylin')}')/ContractConsumptionValues`);
    expect(months).toHaveLength(24);
    expect(months.at(-1)).toMatchObject({
      ConsumptionPeriodTypeID: 'BC',
      StartDate: `/Date(${Date.parse('2026-10-01')})/`,
      EndDate: `/Date(${Date.parse('2026-10-31')})/`,
      ConsumptionUnit: 'KWH',
      BillingPeriodYear: '2026',
      BillingPeriodMonth: '10',
    });
    expect(sum(months.slice(-12), 'ConsumptionValue')).toBeCloseTo(2600, -1);
  });

  it('has its day in the key, as SAP writes it', async () => {
    const contract = contractOf('aylin');
    const [month] = await rows(`Contracts('${contract}')/ContractConsumptionValues?$top=1`);
    const { uri } = month!['__metadata'] as unknown as { uri: string };
    const key = `ContractID='${contract}',ConsumptionPeriodTypeID='BC',StartDate=datetime'2024-11-01T00%3A00%3A00'`;
    expect(uri).toMatch(`/ContractConsumptionValues(${key})`);
    const answer = await bench.json(uri.slice(uri.indexOf('ContractConsumptionValues')));
    expect(answer.body['d']).toMatchObject({ ContractID: contract });
  });

  it('comes by day for smart meters, and the days of a month sum to the month', async () => {
    const contract = contractOf('aylin');
    const filter = `ContractID eq '${contract}' and OutputInterval eq 'DAY' and Timestamp ge datetime'2026-10-01T00:00:00' and Timestamp lt datetime'2026-11-01T00:00:00'`;
    const days = await rows(`ProfileValues?$filter=${encodeURIComponent(filter)}`);
    const months = await rows(`Contracts('${contract}')/ContractConsumptionValues`);
    expect(days.length % 31).toBe(0);
    expect(sum(days, 'Value')).toBeCloseTo(Number(months.at(-1)!['ConsumptionValue']), 6);
  });

  it('has no days of a meter that is read by hand', async () => {
    const { energy } = energyOf(bench.city, 'aylin');
    const heating = energy.contracts.find(({ division }) => division === '07')!;
    expect(await rows(`Contracts('${heating.contractId}')/ProfileValues`)).toEqual([]);
  });

  it('belongs to somebody: without a contract the profile is refused', async () => {
    expect((await bench.json(`ProfileValues?$filter=OutputInterval eq 'DAY'`)).status).toBe(400);
  });
});
