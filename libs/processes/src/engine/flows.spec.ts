import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AppError, Refusal } from '#lib/kernel';
import type { PlainData } from '#lib/subsidiary-kit';
import type { Flow } from '../model/flow.js';
import { ProcessHouse, type Engine } from '../testing/process-house.js';
import { fails, losesAnswer, refuses } from '../testing/scripted-command.js';

interface Move extends PlainData {
  readonly home: string;
}

/** Tells the shed, the barn and the shed again; what the first two did can be undone. */
const MOVE: Flow<Move> = {
  kind: 'house.move',
  title: { de: 'Umzug', 'de-simple': 'Umzug', en: 'Move' },
  parse: (input) => {
    const { home } = input as Partial<Move>;
    if (typeof home !== 'string') throw new AppError('INVALID_INPUT', 'no home', { path: 'home', reason: 'missing' });
    return { home };
  },
  naturalKey: ({ home }) => home,
  plan: ({ home }) => [
    { key: 'shed', command: 'shed.keyed', input: { slot: 'home', value: home } },
    { key: 'barn', command: 'barn.note', input: { slot: 'home', value: home } },
    { key: 'last', command: 'shed.natural', input: { slot: 'last', value: home } },
  ],
  undo: ({ command, result }) => ({ command, input: { slot: 'home', value: `not ${String(result['value'])}` } }),
};

describe('a flow of several commands', () => {
  let house: ProcessHouse;
  let engine: Engine;

  beforeAll(async () => {
    house = await ProcessHouse.open();
  }, 60_000);
  beforeEach(async () => {
    await house.clear();
    house.withFlows(MOVE as unknown as Flow);
    engine = house.engine();
  });
  afterAll(() => house.close());

  const submit = () => house.submit(engine, MOVE, { key: null, input: { home: 'A 1' } });
  /** Steps follow each other, each in its own turn. */
  const finish = async (): Promise<void> => {
    while ((await engine.work()) > 0);
  };
  const steps = async (id: string): Promise<string[]> =>
    (await house.find(engine, { id })).steps.map(({ key, state }) => `${key} ${state}`);

  it('carries them out in order and is done with the last one', async () => {
    const { id, title, receipt } = await submit();
    expect([title.en, await steps(id)]).toEqual(['Move', ['shed ACCEPTED', 'barn ACCEPTED', 'last ACCEPTED']]);
    await engine.work();
    expect(await steps(id)).toEqual(['shed DONE', 'barn ACCEPTED', 'last ACCEPTED']);
    expect((await house.find(engine, { id })).cancellable).toBe(false);
    await finish();
    const view = await house.find(engine, { id });
    expect([view.state, view.result]).toEqual(['DONE', { value: 'A 1' }]);
    expect(view.receipt).toEqual(receipt);
    expect([house.keyed, house.barn, house.natural].map(({ ledger }) => ledger.length)).toEqual([1, 1, 1]);
  });

  it('is the same by its natural key, and asks for a key where it has none', async () => {
    expect((await submit()).id).toBe((await submit()).id);
    house.withFlows({ ...MOVE, naturalKey: undefined } as unknown as Flow);
    const plain = house.engine();
    await expect(house.submit(plain, MOVE, { key: null, input: { home: 'A 1' } })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { path: 'key' },
    });
  });

  it('undoes in reverse order what was done when a later step is refused', async () => {
    house.natural.script.push(refuses('DATE_TOO_EARLY'));
    const { id } = await submit();
    await finish();
    const view = await house.find(engine, { id });
    expect([view.state, view.refusal?.code]).toEqual(['REFUSED', 'DATE_TOO_EARLY']);
    expect(await steps(id)).toEqual([
      'shed CANCELLED',
      'barn CANCELLED',
      'last REFUSED',
      'barn.undo DONE',
      'shed.undo DONE',
    ]);
    expect(house.keyed.ledger.map(({ value }) => value)).toEqual(['A 1', 'not A 1']);
    expect(await house.events(id)).toContain('undo');
    const order = view.steps.filter(({ key }) => key.endsWith('.undo')).map(({ subsidiary }) => subsidiary);
    expect(order).toEqual(['BARN', 'SHED']);
  });

  it('begins no later step after a refusal, and undoes only what was done', async () => {
    house.barn.script.push(refuses('NOT_POSSIBLE'));
    const { id } = await submit();
    await finish();
    expect(await steps(id)).toEqual(['shed CANCELLED', 'barn REFUSED', 'last CANCELLED', 'shed.undo DONE']);
    expect([(await house.find(engine, { id })).state, house.natural.executed]).toEqual(['REFUSED', 0]);
  });

  it('is refused at once when its first step is, with nothing to undo', async () => {
    house.keyed.script.push(refuses('NOT_POSSIBLE'));
    const { id } = await submit();
    await finish();
    expect(await steps(id)).toEqual(['shed REFUSED', 'barn CANCELLED', 'last CANCELLED']);
    expect((await house.find(engine, { id })).state).toBe('REFUSED');
  });

  it('goes to an agent when what was done cannot be undone', async () => {
    house.natural.script.push(refuses('NOT_POSSIBLE'));
    const { id } = await submit();
    await engine.work();
    house.keyed.script.push(refuses('NOT_POSSIBLE'));
    await finish();
    expect(await engine.desk.show(id)).toMatchObject({ state: 'WITH_AGENT', reason: 'UNDO_REFUSED' });
    await engine.desk.resolve(id, 'done', { actor: 'op-1', reason: 'undone by hand' });
    expect((await house.find(engine, { id })).state).toBe('REFUSED');
  });

  it('waits for an agent in the middle, and goes on from what the agent says', async () => {
    house.barn.script.push(fails(new AppError('UPSTREAM_REJECTED', 'no')));
    const { id } = await submit();
    await finish();
    expect(await steps(id)).toEqual(['shed DONE', 'barn WITH_AGENT', 'last ACCEPTED']);
    await engine.desk.resolve(id, 'done', { actor: 'op-1', reason: 'entered by hand' });
    await finish();
    expect([(await house.find(engine, { id })).state, await steps(id)]).toEqual([
      'DONE',
      ['shed DONE', 'barn DONE', 'last DONE'],
    ]);
  });

  it('reads a lost answer back in the middle as a single command would', async () => {
    house.barn.script.push(losesAnswer);
    const { id } = await submit();
    await finish();
    await house.clock.advance(10_000);
    await finish();
    expect([(await house.find(engine, { id })).state, house.barn.ledger.length]).toEqual(['DONE', 1]);
  });

  it('names the step in the problems of a refusal at once, and keeps nothing', async () => {
    house.barn.refusal = new Refusal('TEXT_MISSING', { problems: [{ path: 'value', code: 'TEXT_MISSING' }] });
    house.keyed.refusal = new Refusal('NOT_YOURS', { problems: [{ path: 'slot', code: 'NOT_YOURS' }] });
    const outcome = await engine.service.submit(house.order(MOVE, { input: { home: 'A 1' } }));
    expect(outcome).toBeInstanceOf(Refusal);
    expect((outcome as Refusal).problems.map(({ path }) => path)).toEqual(['shed.slot', 'barn.value']);
    expect(await engine.service.list(house.kim.id)).toEqual([]);
  });
});
