import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeGetClientsEx } from '#lib/formats';
import { parseGlobalId, systemClock, toGlobalId } from '#lib/kernel';
import { openHouse, type GraphAnswer, type House, type Wishes } from '../harness.js';
import { AGENT, CounterStage, STEP_UP } from './counter-stage.js';

const OPEN = `mutation ($by: MandateProof!, $reason: String = "Frage zur Rechnung") {
  openMandate(by: $by, reason: $reason) {
    __typename
    ... on Refusal { code message retryAfterSeconds }
    ... on Mandate { id reason expiresAt subsidiaries customer { id name energy { contracts { number } } pools { cards { number } } } }
  }
}`;
const CUSTOMER = `query ($id: ID!) { customer(id: $id) { name energy { contracts { number } } pools { cards { number } }
  accessRecord { nodes { operation } } } }`;
const RECORD = '{ me { accessRecord(first: 100) { nodes { actor subsidiary operation reason } } } }';

interface Opened {
  readonly __typename: string;
  readonly code?: string;
  readonly expiresAt: string;
  readonly subsidiaries: string[];
  readonly customer: {
    readonly id: string;
    readonly name: string;
    readonly energy: object | null;
    readonly pools: object | null;
  };
}

describe('an agent at the counter', () => {
  const stage = new CounterStage();
  let house: House;
  let agents = 0;

  beforeAll(async () => {
    house = await openHouse({ clock: systemClock, instances: 2, arrange: stage.arrange });
    for (const persona of ['aylin', 'karl']) await house.graphql({ query: '{ me { id } }' }, { persona });
  }, 60_000);
  afterAll(() => house.close());

  /** An agent whom nobody knew before: attempts of one test do not count in another. */
  const newAgent = (subsidiary = 'ENERGY', role = 'service'): string => `agent-${(agents += 1)} ${subsidiary} ${role}`;
  const as = (agent: string, instance = 0): Wishes => ({ headers: { [AGENT]: agent }, instance });
  const numberOf = (persona: string, subsidiary = 'ENERGY'): string =>
    [...stage.customers.values()].find(({ subject }) => subject === persona)!.links[subsidiary]!;
  const idOf = (persona: string): string => toGlobalId('Customer', stage.customers.get(persona)!.id);
  const byNumber = (persona: string, subsidiary = 'ENERGY') => ({
    customerNumber: { subsidiary, number: numberOf(persona, subsidiary), idDocumentSeen: true },
  });
  const open = async (agent: string, by: object, wishes: Wishes = as(agent)): Promise<Opened> => {
    const { data, errors } = await house.graphql({ query: OPEN, variables: { by } }, wishes);
    expect(errors).toEqual([]);
    return data!['openMandate'] as Opened;
  };
  const look = (agent: string, id: string, instance = 0): Promise<GraphAnswer> =>
    house.graphql({ query: CUSTOMER, variables: { id } }, as(agent, instance));
  const end = (agent: string, instance = 0): Promise<GraphAnswer> =>
    house.graphql({ query: 'mutation { endMandate { kind mandate { id } } }' }, as(agent, instance));
  const recordOf = async (persona: string): Promise<{ operation: string; reason: string; subsidiary: string }[]> => {
    const { data } = await house.graphql({ query: RECORD }, { persona });
    const { accessRecord } = data!['me'] as {
      accessRecord: { nodes: { operation: string; reason: string; subsidiary: string }[] };
    };
    return accessRecord.nodes;
  };
  const codesOf = ({ errors }: GraphAnswer): unknown[] => errors.map(({ extensions }) => extensions['code']);
  const isShown = ({ data }: GraphAnswer): boolean => JSON.stringify(data ?? null).includes('"contracts":[{');

  it('sees their own company of the customer of the mandate, in the same answer and on every instance', async () => {
    const agent = newAgent();
    const opened = await open(agent, byNumber('aylin'));
    expect(opened).toMatchObject({
      __typename: 'Mandate',
      subsidiaries: ['ENERGY'],
      customer: { id: idOf('aylin'), pools: null },
    });
    expect(opened.customer.energy).not.toBeNull();
    const answers = await Promise.all([look(agent, idOf('aylin'), 0), look(agent, idOf('aylin'), 1)]);
    expect(answers.map((answer) => [codesOf(answer), isShown(answer)])).toEqual([
      [[], true],
      [[], true],
    ]);
    const entries = await recordOf('aylin');
    expect(entries).toContainEqual({
      actor: 'AGENT',
      subsidiary: 'ENERGY',
      operation: 'mandate.open',
      reason: 'Frage zur Rechnung',
    });
    expect(entries).toContainEqual(
      expect.objectContaining({ operation: 'energy.contracts', reason: 'Frage zur Rechnung' }),
    );
    await end(agent);
  });

  it('is served by no instance once the end has answered, with warm caches and reads under way', async () => {
    const agent = newAgent();
    await open(agent, byNumber('karl'));
    const warm = await Promise.all([look(agent, idOf('karl'), 0), look(agent, idOf('karl'), 1)]);
    expect(warm.map(isShown)).toEqual([true, true]);
    await house.control('POST', '/faults', { kind: 'latency', milliseconds: 1_200, system: 'till', household: 'karl' });
    await house.control('POST', '/faults', {
      kind: 'latency',
      milliseconds: 1_200,
      system: 'sap-umc',
      household: 'karl',
    });
    let ended = false;
    const invoices =
      'query ($id: ID!) { customer(id: $id) { energy { contracts { number invoices(first: 3) { totalCount } } } } }';
    const slow = [0, 1].map(async (instance) => {
      const answer = await house.graphql({ query: invoices, variables: { id: idOf('karl') } }, as(agent, instance));
      return { answer, late: ended };
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await end(agent)).data).toEqual({ endMandate: { kind: 'AGENT', mandate: null } });
    ended = true;
    const after = await Promise.all(Array.from({ length: 10 }, (_, index) => look(agent, idOf('karl'), index % 2)));
    for (const answer of after) expect([codesOf(answer), answer.data]).toEqual([['FORBIDDEN'], { customer: null }]);
    for (const { answer, late } of await Promise.all(slow)) {
      expect(late).toBe(true);
      expect([codesOf(answer), isShown(answer)]).toEqual([['CONFLICT'], false]);
    }
    await house.control('DELETE', '/faults');
  }, 20_000);

  it('without a mandate, or with one for somebody else, is refused with 403 and noted, whether the customer exists', async () => {
    const agent = newAgent();
    const invented = toGlobalId('Customer', 'b2b5c6b0-0000-4000-8000-000000000000');
    const answers = [await look(agent, idOf('karl')), await look(agent, invented)];
    await open(agent, byNumber('aylin'));
    answers.push(await look(agent, idOf('karl')), await look(agent, invented));
    for (const { status, errors, data } of answers) {
      expect([status, data, errors]).toEqual([403, { customer: null }, answers[0]!.errors]);
    }
    expect(codesOf(answers[0]!)).toEqual(['FORBIDDEN']);
    const refused = (await recordOf('karl')).filter(({ operation }) => operation === 'mandate.refused');
    expect(refused).toEqual(
      Array.from({ length: 2 + 10 }, () => ({
        actor: 'AGENT',
        subsidiary: 'ENERGY',
        operation: 'mandate.refused',
        reason: 'refused: the agent had no open mandate',
      })),
    );
    for (const id of ['', 'x', toGlobalId('Lease', parseGlobalId(idOf('karl'))!.key)]) {
      expect(codesOf(await look(agent, id))).toEqual(['NOT_FOUND']);
    }
  });

  it('has one mandate at a time: the next customer ends it for the one before', async () => {
    const agent = newAgent();
    await open(agent, byNumber('aylin'));
    const { customer } = await open(agent, byNumber('karl'));
    expect(customer.id).toBe(idOf('karl'));
    expect(codesOf(await look(agent, idOf('aylin'), 1))).toEqual(['FORBIDDEN']);
    expect(isShown(await look(agent, idOf('karl'), 1))).toBe(true);
  });

  it('has it in the session in which it was opened only', async () => {
    const agent = newAgent();
    await open(agent, byNumber('aylin'), as(`${agent} session-1`));
    expect(isShown(await look(`${agent} session-1`, idOf('aylin')))).toBe(true);
    for (const other of [agent, `${agent} session-2`])
      expect(codesOf(await look(other, idOf('aylin')))).toEqual(['FORBIDDEN']);
  });

  it('has it never longer than the sign-in, and not past its end', async () => {
    const agent = newAgent();
    const until = systemClock.now() + 1_500;
    const { signedInUntil } = stage;
    stage.signedInUntil = () => until;
    const { expiresAt } = await open(agent, byNumber('aylin'));
    stage.signedInUntil = signedInUntil;
    expect(Date.parse(expiresAt)).toBe(Math.floor(until / 1_000) * 1_000);
    while (systemClock.now() <= until) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(codesOf(await look(agent, idOf('aylin')))).toEqual(['FORBIDDEN']);
  });

  it('is shown by the viewer', async () => {
    const agent = newAgent('POOLS', 'sales');
    await open(agent, byNumber('aylin', 'POOLS'));
    const query = '{ viewer { kind subsidiary role stepUpUntil mandate { reason customer { id } } } me { id } }';
    expect((await house.graphql({ query }, as(agent, 1))).data).toEqual({
      viewer: {
        kind: 'AGENT',
        subsidiary: 'POOLS',
        role: 'SALES',
        stepUpUntil: null,
        mandate: { reason: 'Frage zur Rechnung', customer: { id: idOf('aylin') } },
      },
      me: null,
    });
  });

  it('opens with a code that the customer made, once', async () => {
    const make = 'mutation { createHandoverCode { ... on HandoverCode { code expiresAt } } }';
    const { data } = await house.graphql({ query: make }, { persona: 'aylin' });
    const { code, expiresAt } = data!['createHandoverCode'] as { code: string; expiresAt: string };
    expect(code).toMatch(/^[A-HJ-KM-NP-Z2-9]{8}$/);
    expect(Date.parse(expiresAt) - systemClock.now()).toBeLessThanOrEqual(600_000);
    const typed = { handoverCode: ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} ` };
    const { customer } = await open(newAgent('TRANSIT'), typed);
    expect(customer).toMatchObject({ id: idOf('aylin'), energy: null });
    expect(await open(newAgent(), typed)).toMatchObject({ code: 'MANDATE_NOT_PROVEN' });
  });

  it('opens with a value card, and with none that nobody holds', async () => {
    const { POOLS_TILL_URL, POOLS_TILL_USER, POOLS_TILL_PASSWORD } = house.sandbox.environment;
    const credentials = { userName: POOLS_TILL_USER!, password: POOLS_TILL_PASSWORD! };
    const { body, contentType, soapAction } = writeGetClientsEx(credentials, { id: numberOf('aylin', 'POOLS') });
    const headers = { 'content-type': contentType, soapaction: soapAction };
    const till = await fetch(`${POOLS_TILL_URL}/soap/ITPAPIPOS`, { method: 'POST', headers, body });
    const [, uid] = /smartcard_uid<[^]*?<Value[^>]*>([0-9A-F]{8,20})</.exec(await till.text())!;
    expect((await open(newAgent(), { cardNumber: uid })).customer.id).toBe(idOf('aylin'));
    expect(await open(newAgent(), { cardNumber: '04FFFFFFFFFFFF' })).toMatchObject({ code: 'MANDATE_NOT_PROVEN' });
  });

  it('opens with the secret on the telephone, which takes a fresh second factor to set', async () => {
    const set = { query: 'mutation { setPhoneSecret(secret: "Rote Grütze!") { name } }' };
    expect(codesOf(await house.graphql(set, { persona: 'karl' }))).toEqual(['STEP_UP_REQUIRED']);
    expect((await house.graphql(set, { persona: 'karl', headers: { [STEP_UP]: '1' } })).errors).toEqual([]);
    const by = (secret: string, number = numberOf('karl')) => ({
      phoneSecret: { subsidiary: 'ENERGY', number, secret },
    });
    const agent = newAgent('HOUSING');
    const before = (await recordOf('karl')).length;
    const refusals = [await open(agent, by('Gelbe Grütze')), await open(agent, by('Rote Grütze', '0009999999'))];
    expect(refusals[1]).toEqual(refusals[0]);
    expect(refusals[0]).toMatchObject({ code: 'MANDATE_NOT_PROVEN' });
    expect((await recordOf('karl')).length).toBe(before + 1);
    expect((await open(agent, by('rote grütze'))).customer.id).toBe(idOf('karl'));
  }, 20_000);

  it('opens with a number of their own company and a document seen only', async () => {
    const number = numberOf('aylin');
    const refused = await Promise.all([
      open(newAgent('POOLS'), { customerNumber: { subsidiary: 'ENERGY', number, idDocumentSeen: true } }),
      open(newAgent(), { customerNumber: { subsidiary: 'ENERGY', number, idDocumentSeen: false } }),
      open(newAgent(), { customerNumber: { subsidiary: 'ENERGY', number: '0009999999', idDocumentSeen: true } }),
      open(newAgent(), { customerNumber: { subsidiary: 'ENERGY', number: 'nothing', idDocumentSeen: true } }),
    ]);
    for (const refusal of refused) expect(refusal).toEqual(refused[0]);
    expect(refused[0]).toMatchObject({ __typename: 'Refusal', code: 'MANDATE_NOT_PROVEN', retryAfterSeconds: null });
  });

  it.each([
    ['no proof', {}],
    ['two proofs', { handoverCode: 'ABCDEFGH', cardNumber: '04B7C91A2F6D80' }],
    ['null for a proof', { handoverCode: null }],
    ['null beside a proof', { handoverCode: 'ABCDEFGH', cardNumber: null }],
    ['a blank code', { handoverCode: '  ' }],
  ])('gives exactly one proof: %s is no valid input, as literal and as variable', async (_, by) => {
    const agent = newAgent();
    const literal = JSON.stringify(by).replace(/"(\w+)":/g, '$1:');
    const asLiteral = `mutation { openMandate(by: ${literal}, reason: "Frage") { __typename } }`;
    const answers = await Promise.all([
      house.graphql({ query: OPEN, variables: { by } }, as(agent)),
      house.graphql({ query: asLiteral }, as(agent)),
    ]);
    for (const answer of answers) {
      expect([answer.data ?? null, new Set(codesOf(answer))]).toEqual([null, new Set(['INVALID_INPUT'])]);
    }
  });

  it.each(['ab', ' a ', 'x'.repeat(201)])('gives a reason of 3 to 200 characters, not %p', async (reason) => {
    const answer = await house.graphql({ query: OPEN, variables: { by: byNumber('aylin'), reason } }, as(newAgent()));
    expect(answer.errors[0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', path: 'reason' });
  });

  it('has no more attempts after ten that failed', async () => {
    const agent = newAgent();
    const guesses = Array.from({ length: 12 }, (_, index) => open(agent, { cardNumber: `nothing ${index}` }));
    const codes = (await Promise.all(guesses)).map(({ code }) => code);
    expect(codes.filter((code) => code === 'MANDATE_NOT_PROVEN')).toHaveLength(10);
    expect(await open(agent, byNumber('aylin'))).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
  });

  it('writes down consents for their own company, and sees with them what others then show', async () => {
    const agent = newAgent('POOLS');
    await open(agent, byNumber('aylin', 'POOLS'));
    const texts = `query ($id: ID!) { customer(id: $id) { consents { purpose textVersion } } }`;
    const { data } = await house.graphql({ query: texts, variables: { id: idOf('aylin') } }, as(agent));
    const { consents } = data!['customer'] as { consents: { purpose: string; textVersion: string }[] };
    const { textVersion } = consents.find(({ purpose }) => purpose === 'COUNTER_ADVICE')!;
    const give = (customerId: string, subsidiaries: string[]): Promise<GraphAnswer> => {
      const query = `mutation ($customerId: ID, $subsidiaries: [Subsidiary!]!, $textVersion: String!) {
        giveConsent(customerId: $customerId, purpose: COUNTER_ADVICE, subsidiaries: $subsidiaries, textVersion: $textVersion) {
          ... on Customer { energy { contracts { number } } housing { leases { address } } } } }`;
      return house.graphql({ query, variables: { customerId, subsidiaries, textVersion } }, as(agent));
    };
    expect(codesOf(await give(idOf('aylin'), ['ENERGY', 'HOUSING']))).toEqual(['FORBIDDEN']);
    expect(codesOf(await give(idOf('karl'), ['POOLS', 'ENERGY']))).toEqual(['FORBIDDEN']);
    const given = await give(idOf('aylin'), ['POOLS', 'ENERGY']);
    expect([codesOf(given), isShown(given)]).toEqual([[], true]);
    expect(isShown(await look(agent, idOf('aylin'), 1))).toBe(true);
    const withdraw = `mutation ($id: ID) { withdrawConsent(customerId: $id, purpose: COUNTER_ADVICE, subsidiaries: [POOLS]) { __typename } }`;
    expect((await house.graphql({ query: withdraw, variables: { id: idOf('aylin') } }, as(agent))).errors).toEqual([]);
    expect(isShown(await look(agent, idOf('aylin'), 1))).toBe(false);
    const operations = (await recordOf('aylin')).map(({ operation }) => operation);
    expect(operations).toEqual(expect.arrayContaining(['consent.give', 'consent.withdraw']));
  });

  it('makes a customer of someone without a sign-in, once however many do so', async () => {
    const query = `mutation ($number: String!, $seen: Boolean!, $reason: String = "Neu am Schalter") {
      openWalkInCustomer(name: "Erna Beispiel", number: $number, idDocumentSeen: $seen, reason: $reason) {
        ... on Refusal { code } ... on Mandate { customer { id name hasSignIn } } } }`;
    const walkIn = async (agent: string, number: string, seen = true): Promise<unknown> => {
      const { data, errors } = await house.graphql({ query, variables: { number, seen } }, as(agent));
      expect(errors).toEqual([]);
      return data!['openWalkInCustomer'];
    };
    const number = '0004100012';
    expect(await walkIn(newAgent(), number, false)).toEqual({ code: 'MANDATE_NOT_PROVEN' });
    const opened = await Promise.all([
      walkIn(newAgent(), number),
      walkIn(newAgent(), ` ${number}`),
      walkIn(newAgent(), number),
    ]);
    expect(opened[0]).toEqual({ customer: { id: expect.any(String), name: 'Erna Beispiel', hasSignIn: false } });
    expect([opened[1], opened[2]]).toEqual([opened[0], opened[0]]);
    const known = (await walkIn(newAgent(), numberOf('aylin'))) as { customer: { id: string } };
    expect(known.customer.id).toBe(idOf('aylin'));
  });

  it('is alone with these operations: customers and nobody are refused', async () => {
    const operations: [string, string][] = [
      [`query { customer(id: "${idOf('karl')}") { name } }`, 'FORBIDDEN'],
      ['mutation { openMandate(by: { handoverCode: "ABCDEFGH" }, reason: "Frage") { __typename } }', 'FORBIDDEN'],
      [
        'mutation { openWalkInCustomer(name: "x", number: "1", idDocumentSeen: true, reason: "Frage") { __typename } }',
        'FORBIDDEN',
      ],
      ['mutation { endMandate { kind } }', 'FORBIDDEN'],
    ];
    for (const [query, code] of operations) {
      expect(codesOf(await house.graphql({ query }, { persona: 'karl' }))).toEqual([code]);
      expect(codesOf(await house.graphql({ query }))).toEqual(['UNAUTHENTICATED']);
    }
    const own = [
      'mutation { createHandoverCode { __typename } }',
      'mutation { setPhoneSecret(secret: "geheimnis") { id } }',
    ];
    for (const query of own) expect(codesOf(await house.graphql({ query }, as(newAgent())))).toEqual(['FORBIDDEN']);
  });
});
