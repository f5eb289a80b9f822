import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildClientSchema,
  getIntrospectionQuery,
  type GraphQLObjectType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { parseGlobalId, systemClock } from '#lib/kernel';
import { CounterStage, STEP_UP } from '../auth/counter-stage.js';
import { Browser } from '../partner/browser.js';
import { ampleContract } from '../partner/contracts-file.js';
import { PartnerHouse } from '../partner/partner-house.js';
import { questionsOf, type Question } from './argument-questions.js';
import { Routes } from './routes.js';
import { canariesIn, idsIn, inventedLike } from './shown.js';
import { wholeOf, type Whole } from './whole-selection.js';

const TICKETS = '/partner/v1/transit/tickets';
const REPORT = `mutation ($lease: ID!, $key: String!) {
  reportRepair(leaseId: $lease, key: $key, roomType: KITCHEN, description: "Der Hahn tropft") { ... on Process { id } }
}`;
const STATE = 'query ($id: ID!) { process(id: $id) { state } }';
/** Everybody here has just shown a second factor, so that nothing is refused for the lack of one. */
const FRESH = { [STEP_UP]: '1' };
/** Written by agents about customers, and shown to agents only. */
const AGENTS_ONLY = new Set(['ContactRecord']);
const AT_ONCE = 8;
/** Refusals that are the same for an id of somebody else's and for one of nobody's. */
const REFUSED = new Set(['NOT_FOUND', 'FORBIDDEN']);

/** What a person sees of themselves. */
interface Shown {
  readonly ids: readonly string[];
  readonly canaries: readonly string[];
}

describe('threat 1: what is another customer’s', () => {
  const routes = new Routes();
  const contract = ampleContract();
  const stage = new CounterStage();
  const tokens: Record<string, string> = {};
  let partners: PartnerHouse;
  let schema: GraphQLSchema;
  let whole: Whole;
  const shown: Record<string, Shown> = {};

  beforeAll(async () => {
    partners = await PartnerHouse.open({
      clock: systemClock,
      environment: contract.environment,
      arrange: (gateway) => {
        routes.arrange(gateway);
        stage.arrange(gateway);
      },
    });
    const { data } = await partners.house.graphql({ query: getIntrospectionQuery() });
    schema = buildClientSchema(data as unknown as IntrospectionQuery);
    whole = wholeOf(schema.getType('Customer') as GraphQLObjectType);
    for (const persona of ['aylin', 'karl']) {
      const request = partners.request();
      const { body } = await partners.exchange(request, await new Browser(partners, persona).allow(request.path));
      tokens[persona] = String(body['access_token']);
      // Leaves an entry in the record of access.
      await partners.get(TICKETS, tokens[persona]);
      await startProcess(persona);
      shown[persona] = await see(persona);
    }
  }, 60_000);
  afterAll(async () => {
    await partners.close();
    contract.remove();
  });

  /** So that they have the id of one; comes back when it is done, since its end changes what they see. */
  const startProcess = async (persona: string): Promise<void> => {
    const { data } = await partners.house.graphql({ query: '{ me { housing { leases { id } } } }' }, { persona });
    const [lease] = (data!['me'] as { housing: { leases: { id: string }[] } | null }).housing?.leases ?? [];
    if (lease === undefined) return;
    const variables = { lease: lease.id, key: randomUUID() };
    const { data: reported } = await partners.house.graphql({ query: REPORT, variables }, { persona });
    const { id } = reported!['reportRepair'] as { id: string };
    const stateOf = async (): Promise<unknown> =>
      (await partners.house.graphql({ query: STATE, variables: { id } }, { persona })).data?.['process'];
    for (let now = await stateOf(); !isDone(now); now = await stateOf()) expect(now).toHaveProperty('state');
  };
  const see = async (persona: string): Promise<Shown> => {
    const query = `{ me { ${whole.selection} } }`;
    const { data, errors } = await partners.house.graphql({ query }, { persona, headers: { prefer: 'wait=10' } });
    // Without a fresh second factor nobody sees an IBAN in full.
    expect(errors.filter(({ extensions }) => extensions['code'] !== 'STEP_UP_REQUIRED')).toEqual([]);
    return { ids: idsIn(data), canaries: canariesIn(data) };
  };
  const foreign = (owner: string, asking: string, of: keyof Shown): string[] =>
    shown[owner]![of].filter((one) => !shown[asking]![of].includes(one));

  /** What somebody hears who asks about an id; the id itself is taken out of it. */
  const ask = async (question: Question, id: string, persona: string): Promise<unknown> => {
    const body = { query: question.query, variables: question.variables(id) };
    const { status, data, errors } = await partners.house.graphql(body, { persona, headers: FRESH });
    // An attempt to end a grant makes answers under way start again, whoever has that grant.
    if (errors[0]?.extensions['code'] === 'CONFLICT') return ask(question, id, persona);
    return JSON.parse(JSON.stringify({ status, data, errors }).replaceAll(id, '(the id)'));
  };

  it('has an id wherever the graph has one below a customer', () => {
    const types = new Set(shown['aylin']!.ids.map((id) => parseGlobalId(id)!.type));
    expect([...whole.typesWithId].filter((type) => !types.has(type) && !AGENTS_ONLY.has(type))).toEqual([]);
    expect(questionsOf(schema, ['ID']).map(({ place }) => place)).toEqual(
      expect.arrayContaining(['Query.customer(id)', 'Query.stop(id)', 'Mutation.revokePartnerGrant(id)']),
    );
  });

  it('is there for themselves, or this test would say nothing', async () => {
    const id = shown['aylin']!.ids.find((one) => parseGlobalId(one)!.type === 'Process')!;
    const question = questionsOf(schema, ['ID']).find(({ place }) => place === 'Query.process(id)')!;
    expect(isNothing(await ask(question, id, 'aylin'))).toBe(false);
    expect(isNothing(await ask(question, inventedLike(id), 'aylin'))).toBe(true);
  });

  it.each([
    ['aylin', 'karl'],
    ['karl', 'aylin'],
  ])(
    'is not found by its id: all of %s’s ids asked by %s on every argument that takes one',
    async (owner, asking) => {
      const ids = foreign(owner, asking, 'ids');
      const canaries = foreign(owner, asking, 'canaries');
      expect([ids.length > 10, canaries.length > 10]).toEqual([true, true]);
      const asked = new Map<string, Promise<unknown>>();
      // What nobody has is the same for all ids of a type.
      const askInvented = (question: Question, id: string): Promise<unknown> => {
        const key = `${question.place} ${parseGlobalId(id)!.type}`;
        const known = asked.get(key) ?? ask(question, inventedLike(id), asking);
        asked.set(key, known);
        return known;
      };
      const left = questionsOf(schema, ['ID']).flatMap((question) => ids.map((id) => [question, id] as const));
      // One example for each place and type of id.
      const wrong: Record<string, unknown> = {};
      const work = async (): Promise<void> => {
        for (let next = left.pop(); next; next = left.pop()) {
          const [question, id] = next;
          const [real, invented] = [await ask(question, id, asking), await askInvented(question, id)];
          const text = JSON.stringify(real);
          const isSame = text === JSON.stringify(invented);
          if (!isSame || !isNothing(real) || canaries.some((canary) => text.includes(canary)))
            wrong[`${question.place} with the id of a ${parseGlobalId(id)!.type}`] = JSON.stringify([real, invented]);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      expect(wrong).toEqual({});
      expect(await see(owner)).toEqual(shown[owner]);
    },
    120_000,
  );

  it('does not come by a cursor of theirs', async () => {
    const list =
      '{ me { accessRecord(after: $after) { nodes { id } } energy { invoices(after: $after) { nodes { id } } } } }';
    for (const after of foreign('aylin', 'karl', 'ids')) {
      const question = { query: `query ($after: String) ${list}`, variables: { after } };
      const { data } = await partners.house.graphql(question, { persona: 'karl' });
      expect(idsIn(data).filter((id) => !shown['karl']!.ids.includes(id))).toEqual([]);
    }
  }, 30_000);

  it('does not come by any route with an id in it', async () => {
    const withIds = routes.list.filter(({ url }) => url.includes(':'));
    expect(withIds.map(({ url }) => url)).toContain('/partner/v1/transit/stops/:id/departures');
    const canaries = foreign('aylin', 'karl', 'canaries');
    const credentials = [tokens['karl']!, await partners.house.token('karl'), null];
    for (const { method, url } of withIds) {
      for (const token of credentials) {
        const answers = async (id: string): Promise<unknown> => {
          const answer = await partners.send(url.replace(/:\w+/g, encodeURIComponent(id)), {
            method,
            headers: token === null ? {} : { authorization: `Bearer ${token}` },
          });
          return [answer.status, (await answer.text()).replaceAll(id, '(the id)')];
        };
        for (const id of foreign('aylin', 'karl', 'ids')) {
          const [real, invented] = await Promise.all([answers(id), answers(inventedLike(id))]);
          expect([url, real]).toEqual([url, invented]);
          expect((real as [number])[0]).toBeGreaterThanOrEqual(400);
          expect((real as [number])[0]).not.toBe(429);
          expect(canaries.filter((canary) => JSON.stringify(real).includes(canary))).toEqual([]);
        }
      }
    }
  }, 60_000);
});

function isDone(process: unknown): boolean {
  return (process as { state?: string } | null)?.state === 'DONE';
}

/** Nothing is there, or a refusal that tells nothing. */
function isNothing(answer: unknown): boolean {
  const { data, errors } = answer as { data?: unknown; errors: { extensions: { code: string } }[] };
  const hasOnlyRefusals = errors.every(({ extensions: { code } }) => REFUSED.has(code));
  return hasOnlyRefusals && isEmpty(data);
}

/** Without a value but a refusal that the id is not one's own, or an empty list. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value !== 'object') return false;
  const { __typename: type, code } = value as { __typename?: string; code?: string };
  if (type === 'Refusal') return code === 'NOT_YOURS';
  return Object.entries(value).every(([field, inner]) => field === '__typename' || isEmpty(inner));
}
