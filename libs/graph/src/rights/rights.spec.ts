import 'reflect-metadata';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Query, Resolver, GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { Test } from '@nestjs/testing';
import { GraphQLError, isUnionType, printType, type GraphQLNamedType, type GraphQLSchema } from 'graphql';
import type { Counter } from '#lib/access';
import {
  ConsentService,
  Contributions,
  CustomerAccess,
  LinkService,
  type Consent,
  type Customer,
  type LetterRequested,
} from '#lib/customer';
import { ANONYMOUS, AppError, instantOf, Refusal, toGlobalId, type Principal, type RequestScope } from '#lib/kernel';
import { customerOf, customerPrincipal, directoryOf, openScope, TestClock, noRecord } from '#lib/testing';
import type { Upstream } from '#lib/upstream';
import { CustomerType } from '../types/customer.type.js';
import { registerSubsidiaries, SubsidiaryEnum } from '../types/subsidiary.enum.js';
import { ConsentResolver } from './consent.resolver.js';
import { LinkResolver } from './link.resolver.js';
import { RefusalType } from './refusal.type.js';

const INSTALLED = ['POND', 'RIVER', 'SEA'];
const KIM = customerOf({ links: { POND: '1' } });
const CHANGED: Customer = { ...KIM, links: { POND: '1', SEA: '9' }, rightsEpoch: 2 };
const TEXT = { version: '2026-11-1', texts: { de: 'Ich erlaube es.', 'de-simple': 'Ja.', en: 'I agree.' } };
const AGENT: Principal = {
  kind: 'agent',
  subject: 'a',
  subsidiary: 'SEA',
  role: 'service',
  mandate: null,
  expiresAt: Number.MAX_SAFE_INTEGER,
};

const statusOf = (subsidiary: string) => ({ subsidiary }) as Parameters<LinkResolver['linkFact']>[0];

/** Notes what it is asked and answers as told. */
class Services {
  readonly calls: unknown[][] = [];
  answer: Customer | Refusal | LetterRequested = CHANGED;

  readonly note = (...call: unknown[]): Promise<never> => {
    this.calls.push(call);
    return Promise.resolve(this.answer as never);
  };
  readonly consents: Consent[] = [
    { purpose: 'MARKETING', subsidiaries: ['POND', 'RIVER'], given: true, text: TEXT },
    { purpose: 'MARKETING', subsidiaries: ['SEA'], given: false, text: TEXT },
  ];
}

describe('the rights of a customer in the graph', () => {
  const clock = new TestClock();
  let services: Services;
  let access: CustomerAccess;
  let consents: ConsentResolver;
  let links: LinkResolver;
  let notes: unknown[];

  beforeEach(() => {
    services = new Services();
    notes = [];
    const { note } = services;
    access = new CustomerAccess(directoryOf(KIM), {} as Upstream, clock, noRecord);
    const list = () => Promise.resolve(services.consents);
    const consentService = { list, give: note, withdraw: note } as unknown as ConsentService;
    const counter = {
      serve: (_: RequestScope, id: string) =>
        id === KIM.id ? Promise.resolve(KIM) : Promise.reject(new AppError('FORBIDDEN', 'no mandate')),
      noteConsent: (_: RequestScope, { id }: Customer, given: boolean) => Promise.resolve(notes.push([id, given])),
    } as unknown as Counter;
    consents = new ConsentResolver(access, consentService, counter, INSTALLED);
    const linkService = { proveByFact: note, requestLetter: note, confirmLetter: note, unlink: note };
    const contributions = { findLinkProof: (key: string) => (key === 'SEA' ? { factName: 'Ankernummer' } : undefined) };
    links = new LinkResolver(access, linkService as unknown as LinkService, contributions as unknown as Contributions);
  });

  const open = (principal: Principal = customerPrincipal('kim'), language: RequestScope['language'] = 'de') =>
    openScope(clock, { principal, language });

  const give = (scope: RequestScope, change: Partial<Parameters<ConsentResolver['giveConsent']>[0]> = {}) =>
    consents.giveConsent(
      { purpose: 'MARKETING', subsidiaries: ['POND', 'SEA'], textVersion: '2026-11-1', ...change },
      scope,
    );

  const everyMutation = (scope: RequestScope): (() => Promise<unknown>)[] => [
    () => give(scope),
    () => consents.withdrawConsent({ purpose: 'MARKETING', subsidiaries: ['POND'] }, scope),
    () => links.linkSubsidiary({ subsidiary: 'SEA', number: '9', fact: 'x' }, scope),
    () => links.requestLinkLetter({ subsidiary: 'SEA', number: '9' }, scope),
    () => links.confirmLinkLetter({ subsidiary: 'SEA', code: 'K7QX2MHD4P' }, scope),
    () => links.unlinkSubsidiary('SEA', scope),
  ];

  it.each<[string, Principal, string]>([
    ['nobody', ANONYMOUS, 'UNAUTHENTICATED'],
    ['a stranger', customerPrincipal('stranger'), 'NOT_FOUND'],
  ])('are changed for %s by none of the mutations', async (_, principal, code) => {
    for (const mutate of everyMutation(open(principal))) await expect(mutate()).rejects.toMatchObject({ code });
    expect(services.calls).toEqual([]);
  });

  it('are changed by an agent for the customer of the mandate, and written down first', async () => {
    const customerId = toGlobalId('Customer', KIM.id);
    const scope = open(AGENT);
    expect(await give(scope, { customerId })).toBe(CHANGED);
    const withdrawal = { customerId, purpose: 'MARKETING' as const, subsidiaries: ['SEA'] };
    expect(await consents.withdrawConsent(withdrawal, scope)).toBe(CHANGED);
    expect(services.calls.map((call) => call.at(-1))).toEqual(['SEA', 'SEA']);
    expect(notes).toEqual([
      [KIM.id, true],
      [KIM.id, false],
    ]);
    expect(await access.findCaller(scope)).toBeUndefined();
  });

  it.each([
    ['for another customer', { customerId: toGlobalId('Customer', 'c-2') }, 'FORBIDDEN'],
    ['for what is no customer', { customerId: toGlobalId('Lease', KIM.id) }, 'NOT_FOUND'],
    ['for nobody in particular', {}, 'INVALID_INPUT'],
    ['among other companies', { customerId: toGlobalId('Customer', KIM.id), subsidiaries: ['POND'] }, 'FORBIDDEN'],
  ])('are not changed by an agent %s', async (_, change, code) => {
    const refused = await give(open(AGENT), change).catch((error: { originalError?: unknown }) => error);
    expect(refused).toMatchObject(refused instanceof GraphQLError ? { originalError: { code } } : { code });
    expect([services.calls, notes]).toEqual([[], []]);
  });

  it('are linked by no agent', async () => {
    for (const mutate of everyMutation(open(AGENT)).slice(2)) {
      await expect(mutate()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(services.calls).toEqual([]);
  });

  it('are changed for oneself only', async () => {
    expect(await give(open(), { customerId: null })).toBe(CHANGED);
    expect(await give(open(), { customerId: toGlobalId('Customer', KIM.id) })).toBe(CHANGED);
    for (const customerId of [toGlobalId('Customer', 'c-2'), toGlobalId('Lease', KIM.id), KIM.id, '']) {
      await expect(give(open(), { customerId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(services.calls).toHaveLength(2);
  });

  it('are shown as changed in the same answer', async () => {
    for (const index of [0, 1, 2, 4, 5]) {
      const scope = open();
      await everyMutation(scope)[index]!();
      expect(await access.findCaller(scope)).toBe(CHANGED);
    }
  });

  it('stay as they are when refused, and the refusal speaks the language of the caller', async () => {
    const choices = [{ value: '2026-11-1', label: 'I agree.' }];
    services.answer = new Refusal('TEXT_OUTDATED', {
      problems: [{ path: 'textVersion', code: 'TEXT_OUTDATED', choices }],
    });
    const scope = open(undefined, 'en');
    expect(await give(scope)).toEqual({
      code: 'TEXT_OUTDATED',
      message: expect.stringContaining('text of this consent has changed'),
      subsidiaryMessage: null,
      retryAfterSeconds: null,
      problems: [
        {
          path: 'textVersion',
          code: 'TEXT_OUTDATED',
          message: expect.stringContaining('read the current version'),
          choices,
          minimum: null,
          maximum: null,
          earliest: null,
        },
      ],
    });
    expect(await access.findCaller(scope)).toBe(KIM);
  });

  it('tell in a refusal when to try again', async () => {
    services.answer = new Refusal('TOO_MANY_ATTEMPTS', { retryAfterSeconds: 60 });
    const refused = await links.linkSubsidiary({ subsidiary: 'SEA', number: ' 9 ', fact: 'x' }, open());
    expect(refused).toMatchObject({ code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 60 });
    expect(services.calls[0]!.slice(0, 4)).toEqual([KIM, 'SEA', '9', 'x']);
  });

  it('count each subsidiary once', async () => {
    await give(open(), { subsidiaries: ['SEA', 'SEA', 'POND'] });
    expect(services.calls[0]!.slice(0, 3)).toEqual([KIM, 'MARKETING', ['SEA', 'POND']]);
  });

  it('are not changed by input beyond its bounds', async () => {
    const long = 'x'.repeat(61);
    const attempts: [string, Promise<unknown>][] = [
      ['subsidiaries', give(open(), { subsidiaries: [] })],
      ['subsidiaries', give(open(), { subsidiaries: ['SEA', 'SEA', 'SEA', 'SEA'] })],
      ['textVersion', give(open(), { textVersion: long })],
      ['number', links.linkSubsidiary({ subsidiary: 'SEA', number: '  ', fact: 'x' }, open())],
      ['fact', links.linkSubsidiary({ subsidiary: 'SEA', number: '9', fact: long }, open())],
      ['number', links.requestLinkLetter({ subsidiary: 'SEA', number: long }, open())],
      ['code', links.confirmLinkLetter({ subsidiary: 'SEA', code: '' }, open())],
    ];
    for (const [path, attempt] of attempts) {
      await expect(attempt).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { path } });
    }
    expect(services.calls).toEqual([]);
  });

  it('show consents in the language of the caller, each with an id of its own', async () => {
    const shown = await consents.list(KIM, open(undefined, 'en'));
    expect(shown).toMatchObject([
      {
        purpose: 'MARKETING',
        subsidiaries: ['POND', 'RIVER'],
        given: true,
        text: 'I agree.',
        textVersion: '2026-11-1',
      },
      { purpose: 'MARKETING', subsidiaries: ['SEA'], given: false },
    ]);
    expect(new Set(shown.map(({ id }) => id)).size).toBe(2);
  });

  it('show agents only consents in which their own subsidiary takes part', async () => {
    const shown = await consents.list(KIM, open(AGENT));
    expect(shown.map(({ subsidiaries }) => subsidiaries)).toEqual([['SEA']]);
  });

  it('say which second fact a link needs', () => {
    expect(links.linkFact(statusOf('SEA'))).toBe('Ankernummer');
    expect(links.linkFact(statusOf('POND'))).toBeNull();
  });
});

describe('the schema of rights', () => {
  let schema: GraphQLSchema;

  @Resolver()
  class Root {
    @Query(() => CustomerType, { nullable: true })
    me(): null {
      return null;
    }
  }

  beforeAll(async () => {
    if (Object.keys(SubsidiaryEnum).length === 0) registerSubsidiaries(INSTALLED.map((key) => ({ key, title: key })));
    const module = await Test.createTestingModule({ imports: [GraphQLSchemaBuilderModule] }).compile();
    schema = await module.get(GraphQLSchemaFactory).create([Root, ConsentResolver, LinkResolver]);
  });

  const text = (name: string): string =>
    printType(typeOf(name))
      .replace(/"""[^]*?"""\s*/g, '')
      .replace(/\s+/g, ' ');

  const typeOf = (name: string): GraphQLNamedType => schema.getType(name)!;

  it('answers each mutation with the customer or a refusal', async () => {
    for (const name of ['ConsentResult', 'LinkResult', 'LinkLetterResult']) {
      const union = typeOf(name);
      if (!isUnionType(union)) throw new Error(`${name} is no union`);
      const resolve = (value: object) => union.resolveType!(value, {}, {} as never, union);
      const success = name === 'LinkLetterResult' ? 'LinkLetterRequested' : 'Customer';
      expect(union.getTypes().map(String)).toEqual([success, 'Refusal']);
      expect(await resolve(new RefusalType())).toBe('Refusal');
      const letter = { subsidiary: 'SEA', codeExpiresAt: instantOf(0) };
      expect(await resolve(name === 'LinkLetterResult' ? letter : KIM)).toBe(success);
    }
  });

  it('has the mutations and the consents', () => {
    expect(text('Consent')).toContain('given: Boolean!');
    expect(text('Customer')).toContain('consents: [Consent!]!');
    expect(text('Mutation')).toContain(
      'giveConsent( customerId: ID purpose: Purpose! subsidiaries: [Subsidiary!]! textVersion: String! ): ConsentResult!',
    );
    expect(text('Mutation')).toContain(
      'linkSubsidiary( subsidiary: Subsidiary! number: String! fact: String! ): LinkResult!',
    );
    expect(text('Purpose')).toBe('enum Purpose { JOINT_PORTAL COUNTER_ADVICE ENTITLEMENT_CHECK MARKETING }');
  });
});
