import { describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '#lib/kernel';
import { TestClock } from '#lib/testing';
import type { HttpRequest, HttpResponse, Upstream, UpstreamCall } from '#lib/upstream';
import { FakeSap, fixture, isSignIn, jsonAnswer, printed, sessionAnswer } from '../../../fixtures/fake-sap.js';
import { parseCustomerSearch, type CustomerSearchInput } from '../../model/agents/customer-search.js';
import { CustomerSearchBackend, type Found } from './customer-search.backend.js';
import { SapGateway } from '../sap/sap-gateway.js';

const call: UpstreamCall = { signal: new AbortController().signal };
const FRIEDA = { number: '0004471100', name: 'Frau Frieda Sommerlatt', street: 'Am Planetarium', city: 'Jena' };
const EMPTY = '{"d":{"results":[]}}';
const NOBODY = '{"error":{"code":"/IWBEP/CM_MGW_RT/020","message":{"lang":"de","value":"nicht gefunden"}}}';

function house(
  answer: (request: HttpRequest) => HttpResponse = () => jsonAnswer(fixture('found-customers.answer.json')),
) {
  const sap = new FakeSap((request) => (isSignIn(request) ? sessionAnswer() : answer(request)));
  const upstream = { connect: () => sap } as unknown as Upstream;
  const clock = new TestClock('2026-11-22T12:00:00Z');
  const settings = { url: 'https://sap.example', user: 'TOR', password: 'offen' };
  const backend = new CustomerSearchBackend(new SapGateway(settings, upstream, clock), clock);
  const find = async (by: CustomerSearchInput): Promise<Found> =>
    (await backend.find(parseCustomerSearch(by), call)).value;
  const asked = (): string[] => sap.requests.slice(1).map(({ path }) => path.slice('/sap/opu/odata/sap/'.length));
  return { sap, backend, find, asked };
}

const contract = (fields: object): HttpResponse =>
  jsonAnswer(JSON.stringify({ d: { ContractID: '0900071001', AccountID: '0004471100', ...fields } }));

describe('the search by name', () => {
  it('sends all criteria in one request and reads who was found', async () => {
    const { sap, backend } = house();
    const by = parseCustomerSearch({
      name: { lastName: "O'Brien-Groß", firstName: 'Frieda', street: 'Am Planetarium', postcode: '07743' },
    });
    const { value, omissions } = await backend.find(by, call);
    expect(value.customers).toEqual([
      FRIEDA,
      { number: '0004471201', name: 'Fritz Sommerlatt', street: null, city: null },
      { number: '0004471302', name: 'Sommerlatt Orgelbau', street: null, city: null },
    ]);
    expect(omissions.map(({ path }) => path)).toEqual(['d.results[3].FullName', 'd.results[4].AccountID']);
    expect(sap.requests.slice(1).map(printed)).toEqual([fixture('find-customers.request.txt').toString('utf8')]);
  });

  it('is narrowed by a day of birth here, since SAP does not search by it', async () => {
    const { find, asked } = house();
    const found = await find({ name: { lastName: 'Sommerlatt', birthDate: '1959-01-01' as CalendarDate } });
    expect(found).toEqual({ customers: [FRIEDA], given: 3 });
    expect(asked()).toEqual(["CRM_UTILITIES_UMC/GetAccounts?LastName='Sommerlatt'&$expand=StandardAccountAddress"]);
  });

  it('cannot be turned into another search by what is typed', async () => {
    const { backend, asked } = house(() => jsonAnswer(EMPTY));
    const typed = "x' or '1' eq '1&$filter=true\r\nHost: evil</x>#ü\ud800";
    const by = {
      kind: 'name',
      lastName: typed,
      firstName: null,
      street: null,
      postcode: null,
      birthDate: null,
    } as const;
    await backend.find(by, call);
    expect(asked()).toEqual([
      "CRM_UTILITIES_UMC/GetAccounts?LastName='x%27%27%20or%20%27%271%27%27%20eq%20%27%271%26%24filter%3Dtrue" +
        "%0D%0AHost%3A%20evil%3C%2Fx%3E%23%C3%BC%EF%BF%BD'&$expand=StandardAccountAddress",
    ]);
  });
});

describe('the search by number', () => {
  it('takes nobody but the holder of a customer number, whoever SAP gives', async () => {
    const { find, asked } = house();
    expect((await find({ customerNumber: '4471100' })).customers).toEqual([FRIEDA]);
    expect(asked()).toEqual(["CRM_UTILITIES_UMC/GetAccounts?AccountID='0004471100'&$expand=StandardAccountAddress"]);
  });

  it('of a contract account asks by the business agreement', async () => {
    const { find, asked } = house(() => jsonAnswer(EMPTY));
    expect(await find({ contractAccountNumber: '201000011' })).toEqual({ customers: [], given: 0 });
    expect(asked()).toEqual([
      "CRM_UTILITIES_UMC/GetAccounts?BusinessAgreementID='000201000011'&$expand=StandardAccountAddress",
    ]);
  });

  it('of a contract finds its holder, and nobody for one that is not there', async () => {
    const { find, asked } = house(({ path }) =>
      path.includes('GetAccounts') ? jsonAnswer(fixture('found-customers.answer.json')) : contract({}),
    );
    expect((await find({ contractNumber: '900071001' })).customers).toEqual([FRIEDA]);
    expect(asked()[0]).toBe("CRM_UTILITIES_UMC/ContractItems('0900071001')");
    expect((await house(() => jsonAnswer(NOBODY, 404)).find({ contractNumber: '1' })).customers).toEqual([]);
  });

  it('of a contract fails when SAP refuses for another reason, or answers about another contract', async () => {
    const refused = house(() => jsonAnswer(fixture('not-possible.answer.json'), 400));
    await expect(refused.find({ contractNumber: '1' })).rejects.toMatchObject({ code: 'UPSTREAM_REJECTED' });
    const other = house(() => contract({ ContractID: '0900071002' }));
    await expect(other.find({ contractNumber: '900071001' })).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
  });

  it('of a meter finds whose it is today, however often the device is listed, and not who had it before', async () => {
    const devices = [
      ['1ESY7', '0900071001'],
      ['1ESY7', '0900071001'],
      ['1ESY7', '0900071009'],
      ['1ESY8', '0900071002'],
    ].map(([SerialNumber, ContractID]) => ({ SerialNumber, ContractID, DeviceID: '1' }));
    const { find, asked } = house(({ path }) => {
      if (path.includes('/Devices?')) return jsonAnswer(JSON.stringify({ d: { results: devices } }));
      if (path.includes("'0900071009'")) {
        return contract({ ContractID: '0900071009', AccountID: '9', ContractEndDate: '/Date(1780272000000)/' });
      }
      return path.includes('GetAccounts') ? jsonAnswer(fixture('found-customers.answer.json')) : contract({});
    });
    expect(await find({ meterSerialNumber: '1esy7' })).toEqual({ customers: [FRIEDA], given: 1 });
    expect(asked()).toEqual([
      'ERP_UTILITIES_UMC/Devices?$filter=SerialNumber%20eq%20%271ESY7%27',
      "CRM_UTILITIES_UMC/ContractItems('0900071001')",
      "CRM_UTILITIES_UMC/ContractItems('0900071009')",
      "CRM_UTILITIES_UMC/GetAccounts?AccountID='0004471100'&$expand=StandardAccountAddress",
    ]);
  });
});
