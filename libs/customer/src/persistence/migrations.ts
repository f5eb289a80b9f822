/** The tables of this lib, step by step; a step that was released is never changed. */
export const customerMigrations = {
  owner: 'customer',
  migrations: [
    {
      name: '0001-customers',
      sql: `
create table customer (
  id text primary key,
  name text not null,
  subject text unique,
  rights_epoch integer not null default 1,
  created_at timestamptz not null
);
create table customer_link (
  customer_id text not null references customer,
  subsidiary text not null,
  account text not null,
  proof text not null,
  position integer generated always as identity,
  linked_at timestamptz not null,
  primary key (customer_id, subsidiary)
);
create table consent_event (
  id bigint generated always as identity primary key,
  customer_id text not null references customer,
  purpose text not null,
  one text not null,
  other text not null,
  given boolean not null,
  text_version text,
  channel text not null,
  at timestamptz not null,
  check (one <= other)
);
create index consent_event_latest on consent_event (customer_id, purpose, one, other, id desc);
create table epoch_change (
  txid xid8 not null default pg_current_xact_id(),
  key text not null,
  at timestamptz not null default now()
);
create index epoch_change_txid on epoch_change (txid);
create index epoch_change_at on epoch_change (at);
create table link_attempt (
  customer_id text not null,
  target text not null,
  at timestamptz not null
);
create index link_attempt_customer on link_attempt (customer_id, at);
create index link_attempt_target on link_attempt (target, at);
create table letter_code (
  customer_id text not null references customer,
  subsidiary text not null,
  account text not null,
  code_hash text not null,
  tries integer not null default 0,
  expires_at timestamptz not null,
  primary key (customer_id, subsidiary)
)`,
    },
    {
      name: '0002-record-of-access',
      sql: `
create table access_record (
  id bigint generated always as identity primary key,
  customer_id text not null,
  at timestamptz not null,
  actor_kind text not null,
  actor text not null,
  subsidiary text not null,
  operation text not null,
  purpose text not null,
  reason text not null,
  seq integer,
  previous text,
  digest text,
  unique (customer_id, seq)
);
create index access_record_customer on access_record (customer_id, id desc);
create index access_record_unsealed on access_record (customer_id, id) where digest is null`,
    },
    {
      name: '0003-data-epochs',
      sql: `
create table data_epoch (
  subsidiary text not null,
  account text not null,
  epoch integer not null,
  primary key (subsidiary, account)
)`,
    },
    {
      name: '0004-links-by-account',
      sql: `create index customer_link_account on customer_link (subsidiary, account)`,
    },
    {
      name: '0005-attempts',
      sql: `
drop table link_attempt;
create table attempt (
  id text primary key,
  actor text not null,
  target text not null,
  at timestamptz not null
);
create index attempt_actor on attempt (actor, at);
create index attempt_target on attempt (target, at);
create index attempt_at on attempt (at)`,
    },
    {
      name: '0006-customer-searches',
      sql: `
create table customer_search (
  id text primary key,
  at timestamptz not null,
  agent text not null,
  subsidiary text not null,
  operation text not null,
  criteria text not null,
  hits integer
);
create index customer_search_agent on customer_search (agent, at);
create index customer_search_at on customer_search (at)`,
    },
  ],
} as const;
