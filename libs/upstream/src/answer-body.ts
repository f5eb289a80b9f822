import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { AnswerTooLarge, isPacked, unpack, unpacked } from './unpack.js';

/** Takes what comes of an answer. */
export interface AnswerBody {
  take(chunk: Buffer): void;
  end(): void;
  fail(error: Error): void;
}

/** Collects an answer within a bound. */
export class WholeBody implements AnswerBody {
  private readonly chunks: Buffer[] = [];
  private bytes = 0;

  constructor(
    private readonly controller: Dispatcher.DispatchController,
    private readonly encoding: unknown,
    private readonly most: number,
    private readonly resolve: (body: Buffer) => void,
    private readonly reject: (error: unknown) => void,
  ) {}

  take(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.bytes > this.most) this.controller.abort(new AnswerTooLarge());
    else this.chunks.push(chunk);
  }

  end(): void {
    // A copy, since a chunk is a part of the connection's much larger buffer.
    const body = Buffer.concat(this.chunks, this.bytes);
    if (body.length > 0 && isPacked(this.encoding)) {
      unpack(body, this.encoding, this.most).then(this.resolve, this.reject);
    } else this.resolve(body);
  }

  fail(): void {
    // The exchange says so.
  }
}

/** Hands an answer on while it comes, no faster than it is read. */
export class StreamedBody implements AnswerBody {
  /** Unpacked. Destroying it before its end closes the connection. */
  readonly stream: Readable;
  private readonly packed: Readable;
  private ended = false;

  constructor(
    private readonly controller: Dispatcher.DispatchController,
    encoding: unknown,
  ) {
    this.packed = new Readable({
      read: () => controller.resume(),
      destroy: (error, done) => {
        if (!this.ended) controller.abort(error ?? new Error('not wanted'));
        done(error);
      },
    });
    // What fails before somebody listens must not end the process.
    this.packed.on('error', () => undefined);
    this.stream = isPacked(encoding) ? unpacked(this.packed, encoding) : this.packed;
  }

  take(chunk: Buffer): void {
    if (!this.packed.push(chunk)) this.controller.pause();
  }

  end(): void {
    this.ended = true;
    this.packed.push(null);
  }

  fail(error: Error): void {
    this.ended = true;
    this.packed.destroy(error);
  }
}
