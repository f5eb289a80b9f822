import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AgentRole, Principal } from '#lib/kernel';
import type { PlainData } from '#lib/subsidiary-kit';
import { openScope } from '#lib/testing';
import { ConsentState } from '#lib/customer';
import type { Flow } from '../model/flow.js';
import { ProcessHouse, type Engine } from '../testing/process-house.js';
import type { SeenProcess } from './sight.js';

const BOTH: Flow = {
  kind: 'house.both',
  title: { de: 'Beides', 'de-simple': 'Beides', en: 'Both' },
  parse: (input) => input as PlainData,
  plan: () => [
    { key: 'shed', command: 'shed.keyed', input: { slot: 'a', value: '1' } },
    { key: 'barn', command: 'barn.note', input: { slot: 'a', value: '1' } },
  ],
};

/** At the counter of that subsidiary, for the customer c-1. */
function agent(subsidiary: string, role: AgentRole = 'service'): Principal {
  const expiresAt = Number.MAX_SAFE_INTEGER;
  const mandate = { id: 'm-1', customerId: 'c-1', reason: 'Frage am Telefon', expiresAt };
  return { kind: 'agent', subject: `agent of ${subsidiary}`, subsidiary, role, mandate, expiresAt };
}

const partner = (...scopes: string[]): Principal => {
  return { kind: 'delegate', clientId: 'p-1', role: 'sales', customerId: 'c-1', scopes };
};

const adviser = (...scopes: string[]): Principal => {
  return { kind: 'delegate', clientId: 'p-2', role: 'service', customerId: 'c-1', scopes };
};

describe('a process', () => {
  let house: ProcessHouse;
  let engine: Engine;

  beforeAll(async () => {
    house = await ProcessHouse.open();
  }, 60_000);
  beforeEach(async () => {
    await house.clear();
    house.withFlows(BOTH);
    engine = house.engine();
  });
  afterAll(() => house.close());

  const look = async (id: string, principal: Principal, customer = house.kim): Promise<SeenProcess | undefined> => {
    const looked = engine.service.look(openScope(house.clock, { principal }), customer, id);
    const waiting = new Set([looked]);
    void looked.finally(() => waiting.clear()).catch(() => undefined);
    // What has just come to an outcome is shown one coherence lease later.
    while (waiting.size > 0) await house.clock.advance(100);
    return looked;
  };
  const stepsSeen = async (id: string, principal: Principal, customer = house.kim): Promise<string[] | undefined> =>
    (await look(id, principal, customer))?.view.steps.map(({ key }) => key);
  const kim = { kind: 'customer', subject: 'kim', expiresAt: Number.MAX_SAFE_INTEGER } as const;

  it('is seen by its customer, and by agents as far as the steps take place where they may look', async () => {
    const { id } = await house.submit(engine, BOTH, { input: {} });
    const alone = { ...house.kim, consents: new ConsentState([]) };
    expect(await stepsSeen(id, kim)).toEqual(['shed', 'barn']);
    expect(await stepsSeen(id, agent('BARN'))).toEqual(['shed', 'barn']);
    expect(await stepsSeen(id, agent('BARN'), alone)).toEqual(['barn']);
    expect(await stepsSeen(id, agent('MILL'), alone)).toBeUndefined();
    expect(await stepsSeen(id, { ...kim, subject: 'lou' })).toBeUndefined();
    expect(await stepsSeen(id, { kind: 'anonymous' })).toBeUndefined();
  });

  it('of which a part is hidden says nothing of the whole', async () => {
    const { id } = await house.submit(engine, BOTH, { input: {} });
    await engine.work();
    await engine.work();
    const alone = { ...house.kim, consents: new ConsentState([]) };
    expect(await look(id, agent('BARN'))).toMatchObject({ isWhole: true, view: { state: 'DONE', result: {} } });
    expect(await look(id, agent('BARN'), alone)).toMatchObject({
      isWhole: false,
      view: { state: 'DONE', result: null, refusal: null, cancellable: false },
    });
  });

  it("with the grid's data is for the customer and the company's own service only", async () => {
    house.keyed.grid = true;
    const { id } = await house.submit(engine, house.keyed);
    const seen = async (principal: Principal): Promise<boolean> => (await look(id, principal)) !== undefined;
    expect([await seen(kim), await seen(agent('SHED'))]).toEqual([true, true]);
    for (const other of [agent('SHED', 'sales'), agent('BARN'), partner('shed.notes:read')]) {
      expect(await seen(other)).toBe(false);
      const principal = other.kind === 'delegate' ? partner('shed.notes:write') : other;
      const submission = engine.service.submit(house.order(house.keyed, { principal }));
      await expect(submission).rejects.toMatchObject({ code: 'NOT_FOUND' });
      const target = { id, customer: house.kim, scope: openScope(house.clock, { principal }) };
      await expect(engine.service.cancel(target)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it("with the grid's data is also for an adviser to whom the customer hands these data on", async () => {
    house.keyed.grid = true;
    const both = adviser('shed.notes:write', 'shed.notes:read');
    const { id } = await house.submit(engine, house.keyed, { principal: both });
    expect(await stepsSeen(id, both)).toEqual(['shed.keyed']);
    expect(await stepsSeen(id, adviser('shed.notes:write', 'shed.other:read'))).toBeUndefined();
    // A refusal would tell the last reading.
    const blind = engine.service.submit(house.order(house.keyed, { principal: adviser('shed.notes:write') }));
    await expect(blind).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const watching = engine.service.submit(house.order(house.keyed, { principal: adviser('shed.notes:read') }));
    await expect(watching).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('is seen by a partner with the right to read exactly this, and not with the right to write it', async () => {
    const { id } = await house.submit(engine, house.keyed, { principal: partner('shed.notes:write') });
    expect(await stepsSeen(id, partner('shed.notes:read'))).toEqual(['shed.keyed']);
    for (const scopes of [['shed.notes:write'], ['shed.other:read'], ['barn.notes:read'], []]) {
      expect(await stepsSeen(id, partner(...scopes))).toBeUndefined();
    }
  });

  it('is in the list of a caller exactly when it is seen alone', async () => {
    house.natural.grid = true;
    for (const command of [house.keyed, house.natural, house.barn]) await house.submit(engine, command);
    for (const principal of [kim, agent('SHED', 'sales'), agent('BARN'), partner('barn.notes:read')]) {
      const scope = openScope(house.clock, { principal });
      const listed = await engine.service.lookAll(scope, house.kim, true);
      const alone = await Promise.all((await engine.service.list('c-1')).map(({ id }) => look(id, principal)));
      expect(listed).toEqual(alone.filter((seen) => seen !== undefined));
    }
  });
});
