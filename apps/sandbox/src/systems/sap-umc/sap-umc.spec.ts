import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import { basic, type Bench, energyOf, NODE, startBench } from './umc-test-client.js';

const ERP = `${NODE}ERP_UTILITIES_UMC/`;
const utcMidnight = (date: string): string => `/Date(${Date.parse(date)})/`;

let bench: Bench;
let energy: ReturnType<typeof energyOf>['energy'];
let account: string;
beforeAll(async () => {
  bench = await startBench();
  energy = energyOf(bench.city, 'aylin').energy;
  account = `Accounts('${energy.accountId}')`;
});
afterAll(() => bench.close());

const results = async (resource: string): Promise<Record<string, unknown>[]> =>
  ((await bench.json(resource)).body['d'] as unknown as { results: Record<string, unknown>[] }).results;
const refusal = async (resource: string): Promise<unknown> => {
  const { status, body } = await bench.json(resource);
  return [status, (body['error'] as unknown as { code: string }).code];
};

const ask = (resource: string, accept?: string): ReturnType<Bench['ask']> =>
  bench.ask('GET', `${ERP}${resource}`, { ...basic(bench.system), ...(accept && { accept }) });

describe('the reads of SAP’s own app', () => {
  it('show contract items with everything expanded', async () => {
    const items = await results(
      `CRM_UTILITIES_UMC/${account}/ContractItems?$expand=Premise,Division,Product,BusinessAgreement`,
    );
    const [contract] = energy.contracts;
    const uri = `${bench.url}${NODE}CRM_UTILITIES_UMC/ContractItems('${contract?.contractId}')`;
    expect(items).toHaveLength(energy.contracts.length);
    expect(items[0]).toMatchObject({
      __metadata: { id: uri, uri, type: 'CRM_UTILITIES_UMC.ContractItem' },
      ContractID: contract?.contractId,
      ContractStartDate: utcMidnight(contract?.from ?? ''),
      ContractEndDate: '/Date(253402214400000)/',
      Division: { DivisionID: contract?.division, Description: 'Strom' },
      BusinessAgreement: { BusinessAgreementID: energy.contractAccountId },
      Product: { ProductID: contract?.productId, PersonsMin: '000000' },
      Premise: { AddressInfo: { __metadata: { type: 'CRM_UTILITIES_UMC.AddressInfo' }, City: 'Jena' } },
    });
    expect(items[0]).toHaveProperty('Premise.PointOfDeliveries.__deferred.uri');
  });

  it('show the balance with five decimals', async () => {
    const [contractAccount] = await results(`${account}/ContractAccounts?$expand=ContractAccountBalance`);
    expect(contractAccount).toHaveProperty(
      'ContractAccountBalance.CurrentBalance',
      expect.stringMatching(/^\d+\.\d{5}$/),
    );
    expect(contractAccount).toHaveProperty('Contracts.__deferred.uri', expect.stringMatching(/'\)\/Contracts$/));
  });

  it('show invoices of a period', async () => {
    const [newest] = energy.invoices.toSorted((a, b) => (a.date < b.date ? 1 : -1));
    const date = `datetime'${newest?.date}T00:00:00'`;
    const filter = encodeURIComponent(`InvoiceDate ge ${date} and InvoiceDate le ${date}`);
    const found = await results(`ContractAccounts('${energy.contractAccountId}')/Invoices?$filter=${filter}`);
    const expected = energy.invoices.filter((invoice) => invoice.date === newest?.date);
    expect(found.map((one) => one['InvoiceID'])).toEqual(expected.map(({ invoiceId }) => invoiceId));
    expect(found[0]).toMatchObject({ AmountDue: `${expected[0]?.amount}00`, Currency: 'EUR', InvoiceStatusID: '1' });
  });

  it('show the instalment plan through a nested expand', async () => {
    const [contract] = energy.contracts;
    const { body } = await bench.json(
      `Contracts('${contract?.contractId}')?$expand=ActiveBudgetBillingPlan/BudgetBillingCycle`,
    );
    expect(body['d']).toMatchObject({
      MoveInDate: utcMidnight(contract?.from ?? ''),
      ActiveBudgetBillingPlan: {
        BudgetBillingPlanID: contract?.instalment.planId,
        Amount: contract?.instalment.amount,
        BudgetBillingCycle: { BudgetBillingCycleID: '01', Description: 'Monatlich' },
      },
    });
  });

  it('show registers, and some meters twice', async () => {
    const devices = await results(`Contracts('${energy.contracts[0]?.contractId}')/Devices`);
    expect(devices).toHaveLength(2);
    expect(devices[0]).toEqual(devices[1]);
    const [register] = await results(
      `Devices('${String(devices[0]?.['DeviceID'])}')/RegistersToRead?$expand=RegisterType`,
    );
    expect(register).toMatchObject({
      RegisterID: '001',
      IntegerPlaces: '06',
      NoMeterReadingOrderFlag: false,
      PreviousMeterReadingResult: expect.stringMatching(/^\d+\.\d{14}$/),
      RegisterType: { Description: 'Hochtarif' },
    });
  });

  it('show the market location and accept its percent-encoded key', async () => {
    const [contract] = energy.contracts;
    const [point] = await results(`CRM_UTILITIES_UMC/Premises('${contract?.premiseId}')/PointOfDeliveries`);
    expect(point).toMatchObject({ ExternalID: contract?.marketLocation });
    const uri = String((point?.['__metadata'] as Record<string, unknown> | undefined)?.['uri']);
    expect(uri).toContain("('%7BXJ%7B");
    expect((await bench.json(uri.slice(`${bench.url}${NODE}`.length))).body['d']).toEqual(point);
  });

  it('deliver the invoice as PDF', async () => {
    const [invoice] = energy.invoices;
    const resource = `Invoices('${invoice?.invoiceId}')/InvoicePDF`;
    const { body } = await bench.json(resource);
    expect(body['d']).toMatchObject({ __metadata: { content_type: 'application/pdf' }, MimeType: 'application/pdf' });
    const reply = await bench.ask('GET', `${ERP}${resource}/$value`, basic(bench.system));
    expect(reply.headers.get('content-type')).toBe('application/pdf');
    expect(reply.text).toMatch(/^%PDF-1\.4\n[\s\S]*\n%%EOF\n$/);
  });

  it('follow every link that they give', async () => {
    const { body } = await bench.json(`${account}?$expand=ContractAccounts/Contracts/Devices/RegistersToRead`);
    const uris = new Set([...JSON.stringify(body).matchAll(/"uri":"([^"]+)"/g)].map(([, uri = '']) => uri));
    const replies = await Promise.all(
      [...uris].map((uri) => bench.json(uri.slice(`${bench.url}${NODE}`.length).replace('ERP_UTILITIES_UMC/', ''))),
    );
    expect(uris.size).toBeGreaterThan(20);
    expect(replies.filter(({ status }) => status !== 200 && status !== 404)).toEqual([]);
    expect(replies.filter(({ status }) => status === 404).length).toBeLessThan(replies.length / 2);
  });
});

describe('addressing and options', () => {
  it('page, sort, count and select', async () => {
    const all = await results(`${account}/Invoices?$orderby=InvoiceDate desc,AmountDue`);
    const { body } = await bench.json(
      `${account}/Invoices?$orderby=InvoiceDate desc,AmountDue&$top=2&$skip=1&$inlinecount=allpages&$select=InvoiceID`,
    );
    const page = body['d'] as unknown as { results: Record<string, unknown>[] };
    expect(page).toHaveProperty('__count', String(energy.invoices.length));
    expect(page.results.map((one) => one['InvoiceID'])).toEqual(all.slice(1, 3).map((one) => one['InvoiceID']));
    expect(Object.keys(page.results[0] ?? {})).toEqual(['__metadata', 'InvoiceID']);
  });

  it('count alone as text', async () => {
    const reply = await bench.ask('GET', `${ERP}${account}/Invoices/$count`, basic(bench.system));
    expect(reply.text).toBe(String(energy.invoices.length));
  });

  it('select inside of what is expanded', async () => {
    const [item] = await results(
      `CRM_UTILITIES_UMC/${account}/ContractItems?$expand=Premise,Division&$select=ContractID,Premise/PremiseID`,
    );
    expect(Object.keys(item ?? {})).toEqual(['__metadata', 'ContractID', 'Premise']);
    expect(Object.keys(item?.['Premise'] as object)).toEqual(['__metadata', 'PremiseID']);
  });

  it('accept a compound key in any order', async () => {
    const [plan] = energy.contracts.map(({ instalment }) => instalment.planId);
    const contractId = energy.contracts[0]?.contractId;
    const { body } = await bench.json(`BudgetBillingPlans(BudgetBillingPlanID='${plan}',ContractID='${contractId}')`);
    expect(body['d']).toMatchObject({ ContractID: contractId, BudgetBillingPlanID: plan });
  });

  it('reach a property and its bare value', async () => {
    expect((await bench.json(`${account}/LastName`)).body['d']).toEqual({ LastName: 'Kaya-Größel' });
    expect((await bench.ask('GET', `${ERP}${account}/LastName/$value`, basic(bench.system))).text).toBe('Kaya-Größel');
    const address = await bench.json(`Premises('${energy.contracts[0]?.premiseId}')/AddressInfo`);
    expect(address.body['d']).toHaveProperty('AddressInfo.City', 'Jena');
  });

  it('find a root set by the customer that the filter demands', async () => {
    const found = await results(`Contracts?$filter=ContractAccountID eq '${energy.contractAccountId}'`);
    expect(found.map((one) => one['ContractID'])).toEqual(energy.contracts.map(({ contractId }) => contractId));
    expect(await results("Contracts?$filter=ContractAccountID eq '000000000001'")).toEqual([]);
  });

  it('are refused with SAP’s codes', async () => {
    const bad = '005056A509B11EE1B9A8FEC11C21578E';
    const notFound = '/IWBEP/CM_MGW_RT/020';
    const noProperty = '005056A509B11EE1B9A8FEA8DE87F78E';
    const noSegment = '005056A509B11EE1B9A8FEC11C21D78E';
    expect(await refusal("Accounts('0000000001')")).toEqual([404, notFound]);
    expect(await refusal("Accounts('0000000001')/Invoices")).toEqual([404, notFound]);
    expect(await refusal("Accounts('0000000001111')")).toEqual([400, bad]);
    expect(await refusal('Accounts(1)')).toEqual([400, bad]);
    expect(await refusal("Accounts('1',Other='2')")).toEqual([400, bad]);
    expect(await refusal("RegistersToRead(DeviceID='1')")).toEqual([400, bad]);
    expect(await refusal('Nothing')).toEqual([404, noSegment]);
    expect(await refusal(`${account}/Nothing`)).toEqual([404, noSegment]);
    expect(await refusal(`${account}/constructor`)).toEqual([404, noSegment]);
    expect(await refusal(`${account}?$expand=Nothing`)).toEqual([400, noProperty]);
    expect(await refusal(`${account}?$select=Nothing`)).toEqual([400, noProperty]);
    expect(await refusal(`${account}/Invoices?$orderby=Nothing`)).toEqual([400, noProperty]);
    expect(await refusal(`${account}/Invoices?$top=-1`)).toEqual([400, bad]);
    expect(await refusal(`${account}/Invoices?$search=x`)).toEqual([400, bad]);
    expect(await refusal(`${account}?$top=1`)).toEqual([400, '005056A509B11EE1B9A8FEC11C23378E']);
    expect(await refusal('Invoices')).toEqual([400, 'EL/355']);
    expect(await refusal('CRM_UTILITIES_UMC/ContractItems?$top=1')).toEqual([400, 'CRM_IU_UMC_ODATA/081']);
  });
});

describe('formats and headers', () => {
  const parser = new XMLParser({ ignoreAttributes: false });
  it('are JSON on request only, with the dates’ slashes escaped', async () => {
    const reply = await ask(`${account}/Invoices?$format=json`);
    expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(reply.headers.get('dataserviceversion')).toBe('2.0');
    expect(reply.headers.get('cache-control')).toBe('no-store, no-cache');
    expect(reply.text).toMatch(/"DueDate":"\\\/Date\(\d+\)\\\/"/);
    expect(reply.text).toContain(`"uri":"${bench.url}${ERP}`);
  });

  it('are Atom otherwise', async () => {
    const reply = await ask(`${account}/ContractAccounts?$expand=ContractAccountBalance`);
    expect(reply.headers.get('content-type')).toBe('application/atom+xml;type=feed; charset=utf-8');
    const entry = (
      parser.parse(reply.text) as { feed: { entry: Record<string, Record<string, Record<string, unknown>>> } }
    ).feed.entry;
    expect(entry['content']?.['m:properties']?.['d:Description']).toBe('Ernst-Schneller-Straße 7');
    expect(reply.text).toContain('<m:inline><entry>');
  });

  it('write a refusal in XML where JSON is not asked for', async () => {
    const reply = await ask("Accounts('0000000001')", 'application/atom+xml');
    expect(reply.status).toBe(404);
    expect(reply.headers.get('content-type')).toBe('application/xml; charset=utf-8');
    expect(parser.parse(reply.text)).toHaveProperty('error.code', '/IWBEP/CM_MGW_RT/020');
  });

  it('describe the services', async () => {
    const { body } = await bench.json('');
    expect(body['d']).toHaveProperty('EntitySets', expect.arrayContaining(['Contracts', 'Invoices']));
    const reply = await ask('$metadata');
    expect(reply.headers.get('content-type')).toBe('application/xml');
    expect(parser.parse(reply.text)).toHaveProperty('edmx:Edmx.edmx:DataServices.Schema.EntityContainer.EntitySet');
    expect(reply.text).toContain('<Property Name="InvoiceID" Type="Edm.String" Nullable="false" MaxLength="40"/>');
    expect(reply.text).toContain('<Property Name="MoveInDate" Type="Edm.DateTime" Precision="0"/>');
  });

  it('refuse an unknown service as Gateway does', async () => {
    const reply = await bench.ask('GET', `${NODE}NOTHING_SRV/`, basic(bench.system));
    expect(reply.status).toBe(403);
    expect(reply.text).toContain('/IWFND/MED/170');
    expect((await bench.ask('GET', '/elsewhere', basic(bench.system))).status).toBe(404);
  });
});

describe('faults', () => {
  it('spoil the household that the keys name, and nobody else', async () => {
    const down = energyOf(bench.city, 'uwe').energy;
    const contractId = down.contracts[0]?.contractId;
    const paths = [
      `Accounts('${down.accountId}')/Invoices`,
      `Contracts('${contractId}')`,
      `Contracts?$filter=ContractAccountID eq '${down.contractAccountId}'`,
      `Invoices('${down.invoices[0]?.invoiceId}')/InvoicePDF/$value`,
      `Premises('${down.contracts[0]?.premiseId}')`,
    ];
    for (const path of paths) {
      const reply = await bench.ask('GET', `${ERP}${path}`, basic(bench.system));
      expect([path, reply.status]).toEqual([path, 500]);
    }
    expect((await bench.json(account)).status).toBe(200);
  });

  it('of the whole system spoil public data, too', async () => {
    bench.city.faults.order({ kind: '500', system: 'sap-umc', household: null });
    const reply = await bench.ask('GET', `${ERP}Divisions`, basic(bench.system));
    bench.city.faults.end();
    expect(reply.status).toBe(500);
  });
});

describe('the older service pack', () => {
  it('calls the days of a contract differently and shows less', async () => {
    const older = await startBench('older');
    const { body } = await older.json(`Contracts('${energy.contracts[0]?.contractId}')`);
    await older.close();
    expect(body['d']).toHaveProperty('ContractStartDate', utcMidnight(energy.contracts[0]?.from ?? ''));
    expect(body['d']).not.toHaveProperty('MoveInDate');
    expect(body['d']).not.toHaveProperty('HistoricFlag');
  });
});
