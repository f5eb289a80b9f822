import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WishHouse } from './wish-house.js';
import { readCards, topUpCard } from './wishes.js';

interface Mail {
  readonly from: string;
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly text: string;
}

describe('the receipt of a wish', () => {
  let house: WishHouse;

  beforeAll(async () => {
    house = await WishHouse.open();
  }, 60_000);
  beforeEach(() => house.control('POST', '/reset?system=mail'));
  afterAll(() => house.close());

  /** Waits until so many were caught. */
  const caught = async (count: number): Promise<readonly Mail[]> => {
    for (const end = performance.now() + 20_000; ; await sleep(100)) {
      const mails = (await house.control('GET', '/mails')) as readonly Mail[];
      if (mails.length >= count) return mails;
      if (performance.now() > end) throw new Error(`${mails.length} mails, not ${count}`);
    }
  };

  it('goes to the address of the request and no other, as does the outcome, without amounts or numbers', async () => {
    const cards = await readCards(house);
    const wish = topUpCard(cards, '5.75', ', receiptTo: "aylin@example.org"');
    const { receipt } = await house.outcome(wish, { persona: 'aylin', headers: { 'accept-language': 'en' } });
    const mails = await caught(2);
    expect(mails.map(({ from, recipients, subject }) => ({ from, recipients, subject }))).toEqual(
      [
        `We have received your request: Top up value card (${receipt.number})`,
        `Done: Top up value card (${receipt.number})`,
      ].map((subject) => ({ from: 'kundencenter@saaltor.example', recipients: ['aylin@example.org'], subject })),
    );
    expect(mails[0]!.text).toContain(receipt.number);
    for (const { text } of mails) expect(text).not.toMatch(/5[.,]75|Aylin|Kaya/);
  }, 40_000);

  it('is not sent without an address, and an address that is none is refused with nothing kept', async () => {
    const cards = await readCards(house);
    const wish = topUpCard(cards, '5.25', ', receiptTo: "aylin@example.org\\r\\nBcc: all@example.org"');
    const { errors } = await house.submit(wish);
    expect(errors.map(({ extensions: { code, path } }) => ({ code, path }))).toEqual([
      { code: 'INVALID_INPUT', path: 'receiptTo' },
    ]);
    await house.outcome(topUpCard(cards, '5.00'));
    await house.outcome(topUpCard(cards, '6.00', ', receiptTo: "aylin@example.org"'));
    const mails = await caught(2);
    expect(new Set(mails.flatMap(({ recipients }) => recipients))).toEqual(new Set(['aylin@example.org']));
    expect(mails).toHaveLength(2);
  }, 40_000);

  it('comes later while the mail server is down, and nothing else waits for it', async () => {
    await house.fault({ kind: '500', system: 'mail' });
    const cards = await readCards(house, { persona: 'kim' });
    const wish = topUpCard(cards, '6.25', ', receiptTo: "kim@example.org"');
    expect((await house.outcome(wish, { persona: 'kim' })).state).toBe('DONE');
    await house.control('DELETE', '/faults?system=mail');
    await house.pass(3_600_000);
    expect((await caught(2)).map(({ recipients }) => recipients)).toEqual([['kim@example.org'], ['kim@example.org']]);
  }, 40_000);
});
