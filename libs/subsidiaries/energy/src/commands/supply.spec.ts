import { describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import type { HttpResponse, UpstreamCall } from '#lib/upstream';
import { fixture, jsonAnswer, printed } from '../../fixtures/fake-sap.js';
import { refusal } from '../../fixtures/fake-supply.js';
import { FOREIGN, GAS, NEW, POWER, supplyHouse } from '../testing/supply-house.js';

const DAY_MS = 86_400_000;
const call: UpstreamCall = { signal: new AbortController().signal };
const ORDER = {
  marketLocation: '56789012345',
  productId: 'STROM',
  from: '2026-12-01',
  readings: [
    { meterNumber: '1ESY1160000001', register: '001', value: '5555.5' },
    { meterNumber: '1ESY1160000001', register: '002', value: '12' },
  ],
  orderConfirmed: true,
};
const down = (): HttpResponse => jsonAnswer('{}', 503);
const lostAnswer = (): never => {
  throw new AppError('UPSTREAM_UNAVAILABLE', 'cut');
};
const golden = (name: string): string => fixture(`${name}.request.txt`).toString('utf8');

describe('requests about beginnings and ends', () => {
  it.each([
    ['list-supply-contracts', ({ backend, books }: House) => backend.listSupplyContracts(books.account, call)],
    ['find-place', ({ backend }: House) => backend.findPlace('56789012345', call)],
    ['find-product', ({ backend }: House) => backend.findProduct('STROM', call)],
    ['check-move-out', ({ backend }: House) => backend.canEnd('0900071001', call)],
    [
      'end-contract',
      ({ backend }: House) => backend.end({ contract: '0900071001', until: '2026-12-31' as never }, call),
    ],
    [
      'order-supply',
      ({ backend, books }: House) =>
        backend.sell(
          {
            account: books.account,
            contractAccount: '000001071100',
            pointOfDelivery: 'Gq7e',
            division: '01',
            product: 'STROM',
            from: '2026-12-01' as never,
            readings: ORDER.readings as never,
          },
          call,
        ),
    ],
  ] as const)('%s is sent as it was written down', async (name, send) => {
    const house = supplyHouse();
    await send(house);
    expect(house.sap.requests.map(printed).slice(1)).toEqual([golden(name)]);
  });

  it.each([
    "1'&MoveOutDate=datetime'2020-01-01T00:00:00",
    "1')/BusinessAgreement('9",
    'a\r\nX-Evil: 1',
    '\u{d800}',
    '</x>',
  ])('cannot be led astray by %j', async (evil) => {
    const house = supplyHouse();
    const { backend, sap } = house;
    await backend.canEnd(evil, call).catch(() => undefined);
    await backend.findContract(evil, call).catch(() => undefined);
    await backend.findProduct(evil, call).catch(() => undefined);
    await backend.findPlace(evil, call).catch(() => undefined);
    await backend.end({ contract: evil, until: '2026-12-31' as never }, call).catch(() => undefined);
    const shapes = [
      /^\/sap\/opu\/odata\/sap\/CRM_UTILITIES_UMC\/CheckMoveOut\?ContractID='[^'&\s/]*'$/,
      /^\/sap\/opu\/odata\/sap\/CRM_UTILITIES_UMC\/ContractItems\('[^'&\s/]*'\)\?\$expand=[\w/,]+$/,
      /^\/sap\/opu\/odata\/sap\/CRM_UTILITIES_UMC\/Products\('[^'&\s/]*'\)$/,
      /^\/sap\/opu\/odata\/sap\/CRM_UTILITIES_UMC\/PointOfDeliveries\?\$filter=[^'&\s/]*$/,
      /^\/sap\/opu\/odata\/sap\/CRM_UTILITIES_UMC\/MoveOut\?ContractID='[^'&\s/]*'&MoveOutDate=datetime'2026-12-31T00%3A00%3A00'$/,
    ];
    const paths = sap.requests.slice(1).map(({ path }) => path);
    for (const path of paths) expect(shapes.some((shape) => shape.test(path))).toBe(true);
    expect(paths.length).toBeGreaterThanOrEqual(5);
  });
});

type House = ReturnType<typeof supplyHouse>;

describe('a notice', () => {
  const NOTICE = { contractId: POWER, kind: 'ORDINARY' };

  it.each([
    [[], '$'],
    [{ kind: 'ORDINARY' }, 'contractId'],
    [{ contractId: POWER, kind: 'NONE' }, 'kind'],
    [{ ...NOTICE, until: '2026-02-30' }, 'until'],
    [{ ...NOTICE, reason: 'x'.repeat(501) }, 'reason'],
  ])('is none: %j', (input, path) => {
    expect(() => supplyHouse().notice.parse(input)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) }),
    );
  });

  it('reads back from a journal as it was', () => {
    const { notice } = supplyHouse();
    const wish = notice.parse({ ...NOTICE, until: '2027-01-31', reason: 'Umzug' });
    expect(notice.parse(JSON.parse(JSON.stringify(wish)))).toEqual(wish);
  });

  it.each([
    ['another’s contract', { contractId: FOREIGN }, 'NOT_YOURS', undefined],
    ['no contract', { contractId: 'x' }, 'NOT_YOURS', undefined],
    ['a day within the notice period', { until: '2026-12-21' }, 'DATE_TOO_EARLY', '2026-12-22'],
    ['a day in a hundred years', { until: '2126-12-21' }, 'DATE_TOO_LATE', undefined],
    ['moving, within six weeks', { kind: 'RELOCATION', until: '2027-01-02' }, 'DATE_TOO_EARLY', '2027-01-03'],
    ['a cause that is not named', { kind: 'GOOD_CAUSE' }, 'TEXT_MISSING', undefined],
  ])('is refused at once for %s, and nothing reaches SAP', async (_, changes, code, earliest) => {
    const { check, notice, books } = supplyHouse();
    const refused = await check(notice, { ...NOTICE, ...changes });
    expect(refused).toMatchObject({ code, problems: [earliest === undefined ? { code } : { code, earliest }] });
    expect(books.changes).toEqual([]);
  });

  it('is accepted when SAP is down', async () => {
    const { check, notice, books } = supplyHouse();
    books.instead = down;
    expect(await check(notice, NOTICE)).toBeNull();
  });

  it('ends the contract once, after the intent, on the first day that is possible', async () => {
    const { notice, attempt, books, intents } = supplyHouse();
    expect(await notice.execute(notice.parse(NOTICE), attempt)).toEqual({
      kind: 'done',
      result: { contractId: POWER, until: '2026-12-22' },
      account: books.account,
    });
    expect([intents, books.contracts[0]!.until]).toEqual([[0], '2026-12-22']);
  });

  it('counts its period from its acceptance, and gives way to the market when it was late', async () => {
    const { notice, attempt, books, clock } = supplyHouse();
    await clock.advance(DAY_MS);
    await notice.execute(notice.parse(NOTICE), attempt);
    expect(books.contracts[0]!.until).toBe('2026-12-22');
    await clock.advance(40 * DAY_MS);
    await notice.execute(notice.parse({ ...NOTICE, contractId: GAS }), attempt);
    expect(books.contracts[1]!.until).toBe('2026-12-22');
    books.contracts[0]!.until = undefined;
    await notice.execute(notice.parse(NOTICE), attempt);
    // 2 January 2027 is a Saturday, the next working day a Monday.
    expect(books.contracts[0]!.until).toBe('2027-01-04');
  });

  it.each([
    ['good cause', { kind: 'GOOD_CAUSE', reason: 'Die Heizung bleibt kalt.' }, true],
    ['a change of price', { kind: 'PRICE_CHANGE', reason: 'teurer' }, true],
    ['a contract whose terms the system does not tell', {}, false],
  ])('for %s goes to a person before anything is sent', async (_, changes, hasTerms) => {
    const { notice, attempt, books, intents } = supplyHouse();
    books.hasTerms = hasTerms;
    const wish = notice.parse({ ...NOTICE, ...changes });
    await expect(notice.execute(wish, attempt)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect([intents, books.changes]).toEqual([[], []]);
  });

  it('is refused where SAP says beforehand that it cannot be, or says so afterwards', async () => {
    const { notice, attempt, books, intents } = supplyHouse();
    books.canEnd = false;
    expect(await notice.execute(notice.parse(NOTICE), attempt)).toMatchObject({ refusal: { code: 'NOT_POSSIBLE' } });
    expect(intents).toEqual([]);
    books.canEnd = true;
    books.onChange = () => refusal('EL/422');
    expect(await notice.execute(notice.parse(NOTICE), attempt)).toMatchObject({
      refusal: { code: 'NOT_POSSIBLE', subsidiaryMessage: 'geht derzeit nicht' },
    });
  });

  it('is refused where the contract ends earlier already, and done where it ends as wished', async () => {
    const { notice, attempt, books } = supplyHouse();
    books.contracts[0]!.until = '2026-12-01';
    expect(await notice.execute(notice.parse(NOTICE), attempt)).toMatchObject({ refusal: { code: 'ALREADY_ENDING' } });
    books.contracts[0]!.until = '2026-12-22';
    expect(await notice.execute(notice.parse(NOTICE), attempt)).toMatchObject({ kind: 'done' });
    expect(books.changes).toEqual([]);
  });

  it('is found again after a lost answer, and told from one that was never booked', async () => {
    const { notice, attempt, books } = supplyHouse();
    const wish = notice.parse(NOTICE);
    books.onChange = lostAnswer;
    await expect(notice.execute(wish, attempt)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await notice.readBack(wish, attempt)).toBeNull();
    books.onChange = (request) => {
      books.book(request);
      return lostAnswer();
    };
    await expect(notice.execute(wish, attempt)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await notice.readBack(wish, attempt)).toMatchObject({ kind: 'done', result: { until: '2026-12-22' } });
    books.instead = down;
    await expect(notice.readBack(wish, attempt)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});

describe('a withdrawal', () => {
  it('takes a contract back before it begins', async () => {
    const { withdrawal, attempt, books } = supplyHouse();
    expect(await withdrawal.execute(withdrawal.parse({ contractId: NEW }), attempt)).toMatchObject({
      kind: 'done',
      result: { until: '2026-12-14' },
    });
    expect(books.contracts[2]!.until).toBe('2026-12-14');
    expect(await withdrawal.readBack(withdrawal.parse({ contractId: NEW }), attempt)).toMatchObject({ kind: 'done' });
  });

  it('is in time by its acceptance, however late it is carried out', async () => {
    const { withdrawal, attempt, books, check, clock } = supplyHouse();
    // Signed on Friday, 20 November: until Friday, 4 December.
    await clock.advance(12 * DAY_MS);
    expect(await check(withdrawal, { contractId: NEW })).toBeNull();
    await clock.advance(DAY_MS);
    expect(await check(withdrawal, { contractId: NEW })).toMatchObject({ code: 'WITHDRAWAL_OVER' });
    await clock.advance(20 * DAY_MS);
    // The supply began meanwhile: it ends on the next working day, after Christmas and the weekend.
    await withdrawal.execute(withdrawal.parse({ contractId: NEW }), attempt);
    expect(books.contracts[2]!.until).toBe('2026-12-28');
  });

  it('of a contract without a day of conclusion goes to a person', async () => {
    const { withdrawal, attempt, books } = supplyHouse();
    const wish = withdrawal.parse({ contractId: POWER });
    await expect(withdrawal.execute(wish, attempt)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(books.changes).toEqual([]);
  });

  it('of another’s contract is refused', async () => {
    const { withdrawal, check } = supplyHouse();
    expect(await check(withdrawal, { contractId: FOREIGN })).toMatchObject({ code: 'NOT_YOURS' });
    expect(await check(withdrawal, { contractId: 'x' })).toMatchObject({ code: 'NOT_YOURS' });
  });
});

describe('an order', () => {
  it.each([
    [{ ...ORDER, orderConfirmed: 'yes' }, 'orderConfirmed'],
    [{ ...ORDER, productId: "S'" }, 'productId'],
    [{ ...ORDER, readings: [{ meterNumber: '1', register: '0\n1', value: '1' }] }, 'readings.0.register'],
    [{ ...ORDER, readings: Array(5).fill(ORDER.readings[0]) }, 'readings'],
    [{ ...ORDER, from: 'bald' }, 'from'],
  ])('is none: %j', (input, path) => {
    expect(() => supplyHouse().order.parse(input)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ path }) }),
    );
  });

  it('reads back from a journal as it was', () => {
    const { order } = supplyHouse();
    expect(order.parse(JSON.parse(JSON.stringify(order.parse(ORDER))))).toEqual(order.parse(ORDER));
  });

  it.each([
    ['without the button', { orderConfirmed: false }, 'ORDER_NOT_CONFIRMED', 'orderConfirmed'],
    ['at a number that is none', { marketLocation: '56789012346' }, 'SUPPLY_POINT_UNKNOWN', 'marketLocation'],
    ['at a place that SAP does not know', { marketLocation: '51238696781' }, 'SUPPLY_POINT_UNKNOWN', 'marketLocation'],
    ['of a product of another commodity', { productId: 'GAS' }, 'PRODUCT_UNKNOWN', 'productId'],
    ['of no product', { productId: 'NONE' }, 'PRODUCT_UNKNOWN', 'productId'],
    ['too early', { from: '2026-11-23' }, 'DATE_TOO_EARLY', 'from'],
    ['too late', { from: '2028-01-01' }, 'DATE_TOO_LATE', 'from'],
    [
      'with a reading that is none',
      { readings: [{ ...ORDER.readings[0], value: '1e3' }] },
      'NOT_A_NUMBER',
      'readings.0.value',
    ],
  ])('%s is refused, and nothing reaches SAP', async (_, changes, code, path) => {
    const { check, order, books, attempt, intents } = supplyHouse();
    expect(await check(order, { ...ORDER, ...changes })).toMatchObject({ code, problems: [{ code, path }] });
    expect([books.changes, intents, attempt.number]).toEqual([[], [], 1]);
  });

  it('makes a contract, once', async () => {
    const { order, attempt, books, intents } = supplyHouse();
    const wish = order.parse(ORDER);
    const done = { kind: 'done', result: { from: '2026-12-01' } };
    expect(await order.execute(wish, attempt)).toMatchObject(done);
    expect([intents, books.contracts.length]).toEqual([[0], 4]);
    expect(await order.execute(wish, attempt)).toMatchObject(done);
    expect(books.contracts).toHaveLength(4);
  });

  it('is found again after a lost answer, but not where it was taken back before', async () => {
    const { order, attempt, books } = supplyHouse();
    const wish = order.parse(ORDER);
    books.onChange = (request) => {
      books.book(request);
      return lostAnswer();
    };
    await expect(order.execute(wish, attempt)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await order.readBack(wish, attempt)).toMatchObject({ kind: 'done' });
    books.contracts.at(-1)!.until = '2026-11-30';
    expect(await order.readBack(wish, attempt)).toBeNull();
  });

  it('of somebody without a contract account goes to an agent', async () => {
    const { order, attempt, books, intents } = supplyHouse();
    books.contracts.length = 0;
    await expect(order.execute(order.parse(ORDER), attempt)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(intents).toEqual([]);
  });

  it('is refused in SAP’s words', async () => {
    const { order, attempt, books } = supplyHouse();
    books.onChange = () => refusal('EL/573', 400, 'Zählpunkt wird bereits beliefert');
    expect(await order.execute(order.parse(ORDER), attempt)).toMatchObject({
      refusal: { code: 'NOT_POSSIBLE', subsidiaryMessage: 'Zählpunkt wird bereits beliefert' },
    });
  });
});

describe('a declaration of someone who did not sign in', () => {
  const FORM = { name: 'Käthe Groß-Müller', contract: '0900071001', kind: 'ORDINARY' };

  it.each([
    ['exactly', FORM],
    ['in another order and spelling', { ...FORM, name: 'MUELLER-GROSS, Dr. Kaethe Anna' }],
    ['without leading zeros', { ...FORM, contract: ' 900 071 001 ' }],
  ])('ends the contract that it names %s', async (_, form) => {
    const { cancellation, attempt, books } = supplyHouse();
    expect(await cancellation.execute(cancellation.parse(form), { ...attempt, account: '-' })).toMatchObject({
      kind: 'done',
      account: books.account,
    });
    expect(books.contracts[0]!.until).toBe('2026-12-22');
  });

  it.each([
    ['another name', { name: 'Käthe Groß' }],
    ['only part of a name', { name: 'Müller' }],
    ['no letters', { name: '--' }],
    ['a number that nobody has', { contract: '0900079999' }],
    ['words', { contract: 'Stromvertrag' }],
    ['a cause that a person must judge', { kind: 'GOOD_CAUSE', reason: 'Zählt falsch' }],
  ])('with %s goes to an agent, and nothing is sent', async (_, changes) => {
    const { cancellation, attempt, books } = supplyHouse();
    const form = cancellation.parse({ ...FORM, ...changes });
    await expect(cancellation.execute(form, attempt)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(books.changes).toEqual([]);
  });

  it('that SAP refuses goes to an agent, too', async () => {
    const { cancellation, attempt, books } = supplyHouse();
    books.onChange = () => refusal('EL/422');
    await expect(cancellation.execute(cancellation.parse(FORM), attempt)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('comes to the next possible day when the wished one is too early', async () => {
    const { cancellation, attempt, books } = supplyHouse();
    await cancellation.execute(cancellation.parse({ ...FORM, until: '2026-11-30' }), attempt);
    expect(books.contracts[0]!.until).toBe('2026-12-22');
  });

  it('asks SAP nothing while it is filled in', async () => {
    const { check, cancellation, publicWithdrawal, sap } = supplyHouse();
    expect(await check(cancellation, FORM)).toBeNull();
    expect(await check(cancellation, { ...FORM, kind: 'PRICE_CHANGE' })).toMatchObject({ code: 'TEXT_MISSING' });
    expect(await check(publicWithdrawal, FORM)).toBeNull();
    expect(sap.requests).toEqual([]);
  });

  it('is kept on one line each, whatever was typed', () => {
    const { cancellation } = supplyHouse();
    const form = cancellation.parse({
      ...FORM,
      name: 'Käthe\r\nBcc: all@example.org',
      reason: 'a\u202Eb\u2028c\u{d800}',
      contract: '</x>\t1',
    });
    expect(cancellation.statement(form, 'de')).toEqual([
      'Erklärung: ordentliche Kündigung',
      'Name: Käthe Bcc: all@example.org',
      'Vertrag: </x> 1',
      'Ende: zum nächstmöglichen Zeitpunkt',
      'Grund: a b c',
    ]);
    expect(() => cancellation.parse({ ...FORM, name: '\r\n' })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
    expect(() => cancellation.parse({ ...FORM, name: 'x'.repeat(121) })).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ path: 'name' }) }),
    );
  });

  it('of withdrawal takes the contract back, and one that comes too late goes to an agent', async () => {
    const { publicWithdrawal, attempt, books } = supplyHouse();
    const form = publicWithdrawal.parse({ ...FORM, contract: '0900071003' });
    expect(await publicWithdrawal.execute(form, attempt)).toMatchObject({ kind: 'done' });
    expect(books.contracts[2]!.until).toBe('2026-12-14');
    expect(await publicWithdrawal.readBack(form, attempt)).toMatchObject({ kind: 'done' });
    const late = { ...attempt, acceptedAt: '2026-12-05T00:00:00.000Z' as never };
    books.contracts[2]!.until = undefined;
    await expect(publicWithdrawal.execute(form, late)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(publicWithdrawal.statement(form, 'en')[0]).toBe('Declaration: withdrawal');
  });

  it('is read from an older service pack, too', async () => {
    const { cancellation, attempt, books } = supplyHouse();
    books.hasTerms = false;
    const form = cancellation.parse({ ...FORM, kind: 'RELOCATION' });
    expect(await cancellation.execute(form, attempt)).toMatchObject({ kind: 'done', result: { until: '2027-01-03' } });
  });
});
