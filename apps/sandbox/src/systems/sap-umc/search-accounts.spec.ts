import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answered, type Bench, energyOf, startBench } from './umc-test-client.js';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const search = (query: string, service = 'CRM'): ReturnType<Bench['json']> =>
  bench.json(`${service}_UTILITIES_UMC/GetAccounts?${query}`);
const rowsOf = (body: Answered): Answered[] => [...(body['d']?.['results'] ?? [])];
const q = (text: string): string => encodeURIComponent(`'${text.replaceAll("'", "''")}'`);

describe('the search for business partners', () => {
  it('finds by number, with or without leading zeros, and shows the address on request', async () => {
    const { energy, household } = energyOf(bench.city, 'karl');
    for (const query of [
      `AccountID=${q(energy.accountId)}`,
      `AccountID=${q(energy.accountId.replace(/^0+/, ''))}`,
      `BusinessAgreementID=${q(energy.contractAccountId)}`,
    ]) {
      const rows = rowsOf((await search(`${query}&$expand=StandardAccountAddress`)).body);
      expect(rows).toMatchObject([
        {
          AccountID: energy.accountId,
          LastName: household.person.lastName,
          StandardAccountAddress: { AddressInfo: { Street: household.address.street } },
        },
      ]);
    }
    const inErp = await search(`ContractAccountID=${q(energy.contractAccountId)}`, 'ERP');
    expect(rowsOf(inErp.body)).toMatchObject([{ AccountID: energy.accountId }]);
  });

  it('finds by name whatever the capitals, narrowed by all other criteria', async () => {
    const { energy, household } = energyOf(bench.city, 'karl');
    const { person, address } = household;
    const name = `LastName=${q(person.lastName.toLowerCase())}`;
    expect(rowsOf((await search(name)).body).map((row) => row['AccountID'])).toContain(energy.accountId);
    const narrow = `${name}&Street=${q(address.street)}&PostalCode=${q(address.postcode)}`;
    expect(rowsOf((await search(narrow)).body)).toHaveLength(1);
    expect(rowsOf((await search(`${name}&PostalCode=${q('99999')}`)).body)).toEqual([]);
  });

  it('takes a star for anything and cuts off after a hundred', async () => {
    const rows = rowsOf((await search(`LastName=${q('Z*ann')}`)).body);
    expect(rows).toHaveLength(100);
    expect(new Set(rows.map((row) => row['LastName']))).toEqual(new Set(['Zimmermann']));
  });

  it.each([
    ['nothing to search by', '', 'CRM_IU_UMC_ODATA/081'],
    ['a star alone', `LastName=${q('**')}`, 'CRM_IU_UMC_ODATA/081'],
    ['a street alone', `Street=${q('Saalstraße')}`, 'CRM_IU_UMC_ODATA/081'],
    ['a value that is no text', 'LastName=5', '005056A509B11EE1B9A8FEC11C21578E'],
    ['a number that is too long', `AccountID=${q('12345678901')}`, '005056A509B11EE1B9A8FEC11C21578E'],
  ])('refuses %s', async (_, query, code) => {
    const { status, body } = await search(query);
    expect([status, body['error']?.['code']]).toEqual([400, code]);
  });

  it('finds nothing for a number that nobody has', async () => {
    expect(rowsOf((await search(`AccountID=${q('0000000001')}`)).body)).toEqual([]);
  });

  it('is struck by the faults of the household whose number is sought', async () => {
    const { energy, household } = energyOf(bench.city, 'lena');
    bench.city.faults.order({ kind: '500', system: 'sap-umc', household: household.number });
    const answers = await Promise.all(
      [energy.accountId, energyOf(bench.city, 'karl').energy.accountId].map((account) =>
        bench.ask('GET', `/sap/opu/odata/sap/CRM_UTILITIES_UMC/GetAccounts?AccountID=${q(account)}`),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([500, 401]);
  });
});

describe('meters', () => {
  it('are found by what stands on them', async () => {
    const { energy } = energyOf(bench.city, 'karl');
    const [{ meterSerialNumber, contractId }] = energy.contracts as [(typeof energy.contracts)[number]];
    const filter = encodeURIComponent(`SerialNumber eq '${meterSerialNumber}'`);
    const rows = rowsOf((await bench.json(`Devices?$filter=${filter}`)).body);
    expect(new Set(rows.map((row) => row['ContractID']))).toEqual(new Set([contractId]));
    const none = encodeURIComponent("SerialNumber eq '1ESY0000000000'");
    expect(rowsOf((await bench.json(`Devices?$filter=${none}`)).body)).toEqual([]);
  });
});
