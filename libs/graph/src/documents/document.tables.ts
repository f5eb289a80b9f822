import type { Generated } from '#lib/store';
import type { CalendarDate, Instant } from '#lib/kernel';

/** The tables of the trusted documents, step by step; a step that was released is never changed. */
export const graphMigrations = {
  owner: 'graph',
  migrations: [
    {
      name: '0001-documents',
      sql: `
create table trusted_document (
  id text primary key,
  digest text not null,
  body text not null,
  client text not null,
  version text not null,
  added_at timestamptz not null
);
create index trusted_document_digest on trusted_document (digest);
create table document_use (
  id text not null,
  client text not null,
  version text not null,
  day date not null,
  uses integer not null,
  primary key (id, client, version, day)
)`,
    },
  ],
} as const;

export interface DocumentTables {
  trusted_document: {
    /** As the client names it: the hash of its build tool. */
    id: string;
    /** SHA-256 of the body, in hex. */
    digest: string;
    body: string;
    /** The client whose build added it first, and that build. */
    client: string;
    version: string;
    added_at: Instant;
  };
  document_use: {
    id: string;
    client: string;
    version: string;
    day: CalendarDate;
    uses: Generated<number>;
  };
}
