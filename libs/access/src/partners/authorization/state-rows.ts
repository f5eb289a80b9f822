import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Coherence } from '#lib/customer';
import { CLOCK, type Cancel, type Clock } from '#lib/kernel';
import { sql, Store, type Transaction } from '#lib/store';
import type { PartnerTables } from '../partner.tables.js';
import { tokenHash, tokenKey } from '../tokens/token-hash.js';

const TIDY_EVERY_MS = 600_000;
const TIDIED_AT_ONCE = 5_000;

/** What the authorization server keeps between two requests, with what is asked for most beside the payload. */
export interface StateRow {
  readonly payload: object;
  /** Whether it was used up: codes and refresh tokens count once. */
  readonly consumed: boolean;
}

/** A thing to be kept. */
export interface NewState {
  readonly model: string;
  /** The token, code or id; only its digest is kept. */
  readonly id: string;
  readonly payload: object;
  readonly grantId: string | null;
  readonly lastsSeconds: number;
}

/** The authorization server's state in Postgres. Times of expiry go by the database's clock. */
@Injectable()
export class StateRows implements OnModuleInit, OnApplicationShutdown {
  private cancelTimer: Cancel = () => undefined;
  private stopped = false;

  constructor(
    private readonly store: Store,
    private readonly coherence: Coherence,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.tidyLater();
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    this.cancelTimer();
  }

  async put({ model, id, payload, grantId, lastsSeconds }: NewState): Promise<void> {
    await sql`
      insert into partner_state (model, id_hash, payload, grant_id, expires_at)
      values (${model}, ${tokenHash(id)}, ${JSON.stringify(payload)}::jsonb, ${grantId},
        now() + make_interval(secs => ${lastsSeconds}))
      on conflict (model, id_hash) do update set payload = excluded.payload, grant_id = excluded.grant_id,
        expires_at = excluded.expires_at`.execute(this.store.tables<PartnerTables>());
  }

  async find(model: string, id: string): Promise<StateRow | undefined> {
    const { rows } = await this.store.read<PartnerTables, { rows: StateRow[] }>((reader) =>
      sql<StateRow>`
        select payload, consumed_at is not null as consumed from partner_state
        where model = ${model} and id_hash = ${tokenHash(id)} and expires_at > now()`.execute(reader),
    );
    return rows[0];
  }

  /** @returns false when it was used up before: of any number of requests at the same time one gets true */
  async consume(model: string, id: string): Promise<boolean> {
    const { numAffectedRows } = await sql`
      update partner_state set consumed_at = now()
      where model = ${model} and id_hash = ${tokenHash(id)} and consumed_at is null`.execute(
      this.store.tables<PartnerTables>(),
    );
    return numAffectedRows === 1n;
  }

  /** Answers, where it was a token, when it counts on no instance any more. */
  remove(model: string, id: string): Promise<void> {
    return this.removeWhere(
      (transaction) =>
        sql`delete from partner_state where model = ${model} and id_hash = ${tokenHash(id)}
        returning model, id_hash`.execute(transaction) as Promise<Removed>,
    );
  }

  /** Removes all of that kind that rest on the grant; answers as {@link remove}. */
  removeOf(grantId: string, model: string): Promise<void> {
    return this.removeWhere(
      (transaction) =>
        sql`delete from partner_state where grant_id = ${grantId} and model = ${model}
        returning model, id_hash`.execute(transaction) as Promise<Removed>,
    );
  }

  private async removeWhere(work: (transaction: Transaction<PartnerTables>) => Promise<Removed>): Promise<void> {
    const hadTokens = await this.store.transaction<PartnerTables, boolean>(async (transaction) => {
      const { rows } = await work(transaction);
      const keys = rows.flatMap(({ model, id_hash: hash }) => (TOKENS.includes(model) ? { key: tokenKey(hash) } : []));
      if (keys.length > 0) await transaction.insertInto('epoch_change').values(keys).execute();
      return keys.length > 0;
    });
    if (hadTokens) await this.coherence.afterCommit();
  }

  private tidyLater(): void {
    this.cancelTimer = this.clock.after(TIDY_EVERY_MS, () => {
      // A store that is out of reach now is asked again at the next turn.
      void this.tidy()
        .catch(() => undefined)
        .then(() => {
          if (!this.stopped) this.tidyLater();
        });
    });
  }

  private async tidy(): Promise<void> {
    await sql`
      delete from partner_state where ctid in (
        select ctid from partner_state where expires_at < now() limit ${TIDIED_AT_ONCE} for update skip locked)`.execute(
      this.store.tables<PartnerTables>(),
    );
  }
}

interface Removed {
  readonly rows: readonly { readonly model: string; readonly id_hash: string }[];
}

/** Models that are access tokens. */
export const TOKENS: readonly string[] = ['AccessToken', 'ClientCredentials'];
