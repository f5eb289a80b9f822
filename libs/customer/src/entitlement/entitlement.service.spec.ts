import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ModuleRef } from '@nestjs/core';
import { AppError, type RequestScope } from '#lib/kernel';
import type { EntitlementSource, Subsidiary } from '#lib/subsidiary-kit';
import { customerOf, customerPrincipal, openScope, openTestStore, TestClock, type TestStore } from '#lib/testing';
import { ConsentState, pairsAmong } from '../consent/consent-state.js';
import { Contributions } from '../contributions.js';
import type { Customer } from '../customer.js';
import { customerMigrations } from '../persistence/migrations.js';
import type { CustomerTables } from '../persistence/tables.js';
import { AccessRecord } from '../record/access-record.js';
import { EntitlementService, type Entitlement } from './entitlement.service.js';

class Books implements EntitlementSource {
  readonly key = 'energy-customer';
  readonly asked: { account: string; scope: RequestScope }[] = [];
  answer: () => Promise<boolean> = () => Promise.resolve(true);

  holds(account: string, scope: RequestScope): Promise<boolean> {
    this.asked.push({ account, scope });
    return this.answer();
  }
}

const LINKED = customerOf({ links: { ENERGY: '0001', POOLS: '7' } });

describe('an entitlement across subsidiaries', () => {
  const clock = new TestClock();
  let database: TestStore;
  let books: Books;
  let service: EntitlementService;

  beforeAll(async () => {
    database = await openTestStore([customerMigrations]);
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.store.tables<CustomerTables>().deleteFrom('access_record').execute();
    books = new Books();
    const modules = { get: () => books } as unknown as ModuleRef;
    const energy = { key: 'ENERGY', entitlements: [Books] } as unknown as Subsidiary;
    const contributions = new Contributions(modules, [{ key: 'POOLS' } as unknown as Subsidiary, energy]);
    service = new EntitlementService(contributions, new AccessRecord(database.store, clock), clock);
  });

  const scope = openScope(clock, { principal: customerPrincipal('kim') });

  const check = (customer: Customer): Promise<Entitlement> =>
    service.check({ asking: 'POOLS', entitlement: 'energy-customer', customer, scope });

  const recorded = () => database.store.tables<CustomerTables>().selectFrom('access_record').selectAll().execute();

  it.each([
    [true, 'yes'],
    [false, 'no'],
  ])('that is held: %s is answered with %s', async (holds, answer) => {
    books.answer = () => Promise.resolve(holds);
    expect(await check(LINKED)).toBe(answer);
  });

  it('is asked by the number alone, in the name of the subsidiary that wants to know', async () => {
    await check(LINKED);
    expect(books.asked).toEqual([
      { account: '0001', scope: expect.objectContaining({ principal: { kind: 'subsidiary', subsidiary: 'POOLS' } }) },
    ]);
    expect(scope.uses).toEqual([]);
  });

  it('is recorded with who asked what, and no answer', async () => {
    await check(LINKED);
    expect(await recorded()).toEqual([
      expect.objectContaining({
        customer_id: LINKED.id,
        actor_kind: 'subsidiary',
        actor: 'POOLS',
        subsidiary: 'ENERGY',
        operation: 'entitlement.energy-customer',
        purpose: 'ENTITLEMENT_CHECK',
      }),
    ]);
  });

  it.each<[string, Customer]>([
    ['without a link', customerOf({ links: { POOLS: '7' } })],
    ['without consent', { ...LINKED, consents: new ConsentState([]) }],
    [
      'with consent for another purpose',
      {
        ...LINKED,
        consents: new ConsentState(pairsAmong('JOINT_PORTAL', ['ENERGY', 'POOLS'])),
      },
    ],
    [
      'with consent for another pair',
      {
        ...LINKED,
        consents: new ConsentState(pairsAmong('ENTITLEMENT_CHECK', ['ENERGY', 'HOUSING'])),
      },
    ],
  ])('is unknown %s, and nobody is asked', async (_, customer) => {
    expect(await check(customer)).toBe('unknown');
    expect(books.asked).toEqual([]);
    expect(await recorded()).toEqual([]);
  });

  it.each(['UPSTREAM_UNAVAILABLE', 'UPSTREAM_TIMEOUT', 'UPSTREAM_REJECTED', 'UPSTREAM_MALFORMED'] as const)(
    'is unknown after %s',
    async (code) => {
      books.answer = () => Promise.reject(new AppError(code, 'no answer'));
      expect(await check(LINKED)).toBe('unknown');
    },
  );

  it('is unknown when nobody answers for it', async () => {
    const contributions = new Contributions({} as ModuleRef, []);
    const lonely = new EntitlementService(contributions, new AccessRecord(database.store, clock), clock);
    const question = { asking: 'POOLS', entitlement: 'energy-customer', customer: LINKED, scope } as const;
    expect(await lonely.check(question)).toBe('unknown');
  });

  it('is not checked when it cannot be recorded', async () => {
    await database.stopImmediately();
    try {
      expect(await check(LINKED)).toBe('unknown');
      expect(books.asked).toEqual([]);
    } finally {
      await database.start();
    }
  });
});
