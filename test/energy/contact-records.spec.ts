import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { toGlobalId } from '#lib/kernel';
import { AGENT, CounterStage } from '../auth/counter-stage.js';
import type { GraphAnswer } from '../harness.js';
import { OUTCOME, quoted, WishHouse, type Asked, type Outcome } from '../processes/wish-house.js';

const CONTACTS = `energy { contactRecords(first: 2) {
  nodes { id at direction channel reason category subject note } pageInfo { hasNextPage endCursor } totalCount
  source { subsidiary system stale } } }`;
const CHOICES = `{ energyContactChoices {
  reasons { code name } channels { code name } categories { code name parent } source { system } } }`;
const LENA = { persona: 'lena' };

interface Contacts {
  readonly nodes: readonly { readonly id: string; readonly subject: string | null; readonly note: string | null }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  readonly totalCount: number;
}

describe('contacts with a customer', () => {
  const stage = new CounterStage();
  let house: WishHouse;
  let agents = 0;

  beforeAll(async () => {
    house = await WishHouse.open({ arrange: stage.arrange });
    for (const persona of ['lena', 'aylin']) await house.me('id', { persona });
  }, 60_000);
  afterAll(() => house?.close());
  beforeEach(() => house.control('POST', '/reset'));

  const idOf = (persona: string): string => toGlobalId('Customer', stage.customers.get(persona)!.id);
  const newAgent = (subsidiary = 'ENERGY', role = 'service'): Asked => {
    return { headers: { [AGENT]: `noting-${(agents += 1)} ${subsidiary} ${role}`, prefer: 'wait=10' } };
  };
  const serving = async (persona: string, subsidiary = 'ENERGY', role = 'service'): Promise<Asked> => {
    const agent = newAgent(subsidiary, role);
    const number = stage.customers.get(persona)!.links[subsidiary]!;
    const by = `{ customerNumber: { subsidiary: ${subsidiary}, number: ${quoted(number)}, idDocumentSeen: true } }`;
    await house.ask(`mutation { openMandate(by: ${by}, reason: "Anruf wegen Rechnung") { __typename } }`, agent);
    return agent;
  };
  const wish = (more: object = {}): string => {
    const values = {
      at: new Date(house.clock.now()).toISOString(),
      channel: 'TEL',
      reason: 'A1-ABRECHN0-AB01',
      subject: 'Frage zur Rechnung',
      note: 'Versteht den Abschlag nicht.\nRückruf zugesagt.',
      ...more,
    };
    const named = Object.entries(values).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    return `recordContact(key: $key, direction: INBOUND, ${named.join(', ')})`;
  };
  const submit = (mutation: string, asked: Asked, key: string): Promise<GraphAnswer> =>
    house.ask(`mutation ($key: String!) { outcome: ${mutation} { ${OUTCOME} } }`, asked, { key });
  const outcome = async (mutation: string, asked: Asked, key = `c-${agents}`): Promise<Outcome> => {
    const { data, errors } = await submit(mutation, asked, key);
    expect(errors).toEqual([]);
    return data!['outcome'] as Outcome;
  };
  const codes = async (answer: Promise<GraphAnswer>): Promise<unknown[]> =>
    (await answer).errors.map(({ extensions }) => extensions['code']);
  const contactsOf = async (persona: string, asked: Asked, page = ''): Promise<Contacts> => {
    const query = CONTACTS.replace('(first: 2)', `(first: 2${page})`);
    const { data, errors } = await house.ask(`{ customer(id: ${quoted(idOf(persona))}) { ${query} } }`, asked);
    expect(errors).toEqual([]);
    return (data!['customer'] as { energy: { contactRecords: Contacts } }).energy.contactRecords;
  };
  const noted = async (): Promise<readonly object[]> =>
    (await house.books('sap-umc')).filter(({ kind }) => kind === 'interaction-record');

  it('are noted by an agent and listed page by page, newest first', async () => {
    const agent = await serving('lena');
    for (const [index, subject] of ['Erster Anruf', 'Zweiter Anruf', 'Dritter Anruf'].entries()) {
      const { id } = await outcome(wish({ subject }), agent, `call ${index}`);
      const done = await house.reaches(id, ['DONE'], agent);
      expect(done.result).toMatchObject({ __typename: 'ContactRecord' });
      await house.pass(1_000);
    }
    const first = await contactsOf('lena', agent);
    expect(first).toMatchObject({
      nodes: [
        {
          direction: 'INBOUND',
          channel: 'Telefon',
          reason: 'Frage zur Rechnung',
          category: null,
          subject: 'Dritter Anruf',
          note: 'Versteht den Abschlag nicht.\nRückruf zugesagt.',
        },
        { subject: 'Zweiter Anruf' },
      ],
      pageInfo: { hasNextPage: true },
      totalCount: 4,
      source: { subsidiary: 'ENERGY', system: 'sap-umc', stale: false },
    });
    const second = await contactsOf('lena', agent, `, after: ${quoted(first.pageInfo.endCursor)}`);
    expect(second.nodes.map(({ subject }) => subject)).toEqual(['Erster Anruf', 'Begrüßung']);
    expect(second.pageInfo.hasNextPage).toBe(false);
  }, 40_000);

  it('are noted once, whatever happens to SAP’s answer and however often the client asks', async () => {
    const agent = await serving('lena');
    await house.fault({
      kind: 'reset',
      system: 'sap-umc',
      household: 'lena',
      after: 'effect',
      count: 1,
      methods: 'modifying',
    });
    const mutation = wish();
    const ids = await Promise.all([1, 2, 3].map(async () => (await outcome(mutation, agent, 'same')).id));
    expect(new Set(ids).size).toBe(1);
    await house.reaches(ids[0]!, ['DONE'], agent);
    expect(await noted()).toHaveLength(1);
    expect(await codes(submit(wish({ subject: 'Etwas anderes' }), agent, 'same'))).toEqual(['CONFLICT']);
  }, 60_000);

  it('take what the house’s lists offer, and say what that is', async () => {
    const agent = await serving('lena');
    const { data } = await house.ask(CHOICES, agent);
    const { reasons, channels, categories } = data!['energyContactChoices'] as Record<string, { code: string }[]>;
    expect([reasons!.length, channels!.length, categories!.length]).toEqual([5, 5, 4]);
    const refused = await outcome(wish({ channel: 'FAX', subject: 'x', at: '2027-01-01T00:00:00Z' }), agent, 'k-1');
    expect(refused).toMatchObject({ __typename: 'Refusal', problems: [{ path: 'at' }, { path: 'subject' }] });
    const strange = await outcome(wish({ channel: 'FAX' }), agent, 'k-2');
    expect(strange.problems[0]).toMatchObject({ path: 'channel', code: 'NOT_POSSIBLE' });
    expect(strange.problems[0]!.choices.map(({ value }) => value)).toEqual(channels!.map(({ code }) => code));
    expect(await noted()).toEqual([]);
    const category = categories!.find(({ code }) => code.endsWith('M'))!.code;
    const { id } = await outcome(wish({ category }), agent, 'k-3');
    await house.reaches(id, ['DONE'], agent);
    expect(await contactsOf('lena', agent)).toMatchObject({ nodes: [{ category: 'Abschlag' }, {}] });
  }, 40_000);

  it('are noted by sales, too, who read no free text', async () => {
    const sales = await serving('lena', 'ENERGY', 'sales');
    const { id } = await outcome(wish(), sales);
    await house.reaches(id, ['DONE'], sales);
    const { nodes } = await contactsOf('lena', sales);
    expect(nodes).toMatchObject([
      { reason: 'Frage zur Rechnung', subject: null, note: null },
      { subject: null, note: null },
    ]);
  }, 40_000);

  it('are shown to nobody but agents of this company under a mandate', async () => {
    const agent = await serving('lena');
    const { id } = await outcome(wish(), agent);
    await house.reaches(id, ['DONE'], agent);
    // The customer sees that it was done, and who looked; the text comes with the export.
    expect(await house.me(CONTACTS, LENA)).toEqual({ energy: { contactRecords: null } });
    expect(await house.process(id, LENA)).toMatchObject({ title: 'Kontakt vermerken', state: 'DONE', result: null });
    const { accessRecord } = await house.me<{ accessRecord: { nodes: object[] } }>(
      'accessRecord(first: 100) { nodes { operation reason } }',
      LENA,
    );
    expect(accessRecord.nodes).toContainEqual({ operation: 'energy.record-contact', reason: 'Anruf wegen Rechnung' });
    const pools = await serving('aylin', 'POOLS');
    const query = `{ customer(id: ${quoted(idOf('aylin'))}) { ${CONTACTS} } }`;
    expect((await house.ask(query, pools)).data).toEqual({ customer: { energy: null } });
    expect(await codes(submit(wish(), LENA, 'k'))).toEqual(['FORBIDDEN']);
    expect(await codes(submit(wish(), pools, 'k'))).toEqual(['FORBIDDEN']);
    expect(await codes(submit(wish(), newAgent(), 'k'))).toEqual(['FORBIDDEN']);
    expect(await codes(house.ask(CHOICES, pools))).toEqual(['FORBIDDEN']);
    expect(await codes(house.ask(CHOICES, LENA))).toEqual(['FORBIDDEN']);
    expect(await noted()).toHaveLength(1);
  }, 40_000);
});
