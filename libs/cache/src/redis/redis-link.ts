import { Redis } from 'ioredis';
import type { Cancel, Clock } from '#lib/kernel';
import { reasonOf, isRefusal } from './redis-failure.js';

/** Longest wait for one command. */
const PATIENCE_MS = 50;
/** Net below: for the handshake, which ioredis makes itself, and answers that come after nobody waits. */
const COMMAND_MS = 1_000;
const CONNECT_MS = 200;
/** A connection that was hung up on is destroyed when the other side does not hang up, too. */
const HANG_UP_MS = 100;
const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 2_000;
const TOO_LATE = `no answer within ${PATIENCE_MS} ms`;

/**
 * The connection to Redis and its breaker in one. When one command waits 50 ms, the connection is hung up on, and everybody
 * who waits for it is let go at that moment; from then on nothing is asked until a new connection has answered a PING
 * within the same time. So tries to connect are the probes, and no request ever waits for one.
 */
export class RedisLink {
  private readonly client: Redis;
  private readonly waiting = new Set<() => void>();
  private usable = false;
  private stopped = false;
  /** Connections in a row that were given up without having answered a single command but the PING. */
  private strikes = 0;

  /** @param report is told why Redis is not used, without addresses or values; it may be told the same again and again */
  constructor(
    url: string,
    private readonly clock: Clock,
    private readonly report: (problem: string) => void,
  ) {
    this.client = new Redis(url, {
      lazyConnect: true,
      // Plain commands only; so older servers answer the handshake, too.
      protocol: 2,
      disableClientInfo: true,
      maxRetriesPerRequest: 1,
      enableOfflineQueue: false,
      // What was given up must not be sent later.
      autoResendUnfulfilledCommands: false,
      // Not the 50 ms: this timer fires before what has arrived meanwhile is read, see `afterPatience`.
      commandTimeout: COMMAND_MS,
      connectTimeout: CONNECT_MS,
      disconnectTimeout: HANG_UP_MS,
      retryStrategy: (times) => retryDelay(Math.max(times, this.strikes)),
    });
    this.client.on('error', (error: unknown) => this.report(reasonOf(error)));
    this.client.on('ready', () => void this.probe());
    this.client.on('close', () => this.lose('connection closed'));
    this.client.on('end', () => this.onEnd());
  }

  /** Starts to connect; nobody waits for it. */
  open(): void {
    this.client.connect().catch(() => undefined);
  }

  /** Whether a command would be sent now. */
  get isUsable(): boolean {
    return this.usable;
  }

  /** @returns what the command gave; undefined when it gave nothing in time or was refused */
  async ask<T>(command: (client: Redis) => Promise<T>): Promise<T | undefined> {
    if (!this.usable) return undefined;
    const answer = await this.await(command(this.client));
    // An answer that came with the loss of the connection says nothing about the next one.
    if (answer !== undefined && this.usable) this.strikes = 0;
    return answer;
  }

  close(): void {
    this.stopped = true;
    this.lose('stopped');
    this.client.disconnect();
  }

  /** Waits for one command; whoever waits 50 ms in vain hangs up for all. */
  private await<T>(command: Promise<T>): Promise<T | undefined> {
    return new Promise((resolve) => {
      let cancel: Cancel = () => undefined;
      const end = (answer?: T): boolean => {
        cancel();
        resolve(answer);
        return this.waiting.delete(giveUp);
      };
      const giveUp = (): boolean => end();
      this.waiting.add(giveUp);
      cancel = this.afterPatience(() => this.waiting.has(giveUp) && this.hangUp(TOO_LATE));
      command.then(end, (error: unknown) => {
        // Otherwise it belongs to a connection that was given up before.
        if (!end()) return;
        if (isRefusal(error)) this.report(reasonOf(error));
        else this.hangUp(reasonOf(error));
      });
    });
  }

  /** Gives what has arrived its turn first: while this process itself was busy, Redis may well have answered. */
  private afterPatience(task: () => void): Cancel {
    return this.clock.after(PATIENCE_MS, () => void setImmediate(task));
  }

  private async probe(): Promise<void> {
    const answer = await this.await(this.client.ping());
    this.usable = answer === 'PONG' && !this.stopped && this.client.status === 'ready';
  }

  private hangUp(reason: string): void {
    this.lose(reason);
    this.client.disconnect(true);
  }

  private lose(reason: string): void {
    if (this.usable || this.waiting.size > 0) this.strikes += 1;
    if (this.usable && !this.stopped) this.report(reason);
    this.usable = false;
    for (const giveUp of this.waiting) giveUp();
  }

  /** ioredis gives up for good when it was told to hang up between two states. */
  private onEnd(): void {
    if (!this.stopped) this.clock.after(LONGEST_RETRY_MS, () => !this.stopped && this.open());
  }
}

/** 50 ms, doubled each time up to 2 s, and up to a fifth more, so that instances do not come back together. */
function retryDelay(times: number): number {
  const delay = Math.min(FIRST_RETRY_MS * 2 ** Math.min(times - 1, 10), LONGEST_RETRY_MS);
  return Math.round(delay * (1 + Math.random() / 5));
}
