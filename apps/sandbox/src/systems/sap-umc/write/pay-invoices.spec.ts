import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Answered, type Bench, energyOf, type Session, startBench } from '../umc-test-client.js';

const NOON = Date.parse('2026-11-22T12:00:00+01:00');
const TODAY = '2026-11-22T00:00:00';

describe.each(['newer', 'older'] as const)('payments of the %s service pack', (servicePack) => {
  let bench: Bench;
  let session: Session;
  let accountId: string;
  let contractAccountId: string;
  let invoiceId: string;
  let open: string;
  beforeAll(async () => {
    bench = await startBench(servicePack);
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    bench.city.clock.shift(NOON - Date.now());
    bench.city.faults.end();
    bench.system.reset();
    session = await bench.signOn();
    const { energy } = energyOf(bench.city, 'aylin');
    ({ accountId, contractAccountId } = energy);
    const invoice = energy.invoices.find(({ paid }) => paid === '0.00')!;
    ({ invoiceId, amount: open } = invoice);
  });

  const pay = (items: readonly object[], head: object = {}) =>
    bench.write(session, 'POST', 'PaymentDocuments', {
      AccountID: accountId,
      BankAccountID: '0001',
      ExecutionDate: TODAY,
      Amount: '0',
      PaymentDocumentItems: items.map((item) => ({ InvoiceID: invoiceId, Amount: open, ...item })),
      ...head,
    });
  const invoice = async (): Promise<Answered> => (await bench.json(`Invoices('${invoiceId}')`)).body['d']!;
  const passDays = (days: number): void => bench.city.clock.shift(NOON + days * 86_400_000 - Date.now());

  it('are shown with their invoices, which are released at once and paid on the next day', async () => {
    const made = await pay([{}], { Amount: open });
    expect(made.status).toBe(201);
    expect(made.body?.['d']).toMatchObject({
      AccountID: accountId,
      ...(servicePack === 'newer' && { ContractAccountID: contractAccountId }),
      BankAccountID: '0001',
      PaymentStatusID: '2',
      PaymentDocumentItems: { results: [{ InvoiceID: invoiceId, Amount: `${open}00` }] },
    });
    expect(await invoice()).toMatchObject({ InvoiceStatusID: '2', AmountRemaining: `${open}00` });
    const { body } = await bench.json(`Accounts('${accountId}')/PaymentDocuments?$expand=PaymentDocumentStatus`);
    expect(body['d']?.['results']).toMatchObject([
      { Amount: `${open}00`, PaymentDocumentStatus: { Description: 'Zur Abbuchung freigegeben' } },
    ]);
    passDays(1);
    expect(await invoice()).toMatchObject({ InvoiceStatusID: '9', AmountRemaining: '0.0000', AmountPaid: `${open}00` });
    expect(bench.system.books?.()).toMatchObject([
      {
        kind: 'payment',
        account: accountId,
        contractAccount: contractAccountId,
        bankAccount: '0001',
        on: '2026-11-22',
        items: `${invoiceId} ${open}`,
        times: 1,
      },
    ]);
  });

  it('leave the rest of an invoice open', async () => {
    await pay([{ Amount: '10.00' }]);
    passDays(1);
    expect(await invoice()).toMatchObject({ InvoiceStatusID: '1', AmountPaid: '10.0000' });
  });

  it('are taken twice: whoever asks twice pays twice', async () => {
    await pay([{}]);
    expect((await pay([{}])).status).toBe(201);
    expect(bench.system.books?.()).toMatchObject([{ times: 2 }, { times: 2 }]);
  });

  it.each([
    ['no invoice', [], {}, 'EL/209'],
    ['an unknown invoice', [{ InvoiceID: '1' }], {}, 'EL/355'],
    ['more than is owed', [{ Amount: '99999.00' }], {}, 'EL/209'],
    ['nothing', [{ Amount: '0' }], {}, 'EL/209'],
    ['a part of a cent', [{ Amount: '1.005' }], {}, 'EL/355'],
    ['a head that is not the sum', [{}], { Amount: '1.00' }, 'EL/209'],
    ['an unknown bank account', [{}], { BankAccountID: '0009' }, 'EL/355'],
    ['a day that has passed', [{}], { ExecutionDate: '2026-11-21T00:00:00' }, 'EL/422'],
  ])('are refused for %s', async (_what, items, head, code) => {
    const refused = await pay(items, head);
    expect([refused.status, refused.body?.['error']?.['code']]).toEqual([400, code]);
    expect(bench.system.books?.()).toEqual([]);
  });

  it('are refused for an invoice of somebody else', async () => {
    const { energy } = energyOf(bench.city, 'karl');
    const refused = await pay([{ InvoiceID: energy.invoices[0]!.invoiceId, Amount: '1.00' }]);
    expect(refused.body?.['error']?.['code']).toBe('EL/355');
  });

  it('suffer the faults of their household and are forgotten with it', async () => {
    bench.city.faults.order({ kind: 'cut', after: 'effect', methods: 'modifying', system: 'sap-umc', household: 2 });
    await expect(pay([{}])).rejects.toThrow();
    bench.city.faults.end();
    expect(await invoice()).toMatchObject({ InvoiceStatusID: '2' });
    bench.system.resetHousehold?.(2);
    expect(await invoice()).toMatchObject({ InvoiceStatusID: '1' });
  });
});
