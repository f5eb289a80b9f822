/** The tables of mandates and their proofs. A step that was released is never changed. */
export const mandateMigrations = [
  {
    name: '0002-mandates',
    sql: `
create table mandate (
  id text primary key,
  agent text not null,
  session_id text,
  customer_id text not null references customer,
  reason text not null,
  proof text not null,
  opened_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create unique index mandate_open on mandate (agent) where ended_at is null;
create index mandate_customer on mandate (customer_id, opened_at);
create table mandate_attempt (
  id text primary key,
  actor text not null,
  target text not null,
  at timestamptz not null
);
create index mandate_attempt_actor on mandate_attempt (actor, at);
create index mandate_attempt_target on mandate_attempt (target, at);
create table handover_code (
  customer_id text primary key references customer,
  code_hash text not null unique,
  expires_at timestamptz not null
);
create table phone_secret (
  customer_id text primary key references customer,
  hash text not null,
  set_at timestamptz not null
)`,
  },
] as const;

/** Attempts are counted in one table of `customer` since. */
export const attemptMigrations = [{ name: '0040-attempts-elsewhere', sql: 'drop table mandate_attempt' }] as const;
