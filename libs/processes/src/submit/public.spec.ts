import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ANONYMOUS, AppError, Refusal, RequestScope } from '#lib/kernel';
import { openScope } from '#lib/testing';
import { verifyReceipt } from '../receipts/verify-receipt.js';
import { ProcessHouse, type Engine } from '../testing/process-house.js';
import { fails } from '../testing/scripted-command.js';
import { PublicDeclarations, type ConfirmedDeclaration, type PreparedDeclaration } from './public-declarations.js';

const INPUT = { slot: 'Vertrag 1', value: 'weg damit' };
const TO = 'kim@example.org';

describe('a declaration without signing in', () => {
  let house: ProcessHouse;
  let engine: Engine;
  let desk: PublicDeclarations;

  beforeAll(async () => {
    house = await ProcessHouse.open();
    const statement = ({ slot, value }: typeof INPUT) => [`Vertrag: ${slot}`, `Wunsch: ${value}`];
    Object.assign(house.natural, { isPublic: true, statement });
  }, 60_000);
  beforeEach(async () => {
    await house.clear();
    await house.tables.deleteFrom('attempt' as never).execute();
    engine = house.engine();
    desk = deskOf(engine);
  });
  afterAll(() => house.close());

  const deskOf = (at: Engine) => new PublicDeclarations(at.service, at.registry, at.signer, at.store, at.clock);
  const scopeAt = (address: string | null): RequestScope =>
    new RequestScope(ANONYMOUS, 'de', house.clock.now(), new AbortController().signal, address);
  const prepare = async (input: object = INPUT, receiptTo = TO): Promise<PreparedDeclaration> => {
    const prepared = await desk.prepare('shed.natural', input, { receiptTo, scope: openScope(house.clock) });
    if (prepared instanceof Refusal) throw new Error(prepared.code);
    return prepared;
  };
  const confirm = (token: string, address: string | null = '192.0.2.1') =>
    desk.confirm('shed.natural', token, scopeAt(address));
  const confirmed = async (token: string, address?: string): Promise<ConfirmedDeclaration> => {
    const outcome = await confirm(token, address);
    if (outcome instanceof Refusal) throw new Error(outcome.code);
    return outcome;
  };
  const rows = () => house.tables.selectFrom('process').selectAll().execute();

  it('keeps nothing when it is prepared, and says what it would say', async () => {
    expect(await prepare()).toMatchObject({
      statement: ['Vertrag: Vertrag 1', 'Wunsch: weg damit'],
      expiresAt: '2026-11-22T12:30:00.000Z',
    });
    expect(await rows()).toEqual([]);
  });

  it('is accepted by the second step, confirmed with content, day and time, and signed', async () => {
    const { token } = await prepare();
    const { view, text } = await confirmed(token);
    expect(view.state).toBe('ACCEPTED');
    for (const part of ['Vertrag: Vertrag 1', 'Wunsch: weg damit', view.receipt.number, '22.11.2026, 13:00']) {
      expect(text).toContain(part);
    }
    expect(await verifyReceipt(view.receipt.signed, await engine.signer.publicKeys())).toMatchObject({
      number: view.receipt.number,
      kind: 'shed.natural',
    });
    expect(await engine.mail.take()).toMatchObject([
      { occasion: 'declaration', to: TO, inputJson: JSON.stringify(INPUT) },
    ]);
  });

  it('is carried out by whichever instance works, for an account that the attempt finds out', async () => {
    house.natural.script.push(async (_input, attempt) => {
      await attempt.intend();
      return { kind: 'done', result: { at: attempt.acceptedAt }, account: '0007' };
    });
    const { view } = await confirmed((await prepare()).token);
    await house.clock.advance(5_000);
    await house.engine().work();
    const [process] = await rows();
    expect([process?.state, process?.result_json]).toEqual(['DONE', '{"at":"2026-11-22T12:00:00.000Z"}']);
    expect(process?.id).toBe(view.id);
    const epochs = await house.tables
      .selectFrom('data_epoch' as never)
      .selectAll()
      .execute();
    expect(epochs).toEqual(expect.arrayContaining([expect.objectContaining({ account: '0007' })]));
  });

  it('tells nobody by mail what became of it', async () => {
    await confirmed((await prepare()).token);
    await engine.mail.take();
    await engine.work();
    expect((await rows())[0]?.state).toBe('DONE');
    await house.clock.advance(1_000);
    expect(await house.tables.selectFrom('process_mail').select('occasion').execute()).toEqual([
      { occasion: 'declaration' },
    ]);
  });

  it('waits for an agent when it fits nobody, with the same answer to its sender', async () => {
    house.natural.script.push(fails(new AppError('NOT_FOUND', 'no such contract')));
    const { view } = await confirmed((await prepare()).token);
    expect(view.state).toBe('ACCEPTED');
    await engine.work();
    expect((await rows())[0]?.state).toBe('WITH_AGENT');
  });

  it('is one, however often and at whichever instance the second step is sent', async () => {
    const { token } = await prepare();
    const [first, second] = await Promise.all([
      confirmed(token),
      deskOf(house.engine()).confirm('shed.natural', token, scopeAt(null)),
    ]);
    await engine.work();
    const third = await confirmed(token);
    const numbers = [first, second, third].map((each) => (each as ConfirmedDeclaration).view.receipt.number);
    expect(new Set(numbers).size).toBe(1);
    expect(house.natural.ledger).toHaveLength(1);
  });

  it.each([
    ['no token', () => ''],
    ['a changed token', (token: string) => token.replace(/\.(.)/, (_, letter) => `.${letter === 'A' ? 'B' : 'A'}`)],
    ['a token without a signature', (token: string) => token.replace(/[^.]*$/, '')],
    ['a very long one', () => 'x'.repeat(100_000)],
  ])('is not made by %s', async (_, change) => {
    const { token } = await prepare();
    expect(await confirm(change(token))).toMatchObject({ code: 'FORM_EXPIRED' });
    expect(await rows()).toEqual([]);
  });

  it('is not made by the token of another form, by a receipt, or half an hour later', async () => {
    const { token } = await prepare();
    expect(await desk.confirm('shed.keyed', token, scopeAt(null))).toMatchObject({ code: 'FORM_EXPIRED' });
    const { receipt } = await house.submit(engine, house.barn);
    expect(await confirm(receipt.signed)).toMatchObject({ code: 'FORM_EXPIRED' });
    await expect(verifyReceipt(token, await engine.signer.publicKeys())).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await house.clock.advance(30 * 60_000);
    expect(await confirm(token)).toMatchObject({ code: 'FORM_EXPIRED' });
  });

  it('is limited by the sender’s network, and by the address that is written to', async () => {
    const codes = new Set<string>();
    for (let tries = 0; tries < 21; tries += 1) {
      const { token } = await prepare(INPUT, `kim${tries}@example.org`);
      const outcome = await confirm(token, `2001:db8:1:2:${tries}::1`);
      if (outcome instanceof Refusal) codes.add(`${tries} ${outcome.code}`);
    }
    expect([...codes]).toEqual(['20 TOO_MANY_ATTEMPTS']);
    for (let tries = 0; tries < 6; tries += 1) {
      const outcome = await confirm((await prepare()).token, `192.0.2.${tries}`);
      if (outcome instanceof Refusal) codes.add(`${tries} ${outcome.code}`);
    }
    expect([...codes]).toEqual(['20 TOO_MANY_ATTEMPTS', '5 TOO_MANY_ATTEMPTS']);
    expect(await rows()).toHaveLength(25);
  });

  it('keeps no network address in plain text', async () => {
    await confirmed((await prepare()).token, '198.51.100.77');
    const attempts = await house.tables
      .selectFrom('attempt' as never)
      .selectAll()
      .execute();
    expect(
      JSON.stringify([attempts, await rows()], (_, value: unknown) => (typeof value === 'bigint' ? '' : value)),
    ).not.toContain('198.51');
  });

  it('takes no command that is not meant for it, and no address that is none', async () => {
    const scope = openScope(house.clock);
    await expect(desk.prepare('shed.money', INPUT, { receiptTo: TO, scope })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(desk.prepare('shed.natural', INPUT, { receiptTo: '', scope })).rejects.toMatchObject({
      details: { path: 'email' },
    });
    await expect(desk.prepare('shed.natural', INPUT, { receiptTo: 'kim@', scope })).rejects.toMatchObject({
      details: { path: 'email' },
    });
  });
});
