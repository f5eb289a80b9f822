/** The tables of browser sessions. A step that was released is never changed. */
export const sessionMigrations = [
  {
    name: '0001-sessions',
    sql: `
create table browser_session (
  id text primary key,
  token_hash text not null unique,
  channel text not null,
  audience text not null,
  client_id text not null,
  subject text not null,
  idp_sid text,
  subsidiary text,
  role text,
  refresh_token text,
  refresh_due_at timestamptz,
  refresh_claim text,
  refresh_claimed_until timestamptz,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  step_up_until timestamptz
);
create index browser_session_subject on browser_session (subject);
create index browser_session_idp_sid on browser_session (idp_sid);
create index browser_session_last_used on browser_session (last_used_at);
create table once (
  purpose text not null,
  id text not null,
  expires_at timestamptz not null,
  primary key (purpose, id)
);
create index once_expires on once (expires_at);
create table kept_secret (
  name text primary key,
  value text not null
)`,
  },
] as const;
