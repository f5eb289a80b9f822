import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ValueCache, type CacheEntry } from '#lib/cache';
import {
  AppError,
  CLOCK,
  instantOf,
  type Clock,
  type Loaded,
  type Reading,
  type ReadState,
  type RequestScope,
} from '#lib/kernel';
import type { FileConnection } from './file-connection.js';
import { Flights } from './flights.js';
import { HttpConnection, type Connection, type ConnectionOptions } from './http-connection.js';
import type { ReadRequest, UpstreamCall } from './read-operation.js';
import { isOutage, SystemGate } from './system-gate.js';
import { UpstreamSettings } from './upstream.settings.js';
import type { WriteTarget } from './write-target.js';

/** Longest time any read may take, whatever its operation says. */
const LONGEST_DEADLINE_MS = 10_000;

interface Answer<T> {
  readonly reading: Reading<T>;
  readonly state: ReadState;
}

/**
 * The only door to the legacy systems. A read goes one way: this request's own reads, the cache, the flight of its
 * key, then through the system's gate (bulkhead, breaker, retry within budget) to the adapter's `load`.
 */
@Injectable()
export class Upstream implements OnApplicationShutdown {
  private readonly flights: Flights;
  private readonly gates = new Map<string, SystemGate>();
  private readonly connections: HttpConnection[] = [];
  private readonly cache: ValueCache;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly settings: UpstreamSettings,
  ) {
    this.flights = new Flights(clock);
    this.cache = new ValueCache(settings.cacheBytes);
  }

  /** A connection with its own pool of sockets; closed at shutdown. */
  connect(options: ConnectionOptions): Connection {
    return this.open(options);
  }

  /** As {@link connect}, to a system that hands out files too large for memory. */
  connectToFiles(options: ConnectionOptions): FileConnection {
    return this.open(options);
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
    const note = (use: Pick<RequestScope['uses'][number], 'state' | 'asOf' | 'omissions' | 'failure'>): void => {
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
      const { reading, state } = await this.answer(request, key, scope);
      note({ state, asOf: reading.source.asOf, omissions: reading.omissions, failure: null });
      return reading;
    } catch (error) {
      const failure = withoutUnsent(locate(error, subsidiary, system));
      const { retryAfterSeconds } = failure.details;
      note({ state: null, asOf: null, omissions: [], failure: { code: failure.code, retryAfterSeconds } });
      throw failure;
    }
  }

  private async answer<T>(request: ReadRequest<T>, key: string, scope: RequestScope): Promise<Answer<T>> {
    const entry = this.cache.find(key);
    if (entry && this.clock.now() < entry.freshUntil) return { reading: entry.value as Reading<T>, state: 'CACHED' };
    try {
      return { reading: await this.awaitFlight(request, key, scope), state: 'LIVE' };
    } catch (error) {
      const reading = isOutage(error) ? this.staleReading<T>(entry) : undefined;
      if (reading === undefined) throw error;
      return { reading, state: 'STALE' };
    }
  }

  private staleReading<T>(entry: CacheEntry | undefined): Reading<T> | undefined {
    if (entry === undefined || this.clock.now() >= entry.staleUntil) return undefined;
    const reading = entry.value as Reading<T>;
    return { ...reading, source: { ...reading.source, stale: true } };
  }

  /** Waits for the flight until the caller's time is over or the caller has gone. */
  private awaitFlight<T>(request: ReadRequest<T>, key: string, scope: RequestScope): Promise<Reading<T>> {
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

  private async fly<T>(request: ReadRequest<T>, key: string, signal: AbortSignal): Promise<Reading<T>> {
    const { operation, account, load } = request;
    const loaded = await this.gateOf(operation).run(account, signal, () => load({ signal }));
    const reading = this.toReading(loaded, operation);
    const now = this.clock.now();
    if (operation.ttlMs > 0) {
      const freshUntil = now + operation.ttlMs;
      this.cache.set(key, { value: reading, freshUntil, staleUntil: freshUntil + operation.staleForMs });
    }
    return reading;
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
