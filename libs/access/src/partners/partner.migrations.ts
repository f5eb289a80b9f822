/** The tables of partners. A step that was released is never changed. */
export const partnerMigrations = [
  {
    name: '0030-partners',
    sql: `
create table partner_grant (
  id text primary key,
  customer_id text not null references customer,
  client_id text not null,
  scopes text[] not null,
  text_version text not null,
  granted_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  ended_at timestamptz
);
create unique index partner_grant_open on partner_grant (customer_id, client_id) where ended_at is null;
create table partner_state (
  model text not null,
  id_hash text not null,
  payload jsonb not null,
  grant_id text,
  consumed_at timestamptz,
  expires_at timestamptz not null,
  primary key (model, id_hash)
);
create index partner_state_grant on partner_state (grant_id) where grant_id is not null;
create index partner_state_expiry on partner_state (expires_at);
create table partner_usage (
  client_id text not null,
  period text not null,
  starts_at timestamptz not null,
  used bigint not null,
  primary key (client_id, period, starts_at)
);
create index if not exists customer_link_account on customer_link (subsidiary, account)`,
  },
] as const;
