/** The tables of this lib, step by step; a step that was released is never changed. */
export const processesMigrations = {
  owner: 'processes',
  migrations: [
    {
      name: '0001-processes',
      sql: `
create table process (
  id text primary key,
  seq bigint generated always as identity unique,
  kind text not null,
  customer_id text not null,
  subsidiary text not null,
  principal text not null,
  input_json text not null,
  input_hash text not null,
  state text not null,
  reason text,
  current integer not null default 1,
  undoing boolean not null default false,
  attempts integer not null default 0,
  spent integer not null default 0,
  failures integer not null default 0,
  due_at timestamptz not null,
  deadline timestamptz not null,
  lease_holder text,
  lease_until timestamptz,
  fence bigint not null default 0,
  intended_at timestamptz,
  touched boolean not null default false,
  result_json text,
  refusal_json text,
  receipt_number text not null unique,
  receipt text not null,
  journal_seq integer not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((state = 'RUNNING') = (lease_until is not null))
);
-- One after the other per customer and subsidiary, whatever two instances believe at the same time.
create unique index process_running on process (customer_id, subsidiary) where state = 'RUNNING';
create index process_under_way on process (customer_id, subsidiary, seq) where state in ('ACCEPTED', 'RUNNING');
create index process_waiting on process (subsidiary, seq) where state in ('ACCEPTED', 'RUNNING');
create index process_deadline on process (deadline) where state in ('ACCEPTED', 'NEEDS_CUSTOMER');
create index process_customer on process (customer_id, seq desc);
create index process_open on process (state, deadline) where state not in ('DONE', 'REFUSED', 'CANCELLED');
create table process_step (
  process_id text not null references process,
  position integer not null,
  key text not null,
  kind text not null,
  subsidiary text not null,
  account text not null,
  effect_key text not null,
  input_json text not null,
  state text not null,
  result_json text,
  refusal_json text,
  undoes integer,
  at timestamptz not null,
  primary key (process_id, position)
);
create table process_journal (
  process_id text not null references process,
  seq integer not null,
  at timestamptz not null,
  fence bigint not null,
  event text not null,
  data_json text not null,
  primary key (process_id, seq)
);
create table process_key (
  principal text not null,
  operation text not null,
  key text not null,
  process_id text not null references process,
  request_hash text not null,
  created_at timestamptz not null,
  primary key (principal, operation, key)
);
create index process_key_created on process_key (created_at);
create table process_pause (
  subsidiary text primary key,
  reason text not null,
  since timestamptz not null
);
create table process_mail (
  id bigint generated always as identity primary key,
  process_id text not null references process,
  customer_id text not null,
  occasion text not null,
  created_at timestamptz not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  sent_at timestamptz
);
create index process_mail_due on process_mail (due_at) where sent_at is null;
create index process_mail_created on process_mail (created_at);
create table receipt_key (
  kid text primary key,
  public_jwk text not null,
  private_jwk text,
  created_at timestamptz not null
);
create unique index receipt_key_made on receipt_key ((true)) where private_jwk is not null`,
    },
    {
      name: '0002-receipt-address',
      sql: `
alter table process add receipt_to text, add receipt_language text not null default 'de';
create index process_receipt_to on process (updated_at) where receipt_to is not null`,
    },
    {
      name: '0003-settled',
      sql: `
alter table process add settled_at timestamptz`,
    },
  ],
} as const;
