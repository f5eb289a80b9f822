import { Inject, Injectable, Optional, type OnApplicationShutdown } from '@nestjs/common';
import { SHARED_VALUES, type SharedValues } from '#lib/cache';
import { AppError, CLOCK, instantOf, type Clock, type Loaded, type Reading, type RequestScope } from '#lib/kernel';
import type { FileConnection } from './file-connection.js';
import { Flights } from './flights.js';
import { HttpConnection, type Connection, type ConnectionOptions } from './http-connection.js';
import type { MailConnection, MailConnectionOptions } from './mail/mail-connection.js';
import { SmtpConnection } from './mail/smtp-connection.js';
import type { ReadRequest, UpstreamCall } from './read-operation.js';
import { ReadingCache, type Answer } from './reading-cache.js';
import { isOutage, SystemGate } from './system-gate.js';
import { UpstreamSettings } from './upstream.settings.js';
import type { WriteTarget } from './write-target.js';

/** Longest time any read may take, whatever its operation says. */
const LONGEST_DEADLINE_MS = 10_000;

/**
 * The only door to the legacy systems. A read goes one way: this request's own reads, memory, the flight of its key; on
 * it the values shared with other instances, then through the system's gate (bulkhead, breaker, retry within budget) to
 * the adapter's `load`.
 */
@Injectable()
export class Upstream implements OnApplicationShutdown {
  private readonly flights: Flights;
  private readonly gates = new Map<string, SystemGate>();
  private readonly connections: { close(): void }[] = [];
  private readonly cache: ReadingCache;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly settings: UpstreamSettings,
    @Optional() @Inject(SHARED_VALUES) shared: SharedValues | null = null,
  ) {
    this.flights = new Flights(clock);
    this.cache = new ReadingCache(clock, settings.cacheBytes, shared);
  }

  /** A connection with its own pool of sockets; closed at shutdown. */
  connect(options: ConnectionOptions): Connection {
    return this.open(options);
  }

  /** As {@link connect}, to a system that hands out files too large for memory. */
  connectToFiles(options: ConnectionOptions): FileConnection {
    return this.open(options);
  }

  /** A mail server; closed at shutdown. */
  connectMail(options: MailConnectionOptions): MailConnection {
    const connection = new SmtpConnection(options);
    this.connections.push(connection);
    return connection;
  }

  /**
   * Reads once per request and key; what became of it is noted in the scope.
   * @throws AppError UPSTREAM_TIMEOUT when the caller's time is over (the read goes on and warms the cache),
   *   UPSTREAM_UNAVAILABLE, UPSTREAM_REJECTED or UPSTREAM_MALFORMED as the adapter says
   */
  read<T>(request: ReadRequest<T>, scope: RequestScope): Promise<Reading<T>> {
    const key = keyOf(request);
    const known = scope.reads.get(key);
    if (known) return known as Promise<Reading<T>>;
    const reading = this.readAndNote(request, key, scope);
    // A read that is started ahead may fail before anyone awaits it.
    reading.catch(() => undefined);
    scope.reads.set(key, reading);
    return reading;
  }

  /**
   * Makes the one call of a command that changes something in a legacy system: through the system's gate, but never
   * twice, since nobody knows whether a call without an answer had its effect.
   * @throws AppError as `call` says. `details.unsent` is true where the system surely has not received the request: its
   *   breaker is open, too many calls wait, or no connection was made
   */
  async write<T>(target: WriteTarget, call: (call: UpstreamCall) => Promise<T>): Promise<T> {
    const { subsidiary, system, account, signal } = target;
    try {
      return await this.gateOf(target).runOnce(account, signal, () => call({ signal }));
    } catch (error) {
      throw locate(error, subsidiary, system);
    }
  }

  /** Seconds until the system's breaker lets a call of that account through; 0 when it does now. */
  breakerWait({ subsidiary, system, account }: Omit<WriteTarget, 'signal'>): number {
    return this.gates.get(`${subsidiary}/${system}`)?.refusal(account) ?? 0;
  }

  onApplicationShutdown(): void {
    this.flights.abortAll();
    for (const connection of this.connections) connection.close();
  }

  private open(options: ConnectionOptions): HttpConnection {
    const connection = new HttpConnection(options);
    this.connections.push(connection);
    return connection;
  }

  private async readAndNote<T>(request: ReadRequest<T>, key: string, scope: RequestScope): Promise<Reading<T>> {
    const { name, subsidiary, system } = request.operation;
    const begun = this.clock.now();
    const note = (
      use: Pick<RequestScope['uses'][number], 'state' | 'asOf' | 'freshUntil' | 'omissions' | 'failure'>,
    ): void => {
      const milliseconds = this.clock.now() - begun;
      scope.uses.push({
        operation: name,
        subsidiary,
        system,
        personal: request.account !== null,
        milliseconds,
        ...use,
      });
    };
    try {
      const { reading, state, freshUntil } = await this.answer(request, key, scope);
      note({ state, asOf: reading.source.asOf, freshUntil, omissions: reading.omissions, failure: null });
      return reading;
    } catch (error) {
      const failure = withoutUnsent(locate(error, subsidiary, system));
      const { retryAfterSeconds } = failure.details;
      note({ state: null, asOf: null, omissions: [], failure: { code: failure.code, retryAfterSeconds } });
      throw failure;
    }
  }

  private async answer<T>(request: ReadRequest<T>, key: string, scope: RequestScope): Promise<Answer<T>> {
    const known = this.cache.findFresh<T>(key);
    if (known) return known;
    try {
      return await this.awaitFlight(request, key, scope);
    } catch (error) {
      const last = isOutage(error) ? this.cache.findStale<T>(key) : undefined;
      if (last === undefined) throw error;
      return last;
    }
  }

  /** Waits for the flight until the caller's time is over or the caller has gone. */
  private awaitFlight<T>(request: ReadRequest<T>, key: string, scope: RequestScope): Promise<Answer<T>> {
    const deadlineMs = Math.min(request.operation.deadlineMs, LONGEST_DEADLINE_MS);
    const { result, leave } = this.flights.join(key, deadlineMs, (signal) => this.fly(request, key, signal));
    return new Promise((resolve, reject) => {
      const onGone = (): void => {
        leave();
        reject(new AppError('UPSTREAM_TIMEOUT', 'the caller has gone'));
      };
      const cancel = this.clock.after(Math.max(0, scope.waitUntil - this.clock.now()), () => {
        scope.signal.removeEventListener('abort', onGone);
        reject(new AppError('UPSTREAM_TIMEOUT', 'the answer does not wait longer', { retryAfterSeconds: 2 }));
      });
      if (scope.signal.aborted) onGone();
      else scope.signal.addEventListener('abort', onGone, { once: true });
      result
        .then(resolve, reject)
        .finally(() => {
          cancel();
          scope.signal.removeEventListener('abort', onGone);
        })
        .catch(() => undefined);
    });
  }

  private async fly<T>(request: ReadRequest<T>, key: string, signal: AbortSignal): Promise<Answer<T>> {
    const { operation, account, load } = request;
    const asked = this.cache.findShared<T>(key, operation);
    // No await where nobody is asked: reads of one tick start in one tick.
    const shared = asked && (await asked);
    if (shared) return shared;
    signal.throwIfAborted();
    const loaded = await this.gateOf(operation).run(account, signal, () => load({ signal, account }));
    const reading = this.toReading(loaded, operation);
    return { reading, state: 'LIVE', freshUntil: this.cache.keep(key, reading, operation) };
  }

  private toReading<T>(loaded: Loaded<T>, { subsidiary, system }: ReadRequest<T>['operation']): Reading<T> {
    const asOf = loaded.asOf ?? instantOf(this.clock.now());
    return { ...loaded, source: { subsidiary, system, asOf, stale: false } };
  }

  private gateOf({ subsidiary, system }: { subsidiary: string; system: string }): SystemGate {
    const name = `${subsidiary}/${system}`;
    const known = this.gates.get(name);
    if (known) return known;
    const gate = new SystemGate(system, this.clock, {
      concurrent: this.settings.concurrent,
      waiting: this.settings.waiting,
    });
    this.gates.set(name, gate);
    return gate;
  }
}

/** JSON keeps the parts apart, whatever characters they hold. */
function keyOf({ operation, account, args, epoch = 0 }: ReadRequest<unknown>): string {
  return JSON.stringify([operation.name, account, args, epoch]);
}

/** Every failure of a read leaves with the names of subsidiary and system; what is no AppError is our own fault. */
function locate(error: unknown, subsidiary: string, system: string): AppError {
  if (!(error instanceof AppError)) {
    return new AppError('INTERNAL', 'reading failed unexpectedly', { subsidiary, system }, error);
  }
  return new AppError(error.code, error.message, { ...error.details, subsidiary, system }, error);
}

/** Whether a read was received is nobody's concern. */
function withoutUnsent({ code, message, details: { unsent: _unsent, ...details }, cause }: AppError): AppError {
  return new AppError(code, message, details, cause);
}
