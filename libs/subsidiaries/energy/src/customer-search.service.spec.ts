import { describe, expect, it } from '@jest/globals';
import type { CustomerSearches } from '#lib/customer';
import { AppError, Refusal, type AgentPrincipal, type Principal } from '#lib/kernel';
import { customerPrincipal, openScope, TestClock } from '#lib/testing';
import { Upstream } from '#lib/upstream';
import type { CustomerSearchBackend } from './backend/agents/customer-search.backend.js';
import { CustomerSearchService } from './customer-search.service.js';
import { parseCustomerSearch, type CustomerSearchInput } from './model/agents/customer-search.js';

const agent = (subsidiary = 'ENERGY', role: AgentPrincipal['role'] = 'service'): AgentPrincipal => ({
  kind: 'agent',
  subject: 'agent-7',
  subsidiary,
  role,
  mandate: null,
  expiresAt: Number.MAX_SAFE_INTEGER,
});
const NAME = { name: { lastName: 'Sommerlatt' } };

interface Stage {
  readonly hits?: number;
  readonly given?: number;
  readonly fails?: boolean;
  readonly begun?: string | Refusal;
}

function house({ hits = 2, given = hits, fails = false, begun = 's-1' }: Stage = {}) {
  const clock = new TestClock();
  const log: unknown[] = [];
  const searches = {
    begin: ({ criteria }: { criteria: readonly string[] }) => {
      log.push(['begin', ...criteria]);
      return Promise.resolve(begun);
    },
    end: (id: string, _search: object, count: number, shown: readonly string[]) => {
      log.push(['end', id, count, shown.length]);
      return fails ? Promise.reject(new AppError('UPSTREAM_UNAVAILABLE', 'down')) : Promise.resolve();
    },
  } as unknown as CustomerSearches;
  const backend = {
    find: () => {
      log.push('asked');
      const customers = Array.from({ length: hits }, (_, index) => ({
        number: String(index).padStart(10, '0'),
        name: `Frau ${index}`,
        street: null,
        city: null,
      }));
      return Promise.resolve({ value: { customers, given }, omissions: [] });
    },
  } as unknown as CustomerSearchBackend;
  const upstream = new Upstream(clock, { concurrent: 8, waiting: 8, cacheBytes: 1_000_000 });
  const service = new CustomerSearchService(backend, upstream, searches);
  const find = (principal: Principal, by: CustomerSearchInput = NAME) =>
    service.find(parseCustomerSearch(by), openScope(clock, { principal }));
  return { log, find };
}

describe('an agent who searches', () => {
  it('is recorded before and after, and then sees who was found', async () => {
    const { log, find } = house();
    const found = await find(agent());
    expect(found).toMatchObject({ value: [{ name: 'Frau 0' }, { name: 'Frau 1' }] });
    expect(log).toEqual([['begin', 'last-name'], 'asked', ['end', 's-1', 2, 2]]);
  });

  it.each([
    ['twenty-one people', 21, 21],
    ['so many that SAP may have cut off the rest', 0, 100],
  ])('sees nobody of %s, and nobody is noted', async (_, hits, given) => {
    const { log, find } = house({ hits, given });
    expect(await find(agent())).toMatchObject({ code: 'SEARCH_TOO_WIDE' });
    expect(log.at(-1)).toEqual(['end', 's-1', given, 0]);
  });

  it('sees twenty', async () => {
    expect(await house({ hits: 20 }).find(agent())).toMatchObject({ value: { length: 20 } });
  });

  it('asks nothing of SAP when no search is left', async () => {
    const { log, find } = house({ begun: new Refusal('TOO_MANY_ATTEMPTS') });
    expect(await find(agent())).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    expect(log).toEqual([['begin', 'last-name']]);
  });

  it('sees nobody when it cannot be recorded', async () => {
    await expect(house({ fails: true }).find(agent())).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  it.each([
    ['a customer', customerPrincipal('lena')],
    ['nobody', { kind: 'anonymous' }],
    ['an agent of another company', agent('HOUSING')],
    ['a partner of this company', { kind: 'partner', clientId: 'p', subsidiary: 'ENERGY', scopes: [] }],
    ['a system of this company', { kind: 'subsidiary', subsidiary: 'ENERGY' }],
  ] as [string, Principal][])('is no other than an agent of this company: not %s', async (_, principal) => {
    const { log, find } = house();
    await expect(find(principal)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(log).toEqual([]);
  });

  it('by a meter is no agent of sales', async () => {
    const { log, find } = house();
    const sales = agent('ENERGY', 'sales');
    await expect(find(sales, { meterSerialNumber: '1ESY7' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(log).toEqual([]);
    expect(await find(sales)).toMatchObject({ value: { length: 2 } });
  });
});
