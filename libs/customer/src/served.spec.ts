import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AgentPrincipal } from '#lib/kernel';
import { customerOf, directoryOf, noRecord, openScope, TestClock } from '#lib/testing';
import type { Upstream } from '#lib/upstream';
import { CustomerAccess } from './customer-access.js';
import type { CustomerDirectory } from './customer-directory.js';

const KIM = customerOf({ links: { POND: '1' } });
const LATER = { ...KIM, rightsEpoch: 2 };

describe('an answer about a customer for whom someone else acts', () => {
  const clock = new TestClock();
  let current = KIM;
  let open: boolean;
  let access: CustomerAccess;

  beforeEach(() => {
    current = KIM;
    open = true;
    const directory = directoryOf(KIM);
    directory.find = (id) => Promise.resolve(id === KIM.id ? current : undefined);
    access = new CustomerAccess(directory as CustomerDirectory, {} as Upstream, clock, noRecord);
  });

  const agent: AgentPrincipal = {
    kind: 'agent',
    subject: 'a',
    subsidiary: 'POND',
    role: 'service',
    mandate: { id: 'm', customerId: KIM.id, reason: 'Frage', expiresAt: Number.MAX_SAFE_INTEGER },
    expiresAt: Number.MAX_SAFE_INTEGER,
  };
  const serve = async () => {
    const scope = openScope(clock, { principal: agent });
    expect(await access.serve(scope, KIM.id, () => Promise.resolve(open))).toBe(KIM);
    return scope;
  };

  it('may leave while nothing has changed', async () => {
    expect(await access.stillHolds(await serve())).toBe(true);
  });

  it('may not leave when they no longer act for the customer, though the epoch was read after that change', async () => {
    const scope = await serve();
    open = false;
    expect(await access.stillHolds(scope)).toBe(false);
  });

  it('may not leave when the rights of the customer have changed, even if it shows the name only', async () => {
    const scope = await serve();
    current = LATER;
    expect(await access.stillHolds(scope)).toBe(false);
  });

  it('may leave after a change that the request itself has made, and only while they act for the customer', async () => {
    const scope = await serve();
    current = LATER;
    access.adoptServed(scope, LATER);
    expect(await access.stillHolds(scope)).toBe(true);
    open = false;
    expect(await access.stillHolds(scope)).toBe(false);
  });

  it('does not make them the customer', async () => {
    const scope = await serve();
    access.adoptServed(scope, LATER);
    expect(await access.findCaller(scope)).toBeUndefined();
  });

  it('speaks of nobody when there is no such customer', async () => {
    const scope = openScope(clock, { principal: agent });
    expect(await access.serve(scope, 'nobody', () => Promise.resolve(true))).toBeUndefined();
    expect(await access.stillHolds(scope)).toBe(true);
  });
});
