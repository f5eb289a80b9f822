import { sql } from '#lib/store';
import type { Store } from '#lib/store';
import { ConsentState, type ConsentPair } from '../consent/consent-state.js';
import type { Customer } from '../customer.js';
import type { CustomerTables } from './tables.js';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly subject: string | null;
  readonly rights_epoch: number;
  readonly links: readonly AccountEpoch[];
  readonly consents: readonly ConsentPair[];
}

/** A customer with all rights, and how often the data of their accounts were changed by us. */
export interface KnownCustomer {
  readonly customer: Customer;
  readonly dataEpochs: readonly AccountEpoch[];
}

interface AccountEpoch {
  readonly subsidiary: string;
  readonly account: string;
  readonly epoch: number;
}

export async function loadCustomer(store: Store, by: 'id' | 'subject', value: string): Promise<Customer | undefined> {
  return (await loadKnownCustomer(store, by, value))?.customer;
}

/** In one statement and so in one snapshot: the epochs fit the rights and each other. */
export async function loadKnownCustomer(
  store: Store,
  by: 'id' | 'subject',
  value: string,
): Promise<KnownCustomer | undefined> {
  const result = await store.read<CustomerTables, { rows: readonly Row[] }>((reader) =>
    sql<Row>`
      select id, name, subject, rights_epoch,
        (select coalesce(json_agg(json_build_object('subsidiary', subsidiary, 'account', account,
            'epoch', coalesce(epoch, 0)) order by position), '[]')
          from customer_link left join data_epoch using (subsidiary, account) where customer_id = customer.id) as links,
        (select coalesce(json_agg(json_build_object('purpose', purpose, 'one', one, 'other', other)), '[]')
          from (select distinct on (purpose, one, other) purpose, one, other, given
            from consent_event where customer_id = customer.id
            order by purpose, one, other, id desc) latest where given) as consents
      from customer where ${sql.ref(by)} = ${value}`.execute(reader),
  );
  const [row] = result.rows;
  if (row === undefined) return undefined;
  const { id, name, subject, rights_epoch: rightsEpoch, links, consents } = row;
  const customer = {
    id,
    name,
    subject,
    rightsEpoch,
    links: Object.fromEntries(links.map(({ subsidiary, account }) => [subsidiary, account])),
    consents: new ConsentState(consents),
  };
  return { customer, dataEpochs: links };
}
