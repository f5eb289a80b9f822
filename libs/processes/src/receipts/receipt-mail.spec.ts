import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LANGUAGES } from '#lib/kernel';
import { ProcessHouse, type Engine } from '../testing/process-house.js';
import { wordsOf } from './mail-words.js';

describe('a receipt by mail', () => {
  let house: ProcessHouse;
  let engine: Engine;

  beforeAll(async () => {
    house = await ProcessHouse.open();
  }, 60_000);
  beforeEach(async () => {
    await house.clear();
    engine = house.engine();
  });
  afterAll(() => house.close());

  it('goes to the address of the wish, in the language of the request, with the signed receipt', async () => {
    const { receipt } = await house.submit(engine, house.keyed, { receiptTo: 'kim@example.org', language: 'en' });
    expect(await engine.mail.take()).toMatchObject([
      { occasion: 'receipt', to: 'kim@example.org', language: 'en', kind: 'shed.keyed', receipt },
    ]);
  });

  it('is not written without an address, and the outcome neither', async () => {
    await house.submit(engine, house.keyed);
    await engine.work();
    expect(await house.tables.selectFrom('process_mail').selectAll().execute()).toEqual([]);
  });

  it('goes to the first address when the same wish comes again with another one', async () => {
    for (const receiptTo of ['kim@example.org', 'someone@example.org']) {
      await house.submit(engine, house.keyed, { key: 'one', receiptTo });
    }
    expect((await engine.mail.take()).map(({ to }) => to)).toEqual(['kim@example.org']);
  });

  it.each([
    'kim@example.org\r\nBcc: all@example.org',
    'kim@example.org\n',
    'kim@example.org,all@example.org',
    'kim@example.org all@example.org',
    '"kim\r\n"@example.org',
    '<kim@example.org>',
    'kim@localhost',
    'kim@-example.org',
    'kim@@example.org',
    '.kim@example.org',
    `${'k'.repeat(65)}@example.org`,
    `kim@${'a.'.repeat(140)}org`,
    'kim',
  ])('is refused for %j, which is in no error, and nothing is kept', async (receiptTo) => {
    const submission = engine.service.submit(house.order(house.keyed, { receiptTo }));
    const error = await submission.then(String, (failure: unknown) => failure);
    expect(error).toMatchObject({ code: 'INVALID_INPUT', details: { path: 'receiptTo' } });
    expect(JSON.stringify([error, String(error)])).not.toContain('all@');
    expect(await house.tables.selectFrom('process').selectAll().execute()).toEqual([]);
  });

  it('comes again later and later, and at last not any more', async () => {
    await house.submit(engine, house.keyed, { receiptTo: 'kim@example.org' });
    const waits: number[] = [];
    let waited = 0;
    for (let tries = 0; tries < 20;) {
      const taken = await engine.mail.take();
      if (taken.length > 0) {
        waits.push(waited);
        waited = 0;
        tries += 1;
      }
      await house.clock.advance(60_000);
      waited += 1;
    }
    expect(waits.slice(0, 9)).toEqual([0, 1, 2, 4, 8, 16, 32, 64, 64]);
    await house.clock.advance(100_000_000);
    expect(await engine.mail.take()).toEqual([]);
  });

  it('is not tried again when it was given up', async () => {
    await house.submit(engine, house.keyed, { receiptTo: 'kim@example.org' });
    const [mail] = await engine.mail.take();
    await engine.mail.giveUp(mail!);
    await house.clock.advance(100_000_000);
    expect(await engine.mail.take()).toEqual([]);
  });

  it('leaves no address behind 30 days after the end, and keeps it until then', async () => {
    const done = await house.submit(engine, house.keyed, { receiptTo: 'kim@example.org' });
    await engine.work();
    const open = await house.submit(engine, house.barn, { receiptTo: 'kim@example.org' });
    await engine.desk.pause('BARN', 'holidays');
    const addressOf = async ({ id }: { id: string }): Promise<string | null> =>
      (await house.tables.selectFrom('process').select('receipt_to').where('id', '=', id).executeTakeFirstOrThrow())
        .receipt_to;
    await house.clock.advance(29 * 86_400_000);
    await engine.work();
    expect([await addressOf(done), await addressOf(open)]).toEqual(['kim@example.org', 'kim@example.org']);
    await house.clock.advance(2 * 86_400_000);
    await engine.work();
    expect([await addressOf(done), await addressOf(open)]).toEqual([null, 'kim@example.org']);
  });

  it('says in each language and for each occasion what it is about, on one line of subject', () => {
    for (const language of LANGUAGES) {
      for (const occasion of ['receipt', 'question', 'done', 'refused', 'cancelled'] as const) {
        const acceptedAt = '2026-11-22T18:05:00.000Z' as never;
        const facts = { occasion, language, title: 'Abschlag ändern', receiptNumber: '2026-7K3M-9QXT', acceptedAt };
        const { subject, text } = wordsOf(facts);
        expect(subject).toMatch(/^[^\r\n]+: Abschlag ändern \(2026-7K3M-9QXT\)$/);
        expect(text).toContain('2026-7K3M-9QXT');
        expect(text).toContain('22.11.2026, 19:05');
      }
    }
  });
});
