import { connect, type Socket } from 'node:net';
import { readAnswer, type RawAnswer } from './read-answer.js';

/** A connection on which nothing moves for so long is given up. */
const IDLE_MS = 20_000;

interface Waiting {
  readonly resolve: (answer: RawAnswer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One kept-alive connection with one request at a time. By hand, because on a small machine every microsecond of the
 * load generator is taken from what it measures: a client library costs more than the fastest server it is to load.
 */
export class Wire {
  private socket: Socket | undefined;
  private held: Buffer = Buffer.alloc(0);
  private waiting: Waiting | undefined;

  constructor(private readonly port: number) {}

  /** @param request head and body as they go over the wire. @throws Error when the connection breaks */
  ask(request: Buffer): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket ??= this.open();
      this.socket.write(request);
    });
  }

  close(): void {
    this.socket?.destroy();
    this.socket = undefined;
  }

  private open(): Socket {
    const socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true });
    socket.setTimeout(IDLE_MS, () => socket.destroy(new Error('nothing came back in time')));
    socket.on('data', (chunk) => this.take(chunk));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => {
      if (this.socket === socket) this.socket = undefined;
      this.fail(new Error('the connection was closed before the answer'));
    });
    return socket;
  }

  private take(chunk: Buffer): void {
    this.held = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
    const answer = readAnswer(this.held);
    if (answer === undefined) return;
    this.held = Buffer.alloc(0);
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.resolve(answer);
  }

  private fail(error: Error): void {
    this.held = Buffer.alloc(0);
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.reject(error);
  }
}
