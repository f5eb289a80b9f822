import { createHash } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { berlinDate, CLOCK, instantOf, type Cancel, type Clock } from '#lib/kernel';
import { sql, Store } from '#lib/store';
import type { DocumentTables } from './document.tables.js';
import type { ManifestDocument } from './read-manifest.js';

/** Documents kept in memory per instance; the whole of a group's front ends is a few hundred. */
const KEPT = 5_000;
/** An id that nobody knows is looked for again only after this time. */
const UNKNOWN_MS = 5_000;
const FLUSH_MS = 10_000;
/** Kinds of uses counted between two writings; what comes beyond is not counted. */
const COUNTED = 10_000;

/** A front end and its build, as it calls itself. */
export interface ClientName {
  readonly client: string;
  readonly version: string;
}

/** How often a document was asked, by whom. */
export interface DocumentUse extends ClientName {
  readonly id: string;
  readonly uses: number;
  readonly lastDay: string;
}

/** The documents that front ends have registered at their build. A document never changes: its name is its hash. */
@Injectable()
export class TrustedDocuments implements OnModuleInit, OnApplicationShutdown {
  private readonly log = new Logger('documents');
  private readonly bodies = new LRUCache<string, { body: string | null; until: number }>({ max: KEPT });
  private uses = new Map<string, { use: ClientName & { id: string }; count: number }>();
  private cancelTimer: Cancel = () => undefined;
  private stopped = false;

  constructor(
    private readonly store: Store,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.flushLater();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.cancelTimer();
    await this.flush();
  }

  /** The document with that id; null when there is none. @throws AppError UPSTREAM_UNAVAILABLE */
  find(id: string): Promise<string | null> {
    return this.look(`id ${id}`, 'id', id);
  }

  /** Whether that very text is registered. @throws AppError UPSTREAM_UNAVAILABLE */
  async has(body: string): Promise<boolean> {
    const digest = digestOf(body);
    return (await this.look(`digest ${digest}`, 'digest', digest)) !== null;
  }

  /** Registers documents; those that are known stay as they are. @returns how many were new */
  async add(documents: readonly ManifestDocument[], { client, version }: ClientName): Promise<number> {
    const added_at = instantOf(this.clock.now());
    const rows = documents.map(({ id, body }) => ({ id, body, digest: digestOf(body), client, version, added_at }));
    const added = await this.store
      .tables<DocumentTables>()
      .insertInto('trusted_document')
      .values(rows)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    return Number(added.numInsertedOrUpdatedRows ?? 0n);
  }

  /** Notes a use; written in the background, since no answer waits for statistics. */
  count(id: string, { client, version }: ClientName): void {
    const key = JSON.stringify([id, client, version]);
    const known = this.uses.get(key);
    if (known) known.count += 1;
    else if (this.uses.size < COUNTED) this.uses.set(key, { use: { id, client, version }, count: 1 });
  }

  /** Documents by client, the least used first. */
  async listUses(): Promise<readonly DocumentUse[]> {
    const { rows } = await sql<DocumentUse>`
      select d.id, coalesce(u.client, d.client) as client, coalesce(u.version, d.version) as version,
        coalesce(sum(u.uses), 0)::integer as uses, coalesce(max(u.day)::text, '') as "lastDay"
      from trusted_document d left join document_use u on u.id = d.id
      group by 1, 2, 3 order by uses, d.id limit 1000`.execute(this.store.tables<DocumentTables>());
    return rows;
  }

  /** Writes down what was counted. What cannot be written now is counted on. */
  async flush(): Promise<void> {
    const counted = [...this.uses.values()];
    if (counted.length === 0) return;
    this.uses = new Map();
    const day = berlinDate(instantOf(this.clock.now()));
    try {
      await this.store
        .tables<DocumentTables>()
        .insertInto('document_use')
        .values(counted.map(({ use, count }) => ({ ...use, day, uses: count })))
        .onConflict((conflict) =>
          conflict
            .columns(['id', 'client', 'version', 'day'])
            .doUpdateSet(({ eb }) => ({ uses: eb('document_use.uses', '+', eb.ref('excluded.uses')) })),
        )
        .execute();
    } catch {
      this.log.warn('uses of documents could not be written; they are lost');
    }
  }

  private async look(key: string, column: 'id' | 'digest', value: string): Promise<string | null> {
    const known = this.bodies.get(key);
    if (known && this.clock.monotonic() < known.until) return known.body;
    const row = await this.store.read<DocumentTables, { body: string } | undefined>((reader) =>
      reader.selectFrom('trusted_document').select('body').where(column, '=', value).limit(1).executeTakeFirst(),
    );
    const body = row?.body ?? null;
    this.bodies.set(key, { body, until: body === null ? this.clock.monotonic() + UNKNOWN_MS : Infinity });
    return body;
  }

  private flushLater(): void {
    this.cancelTimer = this.clock.after(FLUSH_MS, () => {
      void this.flush().then(() => {
        if (!this.stopped) this.flushLater();
      });
    });
  }
}

function digestOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
