import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { verifyReceipt } from '#lib/processes';
import { City } from '../../apps/sandbox/src/world/city.js';
import { marketLocation } from '../../apps/sandbox/src/world/number-series.js';
import { AGENT, CounterStage } from '../auth/counter-stage.js';
import { OUTCOME, quoted, WishHouse, type Asked, type Outcome } from '../processes/wish-house.js';

const DAY_MS = 86_400_000;
const REFUSAL = '... on Refusal { code problems { path code earliest } retryAfterSeconds }';
const PREPARED = `__typename ... on PreparedDeclaration { statement token expiresAt } ${REFUSAL}`;
const CONFIRMED = `__typename ... on ConfirmedDeclaration { number at text signedJson } ${REFUSAL}`;
const FORM = 'name: "Aylin Kaya-Größel", email: "aylin@example.org"';

interface Contract {
  readonly id: string;
  readonly number: string;
  readonly commodity: string;
  readonly from: string;
  readonly until: string | null;
}

/** Sunday, 22 November 2026 lies two days ahead of these tests, which begin on Wednesday, Buß- und Bettag. */
describe('beginnings and ends of energy contracts', () => {
  const household = new City().byKey('aylin')!;
  const [power, gas] = [marketLocation(household.number, 3), marketLocation(household.number, 4)];
  const stage = new CounterStage();
  let house: WishHouse;

  beforeAll(async () => {
    house = await WishHouse.open({ arrange: stage.arrange });
  }, 60_000);
  beforeEach(async () => {
    await house.control('POST', '/reset?system=sap-umc');
    await house.control('POST', '/reset?system=mail');
  });
  afterAll(() => house.close());

  const contracts = async (persona = 'aylin'): Promise<readonly Contract[]> => {
    const asked = { persona, headers: { prefer: 'wait=10' } };
    const { energy } = await house.me<{ energy: { contracts: readonly Contract[] } }>(
      'energy { contracts { id number commodity from until } }',
      asked,
    );
    return energy.contracts;
  };
  const order = (fields: string): Promise<Outcome> =>
    house.outcome(`orderSupply(key: $key, ${fields}, orderConfirmed: true)`, {
      persona: 'aylin',
      headers: { prefer: 'wait=10' },
    });
  const patient = { persona: 'aylin', headers: { prefer: 'wait=10' } };
  const books = () => house.books('sap-umc');
  const anonymous = async (mutation: string): Promise<Record<string, unknown>> => {
    const { data, errors } = await house.ask(`mutation { outcome: ${mutation} }`, {});
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data!['outcome'] as Record<string, unknown>;
  };
  const declare = async (what: 'Cancellation' | 'Withdrawal', input: string) => {
    const prepared = await anonymous(`prepare${what}(input: { ${input} }) { ${PREPARED} }`);
    const token = quoted(String(prepared['token']));
    return { prepared, confirmed: await anonymous(`confirm${what}(token: ${token}) { ${CONFIRMED} }`) };
  };
  /** Waits until SAP's books or the mailbox hold so many. */
  const reach = async <T>(read: () => Promise<readonly T[]>, count: number): Promise<readonly T[]> => {
    for (const end = performance.now() + 20_000; ; await sleep(100)) {
      const found = await read();
      if (found.length >= count) return found;
      if (performance.now() > end) throw new Error(`${found.length}, not ${count}`);
    }
  };

  it('a supply is ordered at an empty place, and stands beside the others at once', async () => {
    const reading = '[{ meterNumber: "1ESY1160000013", register: "001", value: "5555.5" }]';
    const outcome = await order(
      `marketLocation: "${power}", productId: "STROM_SAALE", from: "2026-12-01", readings: ${reading}`,
    );
    expect(outcome).toMatchObject({ state: 'DONE', result: { __typename: 'EnergyContract' } });
    const found = await contracts();
    expect(found).toHaveLength(3);
    expect(found[2]).toMatchObject({ id: outcome.result!.id, commodity: 'POWER', from: '2026-12-01', until: null });
    expect(await books()).toMatchObject([
      { kind: 'contract-sale', product: 'STROM_SAALE', from: '2026-12-01', readings: '001 5555.5', times: 1 },
    ]);
  });

  it.each([
    [
      'power tomorrow',
      () => `marketLocation: "${power}", productId: "STROM_SAALE", from: "2026-11-19"`,
      'from',
      'DATE_TOO_EARLY',
      '2026-11-20',
    ],
    [
      'gas two months ago',
      () => `marketLocation: "${gas}", productId: "GAS_SAALE", from: "2026-09-18"`,
      'from',
      'DATE_TOO_EARLY',
      '2026-10-07',
    ],
    [
      'a place that there is not',
      () => 'marketLocation: "41373559241", productId: "STROM_SAALE", from: "2026-12-01"',
      'marketLocation',
      'SUPPLY_POINT_UNKNOWN',
      null,
    ],
    [
      'a number with a wrong check digit',
      () => 'marketLocation: "41373559240", productId: "STROM_SAALE", from: "2026-12-01"',
      'marketLocation',
      'SUPPLY_POINT_UNKNOWN',
      null,
    ],
    [
      'gas as power',
      () => `marketLocation: "${power}", productId: "GAS_SAALE", from: "2026-12-01"`,
      'productId',
      'PRODUCT_UNKNOWN',
      null,
    ],
  ])('refuses to order %s, and books nothing', async (_, fields, path, code, earliest) => {
    const outcome = await order(fields());
    expect(outcome).toMatchObject({ __typename: 'Refusal', code, problems: [{ path, code, earliest }] });
    expect(await books()).toEqual([]);
  });

  it('an order needs the button', async () => {
    const fields = `marketLocation: "${power}", productId: "STROM_SAALE", from: "2026-12-01"`;
    const outcome = await house.outcome(`orderSupply(key: $key, ${fields}, orderConfirmed: false)`, patient);
    expect(outcome).toMatchObject({ code: 'ORDER_NOT_CONFIRMED', problems: [{ path: 'orderConfirmed' }] });
  });

  it('an order is withdrawn from before anything is supplied, and no more after fourteen days', async () => {
    const { result } = await order(`marketLocation: "${power}", productId: "STROM_SAALE", from: "2026-12-15"`);
    const withdraw = `withdrawContract(key: $key, contractId: ${quoted(result!.id)})`;
    expect(await house.outcome(withdraw, patient)).toMatchObject({ state: 'DONE' });
    expect((await contracts()).at(-1)).toMatchObject({ id: result!.id, until: '2026-12-14' });
    const [old] = await contracts();
    const late = await house.outcome(`withdrawContract(key: $key, contractId: ${quoted(old!.id)})`, patient);
    expect(late).toMatchObject({ code: 'WITHDRAWAL_OVER', problems: [{ path: 'contractId' }] });
  });

  it('notice ends a contract by its period, once', async () => {
    const [contract] = await contracts();
    const notice = `giveNotice(key: $key, contractId: ${quoted(contract!.id)}, kind: ORDINARY)`;
    expect(await house.outcome(notice, patient)).toMatchObject({ state: 'DONE', result: { id: contract!.id } });
    const { until } = (await contracts())[0]!;
    expect(until! >= '2026-12-18').toBe(true);
    expect(await books()).toMatchObject([{ kind: 'move-out', contract: contract!.number, until, times: 1 }]);
    const later = `giveNotice(key: $key, contractId: ${quoted(contract!.id)}, kind: ORDINARY, until: "2028-01-31")`;
    expect(await house.outcome(later, patient)).toMatchObject({ code: 'ALREADY_ENDING' });
  });

  it.each([
    ['a day that is too early', 'kind: RELOCATION, until: "2026-12-01"', 'DATE_TOO_EARLY', '2026-12-30'],
    ['no reason where one is needed', 'kind: GOOD_CAUSE', 'TEXT_MISSING', null],
  ])('refuses a notice with %s', async (_, fields, code, earliest) => {
    const [contract] = await contracts();
    const outcome = await house.outcome(
      `giveNotice(key: $key, contractId: ${quoted(contract!.id)}, ${fields})`,
      patient,
    );
    expect(outcome).toMatchObject({ code, problems: [{ code, earliest }] });
    expect(await books()).toEqual([]);
  });

  it('notice of somebody else’s contract is refused', async () => {
    const [foreign] = await contracts('mandy');
    const outcome = await house.outcome(
      `giveNotice(key: $key, contractId: ${quoted(foreign!.id)}, kind: ORDINARY)`,
      patient,
    );
    expect(outcome).toMatchObject({ code: 'NOT_YOURS' });
    expect(await books()).toEqual([]);
  });

  it('an agent with a mandate gives notice for the customer; sales orders nothing that names the grid’s numbers', async () => {
    const [contract] = await contracts('petra');
    const number = stage.customers.get('petra')!.links['ENERGY']!;
    const by = `{ customerNumber: { subsidiary: ENERGY, number: ${quoted(number)}, idDocumentSeen: true } }`;
    const open = `mutation { openMandate(by: ${by}, reason: "kündigt am Tresen") { __typename } }`;
    const [service, sales] = ['service', 'sales'].map((role): Asked => ({
      headers: { [AGENT]: `supply-${role} ENERGY ${role}` },
    }));
    for (const agent of [service!, sales!]) {
      expect((await house.ask(open, agent)).data).toEqual({ openMandate: { __typename: 'Mandate' } });
    }
    const notice = `giveNotice(key: "a-1", contractId: ${quoted(contract!.id)}, kind: RELOCATION)`;
    const given = await house.ask(`mutation { outcome: ${notice} { ${OUTCOME} } }`, service);
    expect(given.data).toMatchObject({ outcome: { state: 'DONE' } });
    const fields = `marketLocation: "${power}", productId: "STROM_SAALE", from: "2026-12-01", orderConfirmed: true`;
    const ordered = await house.ask(`mutation { orderSupply(key: "a-2", ${fields}) { __typename } }`, sales);
    expect(ordered.errors.map(({ extensions }) => extensions['code'])).toEqual(['NOT_FOUND']);
    expect(await books()).toHaveLength(1);
  });

  it('a reason that a person must judge goes to one', async () => {
    const contract = (await contracts())[1]!;
    const fields = `contractId: ${quoted(contract.id)}, kind: GOOD_CAUSE, reason: "Die Heizung bleibt kalt."`;
    const outcome = await house.outcome(`giveNotice(key: $key, ${fields})`, patient);
    expect(outcome.state).toBe('WITH_AGENT');
    expect(await books()).toEqual([]);
  });

  it('anyone cancels in two steps, gets a signed receipt at once and a mail, and the contract ends', async () => {
    const [contract] = await contracts();
    const input = `${FORM}, contract: ${quoted(contract!.number)}, kind: RELOCATION`;
    const { prepared, confirmed } = await declare('Cancellation', input);
    expect(prepared).toMatchObject({
      __typename: 'PreparedDeclaration',
      statement: [
        'Erklärung: außerordentliche Kündigung wegen Umzugs',
        'Name: Aylin Kaya-Größel',
        `Vertrag: ${contract!.number}`,
        'Ende: zum nächstmöglichen Zeitpunkt',
      ],
    });
    expect(confirmed).toMatchObject({
      __typename: 'ConfirmedDeclaration',
      at: expect.stringMatching(/^2026-11-18T13:/),
    });
    const {
      payload,
      protected: header,
      signature,
    } = JSON.parse(String(confirmed['signedJson'])) as Record<string, string>;
    const keys = (await (await house.house.get('/.well-known/saaltor-receipt-keys.json')).json()) as never;
    expect(await verifyReceipt([header, payload, signature].join('.'), keys)).toMatchObject({
      number: confirmed['number'],
      kind: 'energy.public-cancellation',
    });
    expect(await reach(books, 1)).toMatchObject([
      { kind: 'move-out', contract: contract!.number, until: '2026-12-30' },
    ]);
    const mails = await reach(() => house.control('GET', '/mails') as Promise<readonly { text: string }[]>, 1);
    expect(mails.map(({ text }) => text.replaceAll('\r\n', '\n').trim())).toEqual([String(confirmed['text'])]);
    // What it came to is shown to whoever is signed in, and told to nobody else.
    for (const end = performance.now() + 10_000; (await contracts())[0]!.until !== '2026-12-30'; await sleep(100)) {
      if (performance.now() > end) throw new Error('the new end is not shown');
    }
  }, 40_000);

  it.each([
    ['a number that nobody has', `${FORM}, contract: "0310999999"`],
    ['somebody else’s name', 'name: "Erika Mustermann", email: "erika@example.org", contract: "@"'],
    ['no number at all', `${FORM}, contract: "mein Stromvertrag\\r\\nBcc: all@example.org"`],
  ])(
    'answers %s in the same way, and an agent looks',
    async (_, form) => {
      const [contract] = await contracts();
      const input = `${form.replace('@"', `${contract!.number}"`)}, kind: ORDINARY`;
      const { prepared, confirmed } = await declare('Cancellation', input);
      expect([prepared['__typename'], Object.keys(confirmed)]).toEqual([
        'PreparedDeclaration',
        ['__typename', 'number', 'at', 'text', 'signedJson'],
      ]);
      expect(confirmed['text']).not.toMatch(/\nBcc/);
      const waiting = await reach(
        async () =>
          (await house.desk.list()).filter(
            ({ receiptNumber, state }) => receiptNumber === confirmed['number'] && state === 'WITH_AGENT',
          ),
        1,
      );
      expect(waiting).toMatchObject([{ kind: 'energy.public-cancellation' }]);
      expect(await books()).toEqual([]);
    },
    40_000,
  );

  it('anyone withdraws in two steps, with the words of the law', async () => {
    const { result } = await order(`marketLocation: "${gas}", productId: "GAS_SAALE", from: "2026-12-15"`);
    const number = (await contracts()).find(({ id }) => id === result!.id)!.number;
    const { confirmed } = await declare('Withdrawal', `${FORM}, contract: "${Number(number)}"`);
    expect(confirmed['text']).toContain('Erklärung: Widerruf\nName: Aylin Kaya-Größel');
    expect(await reach(books, 2)).toMatchObject([{}, { kind: 'move-out', contract: number, until: '2026-12-14' }]);
  }, 40_000);

  it('a public cancellation is accepted while SAP is down, and counts from its receipt', async () => {
    const [contract] = await contracts();
    await house.fault({ kind: 'reset', system: 'sap-umc' });
    const { confirmed } = await declare(
      'Cancellation',
      `${FORM}, contract: ${quoted(contract!.number)}, kind: RELOCATION`,
    );
    expect(confirmed).toMatchObject({
      __typename: 'ConfirmedDeclaration',
      text: expect.stringContaining('18.11.2026'),
    });
    await house.pass(DAY_MS);
    await house.control('DELETE', '/faults');
    expect(await reach(books, 1)).toMatchObject([
      { kind: 'move-out', until: '2026-12-30', at: expect.stringMatching(/^2026-11-19/) },
    ]);
    await house.pass(-DAY_MS);
  }, 60_000);

  it('a token is good once for one receipt, and an old or foreign one for none', async () => {
    const prepared = await anonymous(`prepareWithdrawal(input: { ${FORM}, contract: "x" }) { ${PREPARED} }`);
    const token = quoted(String(prepared['token']));
    const confirm = (what: string) => anonymous(`confirm${what}(token: ${token}) { ${CONFIRMED} }`);
    const numbers = await Promise.all([1, 2, 3].map(async () => (await confirm('Withdrawal'))['number']));
    expect(new Set(numbers).size).toBe(1);
    expect(await confirm('Cancellation')).toMatchObject({ __typename: 'Refusal', code: 'FORM_EXPIRED' });
  });
});
