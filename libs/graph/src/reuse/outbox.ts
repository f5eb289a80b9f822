import type { FinishedAnswer } from './finished-answers.js';

/** What is used of Node's response. */
export interface PlainResponse {
  /** None yet for a request that came before the one ahead of it on its connection was answered. */
  readonly socket: { cork(): void; uncork(): void } | null;
  writeHead(status: number, head: string[]): unknown;
  write(text: string, encoding: 'latin1'): unknown;
  end(): unknown;
}

/**
 * Sends answers again, those of one turn of the event loop right after each other at its end: each one alone would wake
 * its client, which costs more than all else about it. The turn ends long before the margin that changes of rights leave
 * to answers on their way (`LEASE_WAIT_MS`).
 */
export class Outbox {
  private waiting: (readonly [PlainResponse, FinishedAnswer])[] = [];

  send(response: PlainResponse, answer: FinishedAnswer): void {
    if (this.waiting.length === 0) setImmediate(() => this.flush());
    this.waiting.push([response, answer]);
  }

  private flush(): void {
    const due = this.waiting;
    this.waiting = [];
    for (const [response, answer] of due) write(response, answer);
  }
}

/** In one piece: left alone, Node makes one dearer call of head, body and an empty end. */
function write(response: PlainResponse, { head, bytes }: FinishedAnswer): void {
  const { socket } = response;
  response.writeHead(200, head as string[]);
  socket?.cork();
  response.write(bytes, 'latin1');
  socket?.uncork();
  response.end();
}
