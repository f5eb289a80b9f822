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
  readonly links: readonly { readonly subsidiary: string; readonly account: string }[];
  readonly consents: readonly ConsentPair[];
}

/** A customer with all rights, in one statement and so in one snapshot: the epoch fits the rights. */
export async function loadCustomer(store: Store, by: 'id' | 'subject', value: string): Promise<Customer | undefined> {
  const result = await store.read<CustomerTables, { rows: readonly Row[] }>((reader) =>
    sql<Row>`
      select id, name, subject, rights_epoch,
        (select coalesce(json_agg(json_build_object('subsidiary', subsidiary, 'account', account) order by position), '[]')
          from customer_link where customer_id = customer.id) as links,
        (select coalesce(json_agg(json_build_object('purpose', purpose, 'one', one, 'other', other)), '[]')
          from (select distinct on (purpose, one, other) purpose, one, other, given
            from consent_event where customer_id = customer.id
            order by purpose, one, other, id desc) latest where given) as consents
      from customer where ${sql.ref(by)} = ${value}`.execute(reader),
  );
  const [row] = result.rows;
  if (row === undefined) return undefined;
  const { id, name, subject, rights_epoch: rightsEpoch, links, consents } = row;
  return {
    id,
    name,
    subject,
    rightsEpoch,
    links: Object.fromEntries(links.map(({ subsidiary, account }) => [subsidiary, account])),
    consents: new ConsentState(consents),
  };
}
