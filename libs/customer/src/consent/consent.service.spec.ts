import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { instantOf, Refusal, type Cancel } from '#lib/kernel';
import { openTestStore, TestClock, type TestStore } from '#lib/testing';
import { Coherence } from '../coherence/coherence.js';
import type { Customer } from '../customer.js';
import { loadCustomer } from '../persistence/load-customer.js';
import { customerMigrations } from '../persistence/migrations.js';
import { PostgresEpochLog } from '../persistence/postgres-epoch-log.js';
import type { CustomerTables } from '../persistence/tables.js';
import { CustomerRights } from '../rights/customer-rights.js';
import { ConsentService } from './consent.service.js';
import { currentText } from './consent-text.js';
import { PURPOSES } from './purpose.js';

const INSTALLED = ['ENERGY', 'HOUSING', 'TRANSIT', 'POOLS'];
const { version: CURRENT, texts } = currentText('MARKETING');

/** No other instance has to be waited for. */
class LoneClock extends TestClock {
  override after(_milliseconds: number, task: () => void): Cancel {
    setImmediate(task);
    return () => undefined;
  }
}

describe('consents', () => {
  const clock = new LoneClock();
  let database: TestStore;
  let consents: ConsentService;
  let customer: Customer;
  let customers = 0;

  beforeAll(async () => {
    database = await openTestStore([customerMigrations]);
    const { store } = database;
    const rights = new CustomerRights(store, new Coherence(new PostgresEpochLog(store), clock), clock);
    consents = new ConsentService(store, rights);
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(async () => {
    const id = `customer-${(customers += 1)}`;
    const row = { id, name: 'Nele Anker', subject: id, created_at: instantOf(clock.now()) };
    await tables().insertInto('customer').values(row).execute();
    customer = (await loadCustomer(database.store, 'id', id))!;
  });

  const tables = () => database.store.tables<CustomerTables>();

  async function give(subsidiaries: string[]): Promise<void> {
    const changed = await consents.give(customer, 'MARKETING', subsidiaries, CURRENT, 'de');
    if (changed instanceof Refusal) throw new Error(changed.code);
    customer = changed;
  }

  const marketing = async (): Promise<unknown[]> =>
    (await consents.list(customer, INSTALLED))
      .filter(({ purpose }) => purpose === 'MARKETING')
      .map(({ subsidiaries, given, text }) => [given, subsidiaries, text.version]);

  it('are at first all open, each with the text that would be agreed to', async () => {
    expect(await consents.list(customer, INSTALLED)).toEqual(
      PURPOSES.map((purpose) => ({ purpose, subsidiaries: INSTALLED, given: false, text: currentText(purpose) })),
    );
  });

  it('show who may use whose data, and who takes no part', async () => {
    await give(['POOLS', 'ENERGY']);
    expect(await marketing()).toEqual([
      [true, ['ENERGY', 'POOLS'], CURRENT],
      [false, ['HOUSING', 'TRANSIT'], CURRENT],
    ]);
    await give(['ENERGY', 'HOUSING']);
    expect(await marketing()).toEqual([
      [true, ['ENERGY', 'HOUSING'], CURRENT],
      [true, ['ENERGY', 'POOLS'], CURRENT],
      [false, ['TRANSIT'], CURRENT],
    ]);
  });

  it('end for a subsidiary that is withdrawn, and stay for the others', async () => {
    await give(INSTALLED);
    customer = await consents.withdraw(customer, 'MARKETING', ['TRANSIT']);
    expect(await marketing()).toEqual([
      [true, ['ENERGY', 'HOUSING', 'POOLS'], CURRENT],
      [false, ['TRANSIT'], CURRENT],
    ]);
  });

  it('that an agent writes down concern the company of the agent only', async () => {
    const given = await consents.give(customer, 'MARKETING', INSTALLED, CURRENT, 'de', 'POOLS');
    customer = given as Customer;
    expect(await marketing()).toEqual([
      [true, ['ENERGY', 'POOLS'], CURRENT],
      [true, ['HOUSING', 'POOLS'], CURRENT],
      [true, ['TRANSIT', 'POOLS'], CURRENT],
    ]);
    await give(['ENERGY', 'HOUSING']);
    customer = await consents.withdraw(customer, 'MARKETING', ['POOLS', 'ENERGY'], 'POOLS');
    expect(await marketing()).toEqual([
      [true, ['ENERGY', 'HOUSING'], CURRENT],
      [true, ['TRANSIT'], CURRENT],
      [false, ['POOLS'], CURRENT],
    ]);
    const events = tables().selectFrom('consent_event').select('channel').where('customer_id', '=', customer.id);
    expect(new Set((await events.execute()).map(({ channel }) => channel))).toEqual(new Set(['counter', 'portal']));
  });

  it('are refused under another text than the current one, which is offered instead', async () => {
    const refusal = await consents.give(customer, 'MARKETING', INSTALLED, '2019-01-1', 'en');
    expect(refusal).toEqual(
      new Refusal('TEXT_OUTDATED', {
        problems: [{ path: 'textVersion', code: 'TEXT_OUTDATED', choices: [{ value: CURRENT, label: texts.en }] }],
      }),
    );
    const events = tables().selectFrom('consent_event').selectAll().where('customer_id', '=', customer.id);
    expect(await events.execute()).toEqual([]);
  });

  it('are kept with text, channel and time', async () => {
    await give(['ENERGY']);
    customer = await consents.withdraw(customer, 'MARKETING', ['ENERGY']);
    const events = tables().selectFrom('consent_event').selectAll().where('customer_id', '=', customer.id);
    expect(await events.orderBy('id').execute()).toEqual([
      expect.objectContaining({ given: true, text_version: CURRENT, channel: 'portal', at: instantOf(clock.now()) }),
      expect.objectContaining({ given: false, text_version: null, channel: 'portal', at: instantOf(clock.now()) }),
    ]);
  });
});
