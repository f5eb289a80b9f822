import { Socket } from 'node:net';
import { buildConnector } from 'undici';

/** Longest time for making a connection, TLS included; no read may take longer as a whole. */
const CONNECT_MS = 10_000;

/**
 * Makes the connections of a pool, and can give up those that are still being made: a pool that is destroyed would wait
 * for them. Not by the `signal` that Node takes for this: it keeps a listener for every connection there ever was.
 */
export class Connector {
  private readonly making = new Set<Socket>();
  private readonly make = buildConnector({ timeout: CONNECT_MS });

  readonly connect: buildConnector.connector = (options, done) => {
    const attempt: { socket?: unknown } = {};
    // Its type does not say so, but it returns the socket.
    attempt.socket = this.make(options, (...result) => {
      this.making.delete(attempt.socket as Socket);
      done(...result);
    });
    if (attempt.socket instanceof Socket) this.making.add(attempt.socket);
  };

  giveUp(): void {
    for (const socket of this.making) socket.destroy(new Error('given up'));
    this.making.clear();
  }
}
