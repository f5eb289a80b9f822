import { AppError, type Clock } from '#lib/kernel';
import { NOBODY_WAITS, type HttpRequest, type HttpResponse, type UpstreamCall } from '#lib/upstream';
import { BatchExceptions } from './batch-exceptions.js';
import { batchOutcome, batchRequest, type BatchOutcome } from './batch-message.js';
import { BatchSeat } from './batch-seat.js';
import type { SapSession } from './sap-session.js';

/** Reads of one batch. A dashboard has six; more are sent as several batches at once. */
const MOST_READS = 20;
/** Service and what stands below it. What does not look like this is sent by itself, and so is a very long address. */
const ADDRESS = /^(\/sap\/opu\/odata\/sap\/\w{1,60})\/([\x21-\x7e]{1,4000})$/;

/** Reads of one account to one service that begin in the same tick. */
interface Group {
  readonly service: string;
  readonly account: string;
  readonly seats: BatchSeat[];
}

/**
 * JSON reads of SAP's services. Those of one account that begin in one tick travel to their service as one `$batch`;
 * a read that is alone is an ordinary GET, and so is one of public data. Each gets its own answer, and each keeps its
 * own deadline: a batch is given up when its last read is.
 */
export class BatchReads {
  private readonly groups = new Map<string, Group>();
  private readonly exceptions: BatchExceptions;

  constructor(
    private readonly session: SapSession,
    clock: Clock,
  ) {
    this.exceptions = new BatchExceptions(clock);
  }

  /**
   * @param path service, set and query, each value encoded
   * @returns the answer, whatever its status
   * @throws AppError as {@link SapSession.send}. Reads of a batch that failed as a whole share one error
   */
  async send(path: string, call: UpstreamCall): Promise<HttpResponse> {
    const { account } = call;
    const [, service, target] = ADDRESS.exec(path) ?? [];
    if (account == null || service === undefined || target === undefined || this.exceptions.covers(service, account)) {
      return this.session.send(plainRequest(path), call);
    }
    call.signal.throwIfAborted();
    const group = this.groupOf(service, account);
    const seat = new BatchSeat(target, call, (reason) => this.noteSlowness(group, reason));
    group.seats.push(seat);
    return seat.answer;
  }

  /** Two accounts never share a batch. */
  private groupOf(service: string, account: string): Group {
    const key = JSON.stringify([service, account]);
    const known = this.groups.get(key);
    if (known) return known;
    const group: Group = { service, account, seats: [] };
    this.groups.set(key, group);
    // After what is already settled has had its turn: caches that are asked on the way answer in between.
    setImmediate(() => {
      this.groups.delete(key);
      this.depart(group);
    });
    return group;
  }

  private depart({ service, account, seats }: Group): void {
    const waiting = seats.filter(({ taken }) => taken);
    for (let from = 0; from < waiting.length; from += MOST_READS) {
      const group = { service, account, seats: waiting.slice(from, from + MOST_READS) };
      if (group.seats.length === 1) this.sendSingly(group);
      else void this.sendTogether(group);
    }
  }

  private async sendTogether(group: Group): Promise<void> {
    const { service, seats } = group;
    try {
      const request = batchRequest(
        service,
        seats.map(({ target }) => target),
      );
      const answer = await this.session.write(request, { signal: untilAllHaveLeft(seats) });
      this.handOut(group, batchOutcome(answer, seats.length));
    } catch (error) {
      // More than a connection takes: the reads by themselves may be small enough.
      if (error instanceof AppError && error.code === 'UPSTREAM_MALFORMED') this.handOut(group, { kind: 'unreadable' });
      else seats.forEach((seat) => seat.fail(error));
    }
  }

  private handOut(group: Group, outcome: BatchOutcome): void {
    const { service, account, seats } = group;
    switch (outcome.kind) {
      case 'answered':
        return outcome.answers.forEach((answer, index) => seats[index]?.succeed(answer));
      case 'refused':
        this.exceptions.except(service, null);
        return this.sendSingly(group);
      case 'unreadable':
        this.exceptions.except(service, account);
        return this.sendSingly(group);
      case 'down':
        // Not sent once more from here: that is for the retry budget, and then it goes singly.
        if (outcome.isPoisoned) this.exceptions.except(service, account);
        return seats.forEach((seat) => seat.fail(outcome.error));
    }
  }

  private sendSingly({ service, seats }: Group): void {
    for (const seat of seats.filter(({ taken }) => taken)) {
      seat.succeed(this.session.send(plainRequest(`${service}/${seat.target}`), seat.call));
    }
  }

  /** One read that hangs would keep the others of its batch waiting, today and every time after. */
  private noteSlowness({ service, account, seats }: Group, reason: unknown): void {
    const isDeadline = reason instanceof AppError && reason.code === 'UPSTREAM_TIMEOUT' && reason !== NOBODY_WAITS;
    if (isDeadline && seats.length > 1) this.exceptions.except(service, account);
  }
}

function plainRequest(path: string): HttpRequest {
  return { method: 'GET', path, headers: { accept: 'application/json', 'accept-language': 'de' } };
}

/** Aborted with the reason of the last one. */
function untilAllHaveLeft(seats: readonly BatchSeat[]): AbortSignal {
  const controller = new AbortController();
  for (const seat of seats) {
    seat.answer.catch((error: unknown) => {
      if (seats.every(({ taken }) => !taken)) controller.abort(error);
    });
  }
  return controller.signal;
}
