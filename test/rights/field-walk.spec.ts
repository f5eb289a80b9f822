import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildClientSchema, getIntrospectionQuery, type GraphQLObjectType, type IntrospectionQuery } from 'graphql';
import type { Customer, Label } from '#lib/customer';
import { NOW, openHouse, type GraphAnswer, type House } from '../harness.js';
import { callers, CONSENTS } from './callers.js';
import { PART, readTable, SEES_NOTHING, signOf } from './decision-table.js';
import { expectedPart, type Entitlement } from './expected-part.js';
import { KEYS, rightsOf } from './labelled-models.js';
import { walkFrom, type Walk } from './schema-walk.js';
import { changeProductOf, letWishesWait } from './waiting-wishes.js';
import { Stage } from './stage.js';

const TABLE = readTable();

/** Callers who see something: the customer, and agents while their mandate lasts. Systems have no way into the graph. */
const SERVED = Object.keys(callers()).filter((name) => /^(the customer|agent .*(service|sales))$/.test(name));
const STRANGERS = Object.keys(callers()).filter((name) => TABLE.callers[name] === SEES_NOTHING);

/** Fields of Customer that belong to no subsidiary. Any other one must be the part of the subsidiary it is named after. */
const COMMON = ['id', 'name', 'hasSignIn', 'subsidiaries', 'consents', 'partnerGrants', 'processes', 'accessRecord'];
const PARTS = KEYS.map((key) => key.toLowerCase());

/** Fields that the walk's customer has no value for, whatever the rights. */
const WITHOUT_VALUE = [
  // Open-ended contracts and subscriptions.
  'EnergyContract.until',
  'Lease.until',
  'FareSubscription.until',
  // The imitated SAP keeps market locations only.
  'SupplyPoint.meteringLocation',
  // Known only when the file is fetched.
  'Document.sizeBytes',
];

/** So many fields are more than the time that a page waits for. */
const PATIENT = { prefer: 'wait=10' };

const IBANS = `energy {
  bankAccounts { nodes { iban } }
  contractAccounts { directDebitMandate { bankAccount { iban } } }
}`;

/** Someone of whom everything that the selection names was read with all rights. */
interface Seen {
  readonly persona: string;
  readonly customer: Customer;
  readonly selection: string;
  readonly whole: Answer['parts'];
}

const ACCESS: Readonly<Record<string, string>> = { S: 'AVAILABLE', '?': 'CONSENT_REQUIRED', '.': 'NOT_LINKED' };

/** What stands in the place of a route's parameters. */
const EXAMPLES: Readonly<Record<string, string>> = {
  '/partner/v1/transit/stops/{id}/departures id': '153166',
  '/partner/v1/processes/{id} id': 'UHJvY2Vzczp4',
  '/partner/v1/energy/contracts/{id} id': 'RW5lcmd5Q29udHJhY3Q6MDMxMDAwMDAzMA',
  '/partner/v1/energy/contracts/{id}/instalment id': 'RW5lcmd5Q29udHJhY3Q6MDMxMDAwMDAzMA',
  '/partner/v1/energy/contracts/{id}/consumption id': 'RW5lcmd5Q29udHJhY3Q6MDMxMDAwMDAzMA',
};

describe('every field below me', () => {
  const stage = new Stage();
  let house: House;
  let gateway: NestFastifyApplication;
  let walk: Walk;
  let fieldsOfCustomer: string[];
  /** Has nearly everything there is. */
  let aylin: Seen;
  /** Has what the other one must not have: debts, a plan to pay them off, and a product that is agreed already. */
  let mandy: Seen;

  beforeAll(async () => {
    house = await openHouse({
      arrange: (opened) => {
        gateway = opened;
        stage.arrange(opened);
      },
    });
    const { data } = await house.graphql({ query: getIntrospectionQuery() });
    const schema = buildClientSchema(data as unknown as IntrospectionQuery);
    walk = walkFrom(schema, 'Customer', (field) => PARTS.includes(field));
    fieldsOfCustomer = Object.keys((schema.getType('Customer') as GraphQLObjectType).getFields());
    await changeProductOf(house, 'mandy');
    await letWishesWait(house, gateway, { persona: 'aylin', stage });
    stage.consents = CONSENTS['all']!;
    aylin = await see('aylin', walk.selection);
    const plan = walkFrom(schema, 'PaymentPlan', () => true);
    const product = walkFrom(schema, 'UpcomingProduct', () => true);
    mandy = await see(
      'mandy',
      `energy { __typename contracts { __typename number
        paymentPlan { ${plan.selection} } upcomingProduct { ${product.selection} } } }`,
    );
  }, 60_000);
  afterAll(() => house.close());

  const ask = ({ persona, selection }: Pick<Seen, 'persona' | 'selection'>): Promise<GraphAnswer> => {
    const query = `{ me { ${selection} subsidiaries { subsidiary access consentPurpose } } }`;
    return house.graphql({ query }, { persona, headers: PATIENT });
  };
  const see = async (persona: string, selection: string): Promise<Seen> => {
    const answer = await ask({ persona, selection });
    expect(answer.errors).toEqual([]);
    return { persona, selection, customer: stage.customer!, whole: seenIn(answer).parts };
  };
  /** Asks about someone as the caller of that name in their state of consent. */
  const askAs = (caller: string, consent: string, about: Seen): Promise<GraphAnswer> => {
    const { id, subject } = about.customer;
    const asked = { id, subject: subject!, now: Date.parse(NOW) };
    Object.assign(stage, { consents: CONSENTS[consent], caller: callers(asked)[caller] });
    return ask(about);
  };

  it('is the part of a subsidiary or known to belong to none', () => {
    expect(fieldsOfCustomer.toSorted()).toEqual([...COMMON, ...PARTS].toSorted());
  });

  it('has a value for a customer of the walk, with few exceptions', () => {
    const valued = valuedFields([aylin, mandy].map(({ whole }) => ({ __typename: 'Customer', ...whole })));
    expect(walk.fields.filter((field) => !valued.has(field)).toSorted()).toEqual(WITHOUT_VALUE.toSorted());
  });

  it.each(SERVED)('shows %s exactly what the table allows', async (caller) => {
    for (const consent of Object.keys(CONSENTS)) {
      const answer = await askAs(caller, consent, aylin);
      const expected = expectedAnswer(aylin.whole, caller, consent);
      expect([consent, seenIn(answer), answer.errors]).toEqual([consent, expected, []]);
    }
  });

  it.each(SERVED)('shows %s debts and agreed products exactly where the table allows', async (caller) => {
    for (const consent of Object.keys(CONSENTS)) {
      const answer = await askAs(caller, consent, mandy);
      const { parts } = expectedAnswer(mandy.whole, caller, consent);
      expect([consent, seenIn(answer).parts, answer.errors]).toEqual([consent, parts, []]);
    }
  });

  it.each(SERVED)('shows %s no IBAN in full, whatever the consent', async (caller) => {
    for (const consent of Object.keys(CONSENTS)) {
      const { data, errors } = await askAs(caller, consent, { ...aylin, selection: IBANS });
      // Who sees the account hears why; others do not see that there is one.
      const isShown = JSON.stringify(expectedAnswer(aylin.whole, caller, consent).parts).includes('maskedIban":"');
      const code = caller === 'the customer' ? 'STEP_UP_REQUIRED' : 'FORBIDDEN';
      const refusals = isShown ? [code, code] : [];
      expect([consent, errors.map(({ extensions }) => extensions['code'])]).toEqual([consent, refusals]);
      const ibans = JSON.stringify(data).match(/"iban":[^,}]*/g) ?? [];
      expect(ibans).toEqual(refusals.map(() => '"iban":null'));
    }
  });

  it.each(STRANGERS)('shows nothing to %s, whatever the consent', async (caller) => {
    for (const consent of ['all', 'none']) {
      const answer = await askAs(caller, consent, aylin);
      expect(Object.values(seenIn(answer).parts).filter((part) => part !== null)).toEqual([]);
      expect(answer.sources).toEqual([]);
    }
  });

  it('comes through no public route, whatever the token', async () => {
    const { paths } = (await (await house.get('/partner/v1/openapi.json')).json()) as { paths: Record<string, object> };
    const routes = Object.keys(paths).filter((path) => 'get' in paths[path]!);
    const secrets = secretsOf(aylin.whole).concat(Object.values(aylin.customer.links), aylin.customer.name);
    Object.assign(stage, { consents: CONSENTS['all'], caller: null });
    const authorization = `Bearer ${await house.token('aylin')}`;
    for (const route of routes) {
      const path = route.replace(/\{(\w+)\}/g, (_, name: string) => EXAMPLES[`${route} ${name}`]!);
      const [anonymous, signedIn] = await Promise.all([house.get(path), house.get(path, { authorization })]);
      // People's tokens are nobody's here: partners have their own.
      expect([path, signedIn.status]).toEqual([path, 401]);
      const text = (await anonymous.text()) + (await signedIn.text());
      expect([path, secrets.filter((secret) => text.includes(secret))]).toEqual([path, []]);
    }
    expect(routes.length).toBeGreaterThan(0);
  });
});

/** Of an answer: the part of each subsidiary, and what is said of its being there. */
interface Answer {
  readonly parts: Readonly<Record<string, unknown>>;
  readonly states: readonly unknown[];
}

function seenIn({ data }: GraphAnswer): Answer {
  const { subsidiaries = [], ...parts } = (data?.['me'] ?? {}) as { subsidiaries?: { subsidiary: string }[] };
  return {
    parts: Object.fromEntries(
      PARTS.map((part) => [part, withoutLinks((parts as Record<string, unknown>)[part] ?? null)]),
    ),
    states: subsidiaries.toSorted((left, right) => KEYS.indexOf(left.subsidiary) - KEYS.indexOf(right.subsidiary)),
  };
}

/** Every request makes links of its own: what counts is whether there is one. */
function withoutLinks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLinks);
  if (typeof value !== 'object' || value === null) return value;
  const { __typename: type, ...fields } = value as Record<string, unknown>;
  const change = type === 'Link' ? presence : withoutLinks;
  return { __typename: type, ...Object.fromEntries(Object.entries(fields).map(([name, of]) => [name, change(of)])) };
}

function presence(value: unknown): string | null {
  return value === null ? null : 'present';
}

function expectedAnswer(whole: Answer['parts'], caller: string, consent: string): Answer {
  const purpose = caller === 'the customer' ? 'JOINT_PORTAL' : 'COUNTER_ADVICE';
  const sign = (subsidiary: string, rights: string): string =>
    signOf(TABLE, { subsidiary, rights, purpose, caller, consent });
  const answers = (entitlement: Entitlement): boolean => isAnswered(entitlement, { caller, consent });
  const parts = KEYS.map((key): [string, unknown] => {
    const part = key.toLowerCase();
    const shows = (label: Label): boolean => sign(key, rightsOf(label)) === 'S';
    return [part, sign(key, PART) === 'S' ? expectedPart(whole[part], { shows, answers }) : null];
  });
  const states = KEYS.map((subsidiary) => {
    const access = ACCESS[sign(subsidiary, PART)];
    return { subsidiary, access, consentPurpose: access === 'CONSENT_REQUIRED' ? purpose : null };
  });
  return { parts: Object.fromEntries(parts), states };
}

/** Whether one company tells the other yes or no, and the caller is the customer or of the company that asks. */
function isAnswered(
  { holder, asking }: Entitlement,
  { caller, consent }: { caller: string; consent: string },
): boolean {
  if (caller !== 'the customer' && !caller.startsWith(`agent of ${asking} `)) return false;
  const system = `system of ${asking}`;
  const question = { subsidiary: holder, rights: PART, consent } as const;
  return signOf(TABLE, { ...question, purpose: 'ENTITLEMENT_CHECK', caller: system }) === 'S';
}

const SECRET = /^(number|maskedIban|chipCardNumber|marketLocation|payload)$/;

/** Numbers and codes of the customer's contracts, cards and tickets. */
function secretsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(secretsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]) =>
    typeof inner === 'string' && SECRET.test(field) ? [inner] : secretsOf(inner),
  );
}

/** Fields that are not null somewhere in the answer, as `Type.field`. */
function valuedFields(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const element of value) valuedFields(element, found);
  else if (typeof value === 'object' && value !== null) {
    const { __typename: type, ...fields } = value as Record<string, unknown>;
    for (const [field, inner] of Object.entries(fields)) {
      if (inner !== null && (!Array.isArray(inner) || inner.length > 0)) found.add(`${type}.${field}`);
      valuedFields(inner, found);
    }
  }
  return found;
}
