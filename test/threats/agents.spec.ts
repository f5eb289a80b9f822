import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { toGlobalId } from '#lib/kernel';
import { AGENT, CounterStage } from '../auth/counter-stage.js';
import { openHouse, type GraphAnswer, type House } from '../harness.js';
import { canariesIn } from './shown.js';
import { PassingClock } from './passing-clock.js';

const LOOK = 'query ($id: ID!) { customer(id: $id) { name energy { contracts { number } } } }';
const OPEN = `mutation ($by: MandateProof!) { openMandate(by: $by, reason: "Frage zur Rechnung") { __typename } }`;
const MINUTE_MS = 60_000;

describe('threat 23: an agent', () => {
  const clock = new PassingClock();
  const stage = new CounterStage();
  let house: House;
  let database: pg.Client;
  let canaries: string[];

  beforeAll(async () => {
    house = await openHouse({ clock, arrange: stage.arrange });
    database = new pg.Client({ connectionString: house.database.url });
    await database.connect();
    const query = '{ me { name energy { contracts { number } } } }';
    const shown = [];
    for (const persona of ['aylin', 'karl']) shown.push((await house.graphql({ query }, { persona })).data);
    canaries = canariesIn(shown);
  }, 60_000);
  afterAll(async () => {
    await database?.end();
    await house?.close();
  });

  const customerIdOf = (persona: string): string => stage.customers.get(persona)!.id;
  const as = (agent: string) => ({ headers: { [AGENT]: `${agent} ENERGY service` } });
  const look = (agent: string, persona: string): Promise<GraphAnswer> =>
    house.graphql({ query: LOOK, variables: { id: toGlobalId('Customer', customerIdOf(persona)) } }, as(agent));
  const open = async (agent: string, persona: string): Promise<unknown> => {
    const number = stage.customers.get(persona)!.links['ENERGY']!;
    const by = { customerNumber: { subsidiary: 'ENERGY', number, idDocumentSeen: true } };
    return (await house.graphql({ query: OPEN, variables: { by } }, as(agent))).data?.['openMandate'];
  };
  /** Rows of the record that name both: who tried, and about whom. */
  const refusals = async (agent: string, persona: string): Promise<unknown[]> => {
    const { rows } = await database.query<Record<string, unknown>>(
      `select actor_kind, actor, customer_id, operation, subsidiary from access_record
       where actor = $1 and customer_id = $2 and operation = 'mandate.refused'`,
      [agent, customerIdOf(persona)],
    );
    return rows;
  };
  const row = (agent: string, persona: string) => ({
    actor_kind: 'agent',
    actor: agent,
    customer_id: customerIdOf(persona),
    operation: 'mandate.refused',
    subsidiary: 'ENERGY',
  });

  it.each<[string, string, (agent: string) => Promise<unknown>]>([
    ['without a mandate', 'agent-none', async () => undefined],
    ['with one for somebody else', 'agent-foreign', (agent) => open(agent, 'karl')],
    [
      'with one that was ended',
      'agent-ended',
      async (agent) => {
        await open(agent, 'aylin');
        await house.graphql({ query: 'mutation { endMandate { kind } }' }, as(agent));
      },
    ],
    [
      'with one that has expired',
      'agent-late',
      async (agent) => {
        expect(await open(agent, 'aylin')).toEqual({ __typename: 'Mandate' });
        clock.pass(31 * MINUTE_MS);
      },
    ],
  ])('%s is refused with 403, and the record names both', async (_what, agent, prepare) => {
    await prepare(agent);
    const { status, data, errors } = await look(agent, 'aylin');
    expect([status, data, errors.map(({ extensions }) => extensions['code'])]).toEqual([
      403,
      { customer: null },
      ['FORBIDDEN'],
    ]);
    expect(canaries.filter((canary) => JSON.stringify(errors).includes(canary))).toEqual([]);
    expect(await refusals(agent, 'aylin')).toEqual([row(agent, 'aylin')]);
  });

  it('is refused at nothing while the mandate lasts', async () => {
    expect(await open('agent-served', 'aylin')).toEqual({ __typename: 'Mandate' });
    const { status } = await look('agent-served', 'aylin');
    expect([status, await refusals('agent-served', 'aylin')]).toEqual([200, []]);
  });
});
