import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type BatchAnswer,
  kindOfAnswer,
  readBatch,
  readEdmx,
  readGatewayError,
  readODataDocument,
  readODataPage,
  writeBatch,
  type EdmModel,
} from '#lib/formats';
import { listen, type Listener } from '../../apps/sandbox/src/listen.js';
import { createSapUmc } from '../../apps/sandbox/src/systems/sap-umc/sap-umc.js';
import { City } from '../../apps/sandbox/src/world/city.js';

const NODE = '/sap/opu/odata/sap/';

/** The readers over what the imitation of SAP writes; neither knows the other's code. */
describe.each(['older', 'newer'] as const)('the wire of SAP UMC, %s service pack', (servicePack) => {
  const city = new City();
  const system = createSapUmc(city, { servicePack });
  const environment = system.environment('http://unused');
  const basic = `${environment['ENERGY_SAP_USER']}:${environment['ENERGY_SAP_PASSWORD']}`;
  const authorization = `Basic ${Buffer.from(basic).toString('base64')}`;
  let listener: Listener;

  beforeAll(async () => {
    listener = await listen('sap-umc', '127.0.0.1', 0);
    listener.serve((request, response) => system.handle(request, response));
  });
  afterAll(() => listener.close());

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${listener.url}${NODE}${path}`, { headers: { authorization, accept: 'application/json', ...headers } });
  const model = async (service: string): Promise<EdmModel> =>
    readEdmx(Buffer.from(await (await get(`${service}/$metadata`, { accept: 'application/xml' })).arrayBuffer()));

  it.each(['ERP_UTILITIES_UMC', 'CRM_UTILITIES_UMC'])('reads the model of %s whole', async (service) => {
    const { schemas, omissions, dataServiceVersion } = await model(service);
    const [schema] = schemas;
    expect({ omissions, dataServiceVersion }).toEqual({ omissions: [], dataServiceVersion: '2.0' });
    const types = new Set(schema?.entityTypes.map(({ name }) => `${service}.${name}`));
    const sets = schema?.containers[0]?.entitySets ?? [];
    expect(sets.length).toBeGreaterThan(5);
    expect(sets.filter(({ entityType }) => !types.has(entityType))).toEqual([]);
    const navigations = schema?.entityTypes.flatMap((type) => type.navigations) ?? [];
    expect(navigations.filter(({ target }) => target === null || !types.has(target.type))).toEqual([]);
    expect(schema?.entityTypes.filter(({ keys }) => keys.length === 0)).toEqual([]);
  });

  it('finds in the model which start date a contract has', async () => {
    const [schema] = (await model('ERP_UTILITIES_UMC')).schemas;
    const contract = schema?.entityTypes.find(({ name }) => name === 'Contract');
    const names = contract?.properties.map(({ name }) => name) ?? [];
    expect([names.includes('ContractStartDate'), names.includes('MoveInDate')]).toEqual([
      servicePack === 'older',
      servicePack === 'newer',
    ]);
  });

  it('reads the answers to a batch that it wrote, refusals and changesets included', async () => {
    const account = city.byKey('aylin')?.energy?.accountId ?? '';
    const { contentType, body } = writeBatch([
      { kind: 'read', target: `Accounts('${account}')/ContractAccounts?$expand=ContractAccountBalance` },
      { kind: 'read', target: "Accounts('0000000000')" },
      { kind: 'changeset', writes: [{ method: 'PUT', target: "Accounts('1')", body: '{}', contentId: '1' }] },
      { kind: 'read', target: `Accounts('${account}')` },
    ]);
    const opened = await get('ERP_UTILITIES_UMC/', { 'x-csrf-token': 'Fetch' });
    const cookie = opened.headers.getSetCookie().map((each) => each.split(';')[0]);
    const answer = await fetch(`${listener.url}${NODE}ERP_UTILITIES_UMC/$batch`, {
      method: 'POST',
      headers: {
        cookie: cookie.join('; '),
        'x-csrf-token': opened.headers.get('x-csrf-token') ?? '',
        'content-type': contentType,
      },
      body: new Uint8Array(body),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const answers = readBatch(answer.headers.get('content-type') ?? '', bytes);
    expect(answers).toMatchObject([
      { kind: 'response', status: 200 },
      { kind: 'response', status: 404 },
      // The imitation takes changesets in and carries none out.
      { kind: 'response', status: 501 },
      { kind: 'response', status: 200 },
    ]);
    const [accounts, unknown, , self] = answers.map(bodyOf) as [Buffer, Buffer, Buffer, Buffer];
    expect(readODataDocument(accounts)).toMatchObject({ kind: 'set', omissions: [] });
    expect(readGatewayError(kindOfAnswer(undefined, unknown), unknown)).toMatchObject({ code: expect.any(String) });
    expect(readODataDocument(self)).toMatchObject({ entity: { AccountID: account } });
  });

  it('reads the size of a set beside its rows', async () => {
    const account = city.byKey('aylin')?.energy?.accountId ?? '';
    const answer = await get(`ERP_UTILITIES_UMC/Accounts('${account}')/ContractAccounts?$inlinecount=allpages&$top=1`);
    expect(readODataPage(await answer.json())).toMatchObject({
      rows: [{}],
      count: expect.any(Number),
      skipToken: null,
    });
  });
});

function bodyOf(answer: BatchAnswer): Buffer {
  return answer.kind === 'response' ? answer.body : Buffer.alloc(0);
}
