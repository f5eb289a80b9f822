import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import { listen, type Listener } from '../../listen.js';
import { withHooks } from '../control-hooks.js';
import { StillCity } from '../hafas/testing/still-city.js';
import { createTill } from './till.js';

const NOON = '2026-11-22T12:00:00+01:00';
const SERVICE = 'urn:TPAPIPosIntfU-ITPAPIPOS';
const ONLINE = 5_000_000_055;
const CASH = 5_000_000_056;
const SMART_CARD = 5_000_000_057;
const EARLY_SWIM = 5_000_001_718;

interface Encoded {
  readonly '#text'?: string;
}
type Node = Readonly<Record<string, Encoded>>;
interface Returned {
  readonly code: number;
  readonly message: string;
  readonly value: (name: string) => number;
  readonly items: (name: string) => readonly Node[];
  readonly text: string;
}

const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false, isArray: (name) => name === 'item' });

describe('bookings at the till', () => {
  const city = new StillCity(NOON);
  const till = createTill(city);
  const listeners: Listener[] = [];
  let [url, control] = ['', ''];

  beforeAll(async () => {
    const [door, desk] = [await listen('till', '127.0.0.1', 0), await listen('control', '127.0.0.1', 0)];
    door.serve((request, response) => till.handle(request, response));
    desk.serve(withHooks([till], async (_, response) => void response.writeHead(404).end()));
    listeners.push(door, desk);
    [url, control] = [door.url, desk.url];
  });
  afterAll(async () => void (await Promise.all(listeners.map((listener) => listener.close()))));
  beforeEach(() => {
    city.instant = NOON;
    city.faults.end();
    till.reset();
  });

  const clientOf = (key: string): number => city.byKey(key)?.pools?.clientId ?? 0;
  const cardOf = (key: string, place = 0): string => city.byKey(key)?.pools?.cards[place]?.uid ?? '';

  async function call(operation: string, members: string, password = 'sandbox-till'): Promise<Returned> {
    const response = await fetch(`${url}/soap/ITPAPIPOS`, {
      method: 'POST',
      headers: { SOAPAction: `"${SERVICE}#${operation}"`, 'Content-Type': 'text/xml' },
      body:
        `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><q:${operation} xmlns:q="${SERVICE}">` +
        `<Request><Password>${password}</Password><UserName>saaltor</UserName>${members}</Request>` +
        `</q:${operation}></e:Body></e:Envelope>`,
    });
    expect(response.status).toBe(200);
    const text = await response.text();
    const { return: answer } = parser.parse(text)['SOAP-ENV:Envelope']['SOAP-ENV:Body'][`NS1:${operation}Response`];
    return {
      code: Number(answer.ReturnCode['#text']),
      message: answer.ReturnMessage['#text'] ?? '',
      value: (name) => Math.round(Number(answer[name]['#text']) * 100),
      items: (name) => answer[name]?.item ?? [],
      text,
    };
  }

  const extra = (key: string, value = '') => `<Extra><item><Key>${key}</Key><Value>${value}</Value></item></Extra>`;

  const deposit = (amount: string, { client = clientOf('kim'), payment = ONLINE, more = '', password = '' } = {}) =>
    call(
      'ClientDeposit',
      `<ClientId>${client}</ClientId><PaymentId>${payment}</PaymentId><Amount>${amount}</Amount>${more}`,
      password || undefined,
    );
  const table = (number: number, part = 'a') => `<TableNumber>${number}</TableNumber><TablePart>${part}</TablePart>`;
  const order = (client: number, quantity = 1, where = table(7), article = EARLY_SWIM, type = 0) =>
    call(
      'CreateOrder',
      `${where}<Items><item><ItemNumber>1</ItemNumber><ArticleId>${article}</ArticleId>` +
        `<OrderItemType>${type}</OrderItemType><Quantity>${quantity}</Quantity></item></Items><ClientId>${client}</ClientId>`,
    );
  const pay = (payment: number, where = table(7)) => call('CloseOrder', `${where}<PaymentId>${payment}</PaymentId>`);

  async function balances(key: string): Promise<readonly number[]> {
    const { items } = await call('GetClientsEx', extra('id', String(clientOf(key))));
    return items('Clients').map((client) => Math.round(Number(client['AccountBalance']?.['#text']) * 100));
  }

  async function hook(method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }> {
    const response = await fetch(`${control}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: await response.json() };
  }

  it('put money on the card and tell the balance before and after', async () => {
    const { code, message, value, text } = await deposit('10.5');
    expect([code, message, value('OldBalance'), value('NewBalance')]).toEqual([0, 'ok', 2790, 3840]);
    expect(text).toContain('<return xsi:type="NS2:TClientAccountDepositResponse">');
    expect(text).toContain('<OldBalance xsi:type="xsd:double">27.899999999999999</OldBalance>');
    expect(await balances('kim')).toEqual([3840]);
  });

  it('know no key: the same deposit twice is two deposits', async () => {
    await deposit('10');
    await deposit('10');
    expect(await balances('kim')).toEqual([4790]);
    const facts = {
      kind: 'deposit',
      at: '2026-11-22T11:00:00.000Z',
      account: String(clientOf('kim')),
      card: cardOf('kim'),
      amount: '10.00',
      paymentId: ONLINE,
    };
    expect(till.books?.()).toEqual([
      { ...facts, balance: '37.90', number: 1 },
      { ...facts, balance: '47.90', number: 2 },
    ]);
  });

  it('land on the first card of a client with several', async () => {
    expect((await deposit('5', { client: clientOf('aylin') })).value('NewBalance')).toBe(4750);
    expect(await balances('aylin')).toEqual([4750, 800]);
    const { items } = await call('GetClientsEx', extra('smartcard_uid', cardOf('aylin', 1).toLowerCase()));
    expect(items('Clients').map((client) => client['AccountBalance']?.['#text'])).toEqual(['8']);
  });

  it('make a client the last that was updated', async () => {
    await deposit('10');
    const { items } = await call('GetClientsEx', '<ModifiedSince>2026-11-22T12:00:00+01:00</ModifiedSince>');
    expect(items('Clients').map((client) => client['Id']?.['#text'])).toEqual([String(clientOf('kim'))]);
  });

  it.each([
    ['10', 1000],
    ['10.0', 1000],
    ['1.05E1', 1050],
    ['9.9900000000000002', 999],
    ['10.004', 1000],
    ['  5.00 ', 500],
    ['+.5', 50],
  ])('read the double %j as %i cents', async (amount, cents) => {
    const { value } = await deposit(amount);
    expect(value('NewBalance') - value('OldBalance')).toBe(cents);
  });

  it.each(['0', '-5', '0.001', '10,00', 'NaN', 'INF', '', '1e99', '0x10', '10 EUR'])(
    'answer 3 to the amount %j',
    async (amount) => {
      const { code, message, value } = await deposit(amount);
      expect([code, message, value('OldBalance'), value('NewBalance')]).toEqual([3, 'Illegal value of Amount', 0, 0]);
      expect(till.books?.()).toEqual([]);
    },
  );

  it('answer with the code of what is wrong', async () => {
    const answers = [
      await deposit('5', { client: 1 }),
      await deposit('5', { payment: 1 }),
      await deposit('5', { payment: SMART_CARD }),
      await deposit('472.11'),
      await deposit('5', { password: 'wrong' }),
    ];
    expect(answers.map(({ code, message }) => [code, message])).toEqual([
      [3, 'Illegal value of ClientId'],
      [3, 'Illegal value of PaymentId'],
      [3, 'Illegal value of PaymentId'],
      [7, 'Balance exceeds the maximum of the smart card'],
      [2, 'Authentication error'],
    ]);
    expect((await deposit('472.10')).code).toBe(0);
  });

  it('come with a receipt for who asks', async () => {
    const { text } = await deposit('5', { more: extra('get_receipt') });
    expect(text).toContain('Einzahlung Nr. 1\nBetrag 5,00 EUR\nGuthaben 32,90 EUR');
  });

  it('pay an order from the card of the client it names', async () => {
    const created = await order(clientOf('kim'), 2);
    expect(created.text).toContain(
      '<return xsi:type="NS2:TCreateOrderResponse"><ReturnCode xsi:type="xsd:int">0</ReturnCode>' +
        '<ReturnMessage xsi:type="xsd:string">ok</ReturnMessage></return>',
    );
    expect(await balances('kim')).toEqual([2790]);
    expect((await pay(SMART_CARD)).code).toBe(0);
    expect(await balances('kim')).toEqual([1990]);
    expect(till.books?.()).toMatchObject([{ kind: 'order', amount: '-8.00', balance: '19.90', paymentId: SMART_CARD }]);
    expect((await pay(SMART_CARD)).code).toBe(7);
  });

  it('refuse an order that the card cannot pay, and leave it open for cash', async () => {
    await order(clientOf('kim'), 6);
    await order(0, 1);
    expect(await pay(SMART_CARD)).toMatchObject({ code: 7, message: 'Balance is too low' });
    expect((await pay(CASH)).code).toBe(0);
    expect([await balances('kim'), till.books?.()]).toEqual([[2790], []]);
  });

  it('answer 3 or 7 to orders that make no sense', async () => {
    const kim = clientOf('kim');
    await order(0, 1, table(8));
    const answers = [
      await order(kim, 0),
      await order(kim, 101),
      await order(kim, 1, table(7, 'g')),
      await order(kim, 1, table(0)),
      await order(kim, 1, table(7), 1),
      await order(kim, 1, table(7), EARLY_SWIM, 3),
      await order(1),
      await call('CreateOrder', `${table(7)}<Items/>`),
      await pay(SMART_CARD),
      await pay(1, table(8)),
      await pay(SMART_CARD, table(8)),
    ];
    expect(answers.map(({ code }) => code)).toEqual([3, 3, 3, 3, 3, 3, 3, 3, 7, 3, 7]);
  });

  it('stand in the report of deposits with those of strangers, told apart by the payment alone', async () => {
    await deposit('10');
    await hook('POST', '/foreign-bookings', { household: 'kim', amount: '10.00' });
    await hook('POST', '/foreign-bookings', { household: 'kim', amount: '-1.00' });
    city.instant = '2026-11-22T13:00:00+01:00';
    await deposit('5', { client: clientOf('aylin') });
    const report = (from: string, to: string, area = 0) =>
      call('GetDepositsReport', `<From>${from}</From><Till>${to}</Till><SalesAreaId>${area}</SalesAreaId>`);
    const day = await report('2026-11-22T00:00:00+01:00', '2026-11-23T00:00:00+01:00');
    const fields = ['ClientId', 'Amount', 'PaymentId', 'DateTime'];
    expect(day.items('Items').map((one) => fields.map((name) => one[name]?.['#text']))).toEqual([
      [String(clientOf('kim')), '10', String(ONLINE), '2026-11-22T12:00:00.000+01:00'],
      [String(clientOf('kim')), '10', String(CASH), '2026-11-22T12:00:00.000+01:00'],
      [String(clientOf('aylin')), '5', String(ONLINE), '2026-11-22T13:00:00.000+01:00'],
    ]);
    expect((await report('2026-11-22T12:00:00+01:00', '2026-11-22T13:00:00+01:00')).items('Items')).toHaveLength(2);
    expect((await report('2026-11-22T00:00:00+01:00', '2026-11-23T00:00:00+01:00', 9)).items('Items')).toEqual([]);
    expect((await report('gestern', 'heute')).code).toBe(3);
  });

  it('have payments and articles that can be looked up', async () => {
    const payments = (await call('GetPaymentsInfo', '')).items('Payments');
    expect(payments.map((one) => [one['PaymentId'], one['PaymentKind']].map((field) => field?.['#text']))).toEqual([
      ['5000000055', '1'],
      ['5000000056', '0'],
      ['5000000057', '8'],
    ]);
    const { text, items } = await call('GetArticlesInfo', '');
    expect(items('Articles').map((one) => one['ArticleName']?.['#text'])).toContain('Frühschwimmen');
    expect(text).toContain('<Available xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="xsd:long[1]">');
  });

  it('of a stranger move the same balance, and only the books tell whose they were', async () => {
    expect(await hook('POST', '/foreign-bookings', { household: 'kim', amount: '-4.50' })).toEqual({
      status: 200,
      json: { client: clientOf('kim'), card: cardOf('kim'), oldBalance: '27.90', newBalance: '23.40' },
    });
    const second = { client: clientOf('aylin'), card: cardOf('aylin', 1), amount: '2' };
    expect((await hook('POST', '/foreign-bookings', second)).json).toMatchObject({ newBalance: '10.00' });
    expect((await deposit('10')).value('OldBalance')).toBe(2340);
    expect(await balances('aylin')).toEqual([4250, 1000]);
    expect(till.books?.().map(({ kind, amount }) => [kind, amount])).toEqual([
      ['foreign-booking', '-4.50'],
      ['foreign-booking', '2.00'],
      ['deposit', '10.00'],
    ]);
  });

  it.each([
    {},
    { household: 'kim' },
    { household: 'kim', client: 1, amount: '1.00' },
    { household: 'lena', amount: '1.00' },
    { household: 'kim', amount: 1 },
    { household: 'kim', amount: '0.00' },
    { household: 'kim', amount: '1.005' },
    { household: 'kim', amount: '-27.91' },
    { household: 'kim', amount: '1.00', card: 'toString' },
    { household: 'kim', amount: '1.00', who: 'me' },
  ])('of a stranger are refused in a sentence for %j', async (order_) => {
    const { status, json } = await hook('POST', '/foreign-bookings', order_);
    expect([status, json]).toEqual([400, { error: expect.stringMatching(/^[A-Za-z].*\.$/) }]);
    expect(till.books?.()).toEqual([]);
  });

  it('get any return code on order, booked or not, for one household and as often as said', async () => {
    await hook('POST', '/till-codes', { code: 4, count: 2, household: 'kim', booked: true });
    await hook('POST', '/till-codes', { code: 5, household: 'aylin' });
    const answers = [
      await deposit('10'),
      await deposit('5', { client: clientOf('aylin') }),
      await deposit('0'),
      await deposit('10'),
    ];
    expect(answers.map(({ code, value }) => [code, value('NewBalance')])).toEqual([
      [4, 0],
      [5, 0],
      [3, 0],
      [0, 4790],
    ]);
    expect(await balances('aylin')).toEqual([4250, 800]);
    expect((await hook('GET', '/till-codes')).json).toEqual({ codes: [] });
  });

  it.each([
    { code: 0 },
    { code: 8 },
    { code: 1, count: 0 },
    { code: 1, booked: 'yes' },
    { code: 1, household: 'nobody' },
  ])('refuse the order of a code %j', async (body) => {
    expect((await hook('POST', '/till-codes', body)).status).toBe(400);
  });

  it('leave other paths and methods of the control endpoint to it', async () => {
    expect((await fetch(`${control}/personas`)).status).toBe(404);
    expect(await hook('GET', '/foreign-bookings')).toEqual({ status: 405, json: { error: 'This path takes POST.' } });
    expect((await hook('POST', '/foreign-bookings', 'x'.repeat(1_100_000))).status).toBe(413);
  });

  it('are taken back by a reset, for all or one household', async () => {
    await deposit('10');
    await deposit('10', { client: clientOf('aylin') });
    await order(clientOf('kim'));
    till.resetHousehold?.(city.byKey('kim')?.number ?? 0);
    expect([await balances('kim'), await balances('aylin')]).toEqual([[2790], [5250, 800]]);
    expect(till.books?.()).toMatchObject([{ account: String(clientOf('aylin')) }]);
    expect((await pay(SMART_CARD)).code).toBe(7);
    till.reset();
    expect([await balances('aylin'), till.books?.()]).toEqual([[4250, 800], []]);
  });

  it('stand though the answer is cut, and are not made when the request is', async () => {
    const household = city.byKey('kim')?.number ?? null;
    const fault = { kind: 'cut', methods: 'modifying', count: 1, system: 'till', household } as const;
    city.faults.order({ ...fault, after: 'effect' });
    expect(await balances('kim')).toEqual([2790]);
    await expect(deposit('10')).rejects.toThrow();
    expect(await balances('kim')).toEqual([3790]);
    await order(clientOf('kim'));
    city.faults.order({ ...fault, after: 'nothing' });
    await expect(pay(SMART_CARD)).rejects.toThrow();
    expect(await balances('kim')).toEqual([3790]);
  });
});
