import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Answered, basic, type Bench, energyOf, NODE, type Session, startBench } from '../umc-test-client.js';

describe.each(['newer', 'older'] as const)('contacts in the %s service pack', (servicePack) => {
  let bench: Bench;
  let session: Session;
  let account: string;
  beforeAll(async () => {
    bench = await startBench(servicePack);
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    bench.system.reset();
    session = await bench.signOn();
    account = energyOf(bench.city, 'lena').energy.accountId;
  });

  const note = async (more: object = {}): Promise<{ status: number; body: Answered | undefined }> => {
    const body = {
      AccountID: account,
      Description: 'Anruf',
      Note: 'Fragt nach\nder Rechnung.',
      InteractionRecordReasonID: 'A1-ABRECHN0-AB01',
      ChannelID: 'TEL',
      DateFrom: '/Date(1795345200000)/',
      IncomingFlag: true,
      ...more,
    };
    const headers = {
      ...basic(bench.system),
      cookie: session.cookie,
      'x-csrf-token': session.token,
      accept: 'application/json',
      'content-type': 'application/json',
    };
    const path = `${NODE}CRM_UTILITIES_UMC/InteractionRecords`;
    const { status, text } = await bench.ask('POST', path, headers, JSON.stringify(body));
    return { status, body: text.startsWith('{') ? (JSON.parse(text) as Answered) : undefined };
  };
  const list = async (query = ''): Promise<Answered[]> => {
    const { body } = await bench.json(`CRM_UTILITIES_UMC/Accounts('${account}')/InteractionRecords?${query}`);
    return [...body['d']!['results']!];
  };

  it('are kept with an open status, and shown with the words of reason and channel', async () => {
    const before = await list();
    const made = await note({ InteractionRecordCategory1GUID: '0001aQzK7jY5VbN2mXw{rM' });
    expect(made.status).toBe(201);
    const id = made.body?.['d']?.['InteractionRecordID'];
    const rows = await list('$expand=InteractionRecordReason,Channel');
    expect(rows).toHaveLength(before.length + 1);
    expect(rows.at(-1)).toMatchObject({
      InteractionRecordID: id,
      Description: 'Anruf',
      Note: 'Fragt nach\nder Rechnung.',
      InteractionRecordCategory1: 'Abschlag',
      DateFrom: '/Date(1795345200000)/',
      IncomingFlag: true,
      DocumentStatusID: 'E0001',
      InteractionRecordReason: { Description: 'Frage zur Rechnung' },
      Channel: { Description: 'Telefon' },
    });
    const since = (day: string): string => `$filter=${encodeURIComponent(`DateFrom ge datetime'${day}T00:00:00'`)}`;
    expect(await list(since('2026-11-22'))).toHaveLength(1);
    expect(await list(since('2026-11-23'))).toHaveLength(0);
  });

  it('are kept twice when they come twice, and stand in the books until a reset', async () => {
    await note();
    await note();
    expect(bench.system.books?.()).toMatchObject([
      { kind: 'interaction-record', account, channel: 'TEL', incoming: true, from: '2026-11-22T11:00:00', times: 2 },
      { kind: 'interaction-record', times: 2 },
    ]);
    bench.system.resetHousehold?.(1);
    expect(bench.system.books?.()).toEqual([]);
  });

  it.each([
    ['no business partner', { AccountID: '' }, 'CRM_IU_UMC_ODATA/081'],
    ['one whom nobody knows', { AccountID: '0000000001' }, 'CRM_IU_UMC_ODATA/081'],
    ['no description', { Description: ' ' }, 'CRM_IU_UMC_ODATA/081'],
    ['a long description', { Description: 'x'.repeat(41) }, '005056A509B11EE1B9A8FEC11C21578E'],
    ['a strange reason', { InteractionRecordReasonID: 'X' }, 'CRM_IU_UMC_ODATA/085'],
    ['a strange channel', { ChannelID: 'XXX' }, 'CRM_IU_UMC_ODATA/085'],
    ['a strange category', { InteractionRecordCategory1GUID: 'x' }, 'CRM_IU_UMC_ODATA/085'],
    ['a flag that is text', { IncomingFlag: 'X' }, '005056A509B11EE1B9A8FEC11C21578E'],
  ])('with %s are refused', async (_, wrong, code) => {
    const { status, body } = await note(wrong);
    expect([status, body?.['error']?.['code']]).toEqual([400, code]);
    expect(bench.system.books?.()).toEqual([]);
  });

  it('have lists of reasons, channels and categories that are the same for everyone', async () => {
    const sets = ['InteractionRecordReasons', 'Channels', 'InteractionRecordCategories'];
    const answers = await Promise.all(sets.map((set) => bench.json(`CRM_UTILITIES_UMC/${set}`)));
    expect(answers.map(({ body }) => body['d']?.['results']?.length)).toEqual([5, 5, 4]);
  });
});
