import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { toGlobalId } from '#lib/kernel';
import { AGENT, CounterStage } from '../auth/counter-stage.js';
import { OUTCOME, quoted, WishHouse, type Asked, type Outcome } from '../processes/wish-house.js';
import { later, powerOf, readEnergy, submitReadings } from '../processes/wishes.js';

/** Kilowatt hours that nobody uses in a year. */
const TOO_MUCH = 40_000;
const LOCKED = `energy { contracts { commodity meters { registers { lastValue }
  readings(states: [IMPLAUSIBLE, LOCKED]) { nodes { id value state } } } } }`;

interface Locked {
  readonly energy: {
    readonly contracts: readonly {
      readonly commodity: string;
      readonly meters: readonly {
        readonly registers: readonly { readonly lastValue: string }[];
        readonly readings: { readonly nodes: readonly { id: string; value: string; state: string }[] };
      }[];
    }[];
  };
}

describe('an implausible reading', () => {
  const stage = new CounterStage();
  let house: WishHouse;
  let agents = 0;

  beforeAll(async () => {
    house = await WishHouse.open({ arrange: stage.arrange });
    for (const persona of ['lena', 'karl']) await house.me('id', { persona });
  }, 60_000);
  afterAll(() => house?.close());
  beforeEach(() => house.control('POST', '/reset'));

  const idOf = (persona: string): string => toGlobalId('Customer', stage.customers.get(persona)!.id);
  const serving = async (persona: string, subsidiary = 'ENERGY', role = 'service'): Promise<Asked> => {
    const agent = { headers: { [AGENT]: `reviewer-${(agents += 1)} ${subsidiary} ${role}`, prefer: 'wait=10' } };
    const number = stage.customers.get(persona)!.links[subsidiary]!;
    const by = `{ customerNumber: { subsidiary: ${subsidiary}, number: ${quoted(number)}, idDocumentSeen: true } }`;
    await house.ask(`mutation { openMandate(by: ${by}, reason: "Zählerstand prüfen") { __typename } }`, agent);
    return agent;
  };
  /** Lena submits far too much and says that it is right. */
  const submitTooMuch = async (): Promise<void> => {
    const energy = await readEnergy(house, { persona: 'lena' });
    const value = later(powerOf(energy).register, TOO_MUCH);
    const wish = submitReadings(energy, '2026-11-18', value);
    const asked = await house.outcome(wish, { persona: 'lena' });
    const waiting = asked.state === 'NEEDS_CUSTOMER' ? asked : await house.reaches(asked.id, ['NEEDS_CUSTOMER'], lena);
    const choice = waiting.refusal!.problems[0]!.choices[0]!.value;
    await house.ask(`mutation { answerProcess(id: ${quoted(asked.id)}, answer: ${quoted(choice)}) { id } }`, lena);
    await house.reaches(asked.id, ['DONE'], lena);
  };
  const lena = { persona: 'lena' };
  const locked = async (asked: Asked): Promise<{ id: string; value: string; state: string; lastValue: string }[]> => {
    const { data, errors } = await house.ask(`{ customer(id: ${quoted(idOf('lena'))}) { ${LOCKED} } }`, asked);
    expect(errors).toEqual([]);
    const { contracts } = (data!['customer'] as Locked).energy;
    return contracts
      .filter(({ commodity }) => commodity === 'POWER')
      .flatMap(({ meters }) => meters)
      .flatMap(({ readings, registers }) =>
        readings.nodes.map((node) => ({ ...node, lastValue: registers[0]!.lastValue })),
      );
  };
  const review = (id: string, decision: string, more = ''): string =>
    `reviewReading(key: $key, readingId: ${quoted(id)}, decision: ${decision}, reason: "Foto liegt vor"${more})`;
  const submit = async (mutation: string, asked: Asked, key = `k-${agents}`): Promise<Outcome> => {
    const answer = await house.ask(`mutation ($key: String!) { outcome: ${mutation} { ${OUTCOME} } }`, asked, { key });
    if (answer.errors.length > 0) throw new Error(String(answer.errors[0]!.extensions['code']));
    return answer.data!['outcome'] as Outcome;
  };
  const statuses = async (): Promise<unknown[]> =>
    (await house.books('sap-umc')).filter(({ kind }) => kind === 'reading-status').map(({ status }) => status);

  it('waits for an agent, who releases it; then it counts, and the customer sees who did it', async () => {
    await submitTooMuch();
    const agent = await serving('lena');
    const [reading] = await locked(agent);
    expect(reading).toMatchObject({ state: 'IMPLAUSIBLE' });
    expect(Number(reading!.lastValue) + TOO_MUCH).toBeCloseTo(Number(reading!.value), 3);
    const { id, state } = await submit(review(reading!.id, 'RELEASE'), agent);
    const done = state === 'DONE' ? null : await house.reaches(id, ['DONE'], agent);
    expect((done ?? (await house.process(id, agent)))!.result).toMatchObject({ __typename: 'Meter' });
    expect(await locked(agent)).toEqual([]);
    const register = powerOf(await readEnergy(house, lena)).register;
    expect(register.lastValue).toBe(reading!.value);
    expect(await statuses()).toEqual(['4']);
    expect((await house.process(id, lena))!.title).toBe('Zählerstand prüfen');
    const { accessRecord } = await house.me<{ accessRecord: { nodes: object[] } }>(
      'accessRecord(first: 100) { nodes { operation reason } }',
      lena,
    );
    expect(accessRecord.nodes).toContainEqual({ operation: 'energy.review-reading', reason: 'Zählerstand prüfen' });
  }, 40_000);

  it('stays out when it is rejected, and makes room for a right one', async () => {
    await submitTooMuch();
    const agent = await serving('lena');
    const [reading] = await locked(agent);
    const { id } = await submit(review(reading!.id, 'REJECT'), agent);
    await house.reaches(id, ['DONE'], agent);
    expect(await locked(agent)).toMatchObject([{ state: 'LOCKED' }]);
    const energy = await readEnergy(house, lena);
    const value = later(powerOf(energy).register, 2_000);
    const right = await submit(
      submitReadings(energy, '2026-11-17', value, `, customerId: ${quoted(idOf('lena'))}`),
      agent,
      'the right one',
    );
    await house.reaches(right.id, ['DONE'], agent);
    expect(powerOf(await readEnergy(house, lena)).register.lastValue).toBe(value);
    expect(await statuses()).toEqual(['3']);
  }, 40_000);

  it('is released once, whatever happens to SAP’s answer', async () => {
    await submitTooMuch();
    const agent = await serving('lena');
    const [reading] = await locked(agent);
    const fault = { kind: 'reset', system: 'sap-umc', household: 'lena', after: 'effect', count: 1 };
    await house.fault({ ...fault, methods: 'modifying' });
    const { id } = await submit(review(reading!.id, 'RELEASE'), agent);
    // What is there counts at once; what is not, only when the lost request cannot arrive any more.
    await house.reaches(id, ['DONE'], agent);
    expect(await statuses()).toEqual(['4']);
  }, 60_000);

  it('is nobody else’s business: customers, sales, other companies, and another customer’s agent', async () => {
    await submitTooMuch();
    const [reading] = await locked(await serving('lena'));
    const wish = review(reading!.id, 'RELEASE');
    await expect(submit(wish, lena)).rejects.toThrow('FORBIDDEN');
    await expect(submit(wish, await serving('lena', 'ENERGY', 'sales'))).rejects.toThrow('FORBIDDEN');
    await expect(submit(wish, { headers: { [AGENT]: 'berta HOUSING' } })).rejects.toThrow('FORBIDDEN');
    await expect(submit(wish, { headers: { [AGENT]: 'anna ENERGY' } })).rejects.toThrow('FORBIDDEN');
    const karls = await serving('karl');
    expect(await submit(wish, karls)).toMatchObject({
      __typename: 'Refusal',
      code: 'NOT_YOURS',
      problems: [{ path: 'readingId' }],
    });
    const forLena = review(reading!.id, 'RELEASE', `, customerId: ${quoted(idOf('lena'))}`);
    await expect(submit(forLena, karls)).rejects.toThrow('FORBIDDEN');
    expect(await statuses()).toEqual([]);
  }, 40_000);
});
