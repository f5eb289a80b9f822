import pg from 'pg';
import type { Cancel, Clock } from '#lib/kernel';
import { waitAtMost } from '../pause.js';
import { clientConfig } from './client-config.js';

const CHANNEL = /^[a-z][a-z0-9_]{0,62}$/;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;
/** Longest time to say goodbye. */
const END_MS = 1_000;

type Handler = (payload: string) => void;

/**
 * Hears NOTIFY on one connection of its own, which is opened with the first listener and reopened whenever it breaks.
 * A notice only hastens what is found anyway: those sent while the connection was down are lost.
 */
export class NoticeListener {
  private readonly handlers = new Map<string, Set<Handler>>();
  private client: pg.Client | undefined;
  private closed = false;
  private failures = 0;

  constructor(
    private readonly url: string,
    private readonly statementMs: number,
    private readonly clock: Clock,
  ) {}

  /** Calls `handler` with the payload of every notice on that channel (lower-case name) until cancelled. */
  listen(channel: string, handler: Handler): Cancel {
    if (!CHANNEL.test(channel)) throw new RangeError(`no name of a channel: ${channel}`);
    const known = this.handlers.get(channel);
    const handlers = known ?? new Set();
    handlers.add(handler);
    this.handlers.set(channel, handlers);
    if (this.client === undefined) this.connect();
    else if (known === undefined) this.ask(this.client, channel);
    return () => handlers.delete(handler);
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.client) await waitAtMost(this.clock, END_MS, this.client.end());
  }

  private connect(): void {
    const client = new pg.Client(clientConfig(this.url, this.statementMs));
    this.client = client;
    client.on('error', () => undefined);
    client.on('notification', ({ channel, payload = '' }) => {
      for (const handler of this.handlers.get(channel) ?? []) handler(payload);
    });
    client.once('end', () => this.connectLater());
    void this.hear(client);
  }

  /** Whatever fails ends the connection, which says `end`, and that is where the next attempt begins. */
  private async hear(client: pg.Client): Promise<void> {
    try {
      await client.connect();
      this.failures = 0;
      for (const channel of this.handlers.keys()) await client.query(`listen ${channel}`);
    } catch {
      await client.end().catch(() => undefined);
    }
  }

  private ask(client: pg.Client, channel: string): void {
    client.query(`listen ${channel}`).catch(() => void client.end().catch(() => undefined));
  }

  private connectLater(): void {
    if (this.closed) return;
    const longest = Math.min(FIRST_PAUSE_MS * 2 ** this.failures, LONGEST_PAUSE_MS);
    this.failures = Math.min(this.failures + 1, 10);
    this.clock.after(longest * (0.5 + Math.random() / 2), () => {
      if (!this.closed) this.connect();
    });
  }
}
