import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildClientSchema, getIntrospectionQuery, type GraphQLObjectType, type IntrospectionQuery } from 'graphql';
import type { Label } from '#lib/customer';
import { NOW, openHouse, type GraphAnswer, type House } from '../harness.js';
import { callers, CONSENTS } from './callers.js';
import { PART, readTable, SEES_NOTHING, signOf } from './decision-table.js';
import { expectedPart, type Entitlement } from './expected-part.js';
import { KEYS, rightsOf } from './labelled-models.js';
import { walkFrom, type Walk } from './schema-walk.js';
import { letWishesWait } from './waiting-wishes.js';
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
];

const ACCESS: Readonly<Record<string, string>> = { S: 'AVAILABLE', '?': 'CONSENT_REQUIRED', '.': 'NOT_LINKED' };

/** What stands in the place of a route's parameters. */
const EXAMPLES: Readonly<Record<string, string>> = {
  '/partner/v1/transit/stops/{id}/departures id': '153166',
  '/partner/v1/processes/{id} id': 'UHJvY2Vzczp4',
};

describe('every field below me', () => {
  const stage = new Stage();
  let house: House;
  let gateway: NestFastifyApplication;
  let walk: Walk;
  let fieldsOfCustomer: string[];
  /** Everything there is of the customer, read with all rights. */
  let whole: Answer['parts'];

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
    await letWishesWait(house, gateway, 'aylin');
    stage.consents = CONSENTS['all']!;
    whole = seenIn(await ask()).parts;
  }, 60_000);
  afterAll(() => house.close());

  const ask = (): Promise<GraphAnswer> => {
    const query = `{ me { ${walk.selection} subsidiaries { subsidiary access consentPurpose } } }`;
    return house.graphql({ query }, { persona: 'aylin' });
  };
  /** Asks as the caller of that name in the customer's state of consent. */
  const askAs = (caller: string, consent: string): Promise<GraphAnswer> => {
    const { id, subject } = stage.customer!;
    const asked = { id, subject: subject!, now: Date.parse(NOW) };
    Object.assign(stage, { consents: CONSENTS[consent], caller: callers(asked)[caller] });
    return ask();
  };

  it('is the part of a subsidiary or known to belong to none', () => {
    expect(fieldsOfCustomer.toSorted()).toEqual([...COMMON, ...PARTS].toSorted());
  });

  it('has a value for the customer of the walk, with few exceptions', () => {
    const valued = valuedFields({ __typename: 'Customer', ...whole });
    expect(walk.fields.filter((field) => !valued.has(field)).toSorted()).toEqual(WITHOUT_VALUE.toSorted());
  });

  it.each(SERVED)('shows %s exactly what the table allows', async (caller) => {
    for (const consent of Object.keys(CONSENTS)) {
      const answer = await askAs(caller, consent);
      expect([consent, seenIn(answer), answer.errors]).toEqual([consent, expectedAnswer(whole, caller, consent), []]);
    }
  });

  it.each(STRANGERS)('shows nothing to %s, whatever the consent', async (caller) => {
    for (const consent of ['all', 'none']) {
      const answer = await askAs(caller, consent);
      expect(Object.values(seenIn(answer).parts).filter((part) => part !== null)).toEqual([]);
      expect(answer.sources).toEqual([]);
    }
  });

  it('comes through no public route, whatever the token', async () => {
    const { paths } = (await (await house.get('/partner/v1/openapi.json')).json()) as { paths: Record<string, object> };
    const routes = Object.keys(paths).filter((path) => 'get' in paths[path]!);
    const secrets = secretsOf(whole).concat(Object.values(stage.customer!.links), stage.customer!.name);
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
    parts: Object.fromEntries(PARTS.map((part) => [part, (parts as Record<string, unknown>)[part] ?? null])),
    states: subsidiaries.toSorted((left, right) => KEYS.indexOf(left.subsidiary) - KEYS.indexOf(right.subsidiary)),
  };
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

const SECRET = /^(number|chipCardNumber|marketLocation|payload)$/;

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
