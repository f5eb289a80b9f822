import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toGlobalId } from '#lib/kernel';
import { AGENT, CounterStage } from '../auth/counter-stage.js';
import { OUTCOME, PROCESS, quoted, WishHouse, type Asked, type Outcome } from './wish-house.js';
import { later, powerOf, readCards, readEnergy, submitReadings, topUpCard } from './wishes.js';

describe('an agent under a mandate', () => {
  const stage = new CounterStage();
  let house: WishHouse;
  let agents = 0;

  beforeAll(async () => {
    house = await WishHouse.open({ arrange: stage.arrange });
    for (const persona of ['petra', 'aylin']) await house.me('id', { persona });
  }, 60_000);
  afterAll(() => house.close());

  const newAgent = (subsidiary: string, role = 'service'): Asked => {
    return { headers: { [AGENT]: `agent-${(agents += 1)} ${subsidiary} ${role}` } };
  };
  /** Opens the mandate at the counter of the agent's own company. */
  const serving = async (persona: string, subsidiary: string, role?: string): Promise<Asked> => {
    const agent = newAgent(subsidiary, role);
    const number = stage.customers.get(persona)!.links[subsidiary]!;
    const by = `{ customerNumber: { subsidiary: ${subsidiary}, number: ${quoted(number)}, idDocumentSeen: true } }`;
    const query = `mutation { openMandate(by: ${by}, reason: "Anruf wegen Zählerstand") { __typename } }`;
    expect((await house.ask(query, agent)).data).toEqual({ openMandate: { __typename: 'Mandate' } });
    return agent;
  };
  const idOf = (persona: string): string => toGlobalId('Customer', stage.customers.get(persona)!.id);
  const codes = async (query: string, asked: Asked): Promise<unknown[]> =>
    (await house.ask(query, asked)).errors.map(({ extensions }) => extensions['code']);
  const submit = async (mutation: string, asked: Asked, key: string): Promise<Outcome> => {
    const { data, errors } = await house.ask(
      `mutation ($key: String!) { outcome: ${mutation} { ${OUTCOME} } }`,
      asked,
      { key },
    );
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data!['outcome'] as Outcome;
  };

  it('submits readings for the customer, answers the question for them, and both are recorded', async () => {
    const energy = await readEnergy(house, { persona: 'petra' });
    const agent = await serving('petra', 'ENERGY');
    const value = later(powerOf(energy).register, 4_000);
    const asked = await submit(submitReadings(energy, '2026-11-17', value), agent, 'agent-1');
    expect(asked.state).toBe('NEEDS_CUSTOMER');
    const choice = asked.refusal!.problems[0]!.choices[0]!.value;
    const answer = `mutation { answerProcess(id: ${quoted(asked.id)}, answer: ${quoted(choice)}) { state } }`;
    expect(await codes(answer, agent)).toEqual([]);
    expect((await house.reaches(asked.id, ['DONE'], agent)).state).toBe('DONE');
    // The customer sees the same process, and who has been there.
    expect((await house.process(asked.id, { persona: 'petra' }))!.state).toBe('DONE');
    const record = await house.me<{ accessRecord: { nodes: { operation: string; reason: string }[] } }>(
      'accessRecord(first: 100) { nodes { operation reason } }',
      { persona: 'petra' },
    );
    const operations = record.accessRecord.nodes.map(({ operation }) => operation);
    expect(operations).toEqual(
      expect.arrayContaining(['energy.submit-readings', 'energy.submit-readings.answer', 'processes.look']),
    );
  }, 40_000);

  it('in sales, or of another company, neither submits readings nor sees those submitted', async () => {
    const petra = { persona: 'petra' };
    const energy = await readEnergy(house, petra);
    const value = later(powerOf(energy).register, 9_000);
    const own = await house.outcome(submitReadings(energy, '2026-11-18', value), petra);
    const sales = await serving('petra', 'ENERGY', 'sales');
    const wish = `mutation { submitReadings(key: "s-1", meterId: ${quoted(powerOf(energy).meter.id)}, date: "2026-11-18",
      readings: [{ registerId: ${quoted(powerOf(energy).register.id)}, value: "1" }]) { ${OUTCOME} } }`;
    expect(await codes(wish, sales)).toEqual(['NOT_FOUND']);
    expect(await house.process(own.id, sales)).toBeNull();
    expect(await codes(`mutation { cancelProcess(id: ${quoted(own.id)}) { id } }`, sales)).toEqual(['NOT_FOUND']);
    const all = `{ customer(id: ${quoted(idOf('petra'))}) { processes { ${PROCESS} } } }`;
    expect((await house.ask(all, sales)).data).toEqual({ customer: { processes: [] } });
    const service = await serving('petra', 'ENERGY');
    const seen = (await house.ask(all, service)).data!['customer'] as { processes: { id: string }[] };
    expect(seen.processes.map(({ id }) => id)).toContain(own.id);
  }, 40_000);

  it('sees only what takes place in companies that they may look into', async () => {
    const { id } = await house.outcome(topUpCard(await readCards(house), '5.00'));
    const energy = await serving('aylin', 'ENERGY');
    const pools = await serving('aylin', 'POOLS');
    const all = `{ customer(id: ${quoted(idOf('aylin'))}) { processes { id } } }`;
    expect((await house.ask(all, energy)).data).toEqual({ customer: { processes: [] } });
    expect(await house.process(id, energy)).toBeNull();
    expect((await house.ask(all, pools)).data).toEqual({ customer: { processes: [{ id }] } });
  }, 40_000);

  it('acts for the customer of the mandate and no other, and for nobody without one', async () => {
    const cards = await readCards(house);
    const agent = await serving('petra', 'ENERGY');
    const topUp = (more = ''): string =>
      `mutation { ${topUpCard(cards, '5.00', more).replace('$key', '"a-1"')} { ${OUTCOME} } }`;
    // Petra has no card, and the agent nothing to do with Aylin.
    expect(await codes(topUp(), agent)).toEqual(['NOT_FOUND']);
    const other = await house.ask(topUp(`, customerId: ${quoted(idOf('aylin'))}`), agent);
    expect([other.status, other.errors[0]?.extensions['code']]).toEqual([403, 'FORBIDDEN']);
    expect(await codes(topUp(), newAgent('POOLS'))).toEqual(['FORBIDDEN']);
    expect(await codes(`{ process(id: "x") { id } }`, newAgent('POOLS'))).toEqual(['FORBIDDEN']);
    expect(await house.books('till')).toHaveLength(1);
  }, 40_000);

  it('and the customer have keys of their own', async () => {
    const cards = await readCards(house);
    const agent = await serving('aylin', 'POOLS');
    const [one, two] = [
      await submit(topUpCard(cards, '6.00'), agent, 'the same'),
      await submit(topUpCard(cards, '6.00'), { persona: 'aylin' }, 'the same'),
    ];
    expect(one.id).not.toBe(two.id);
  }, 40_000);
});
