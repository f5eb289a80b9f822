import { stripVTControlCharacters } from 'node:util';

type Write = typeof process.stdout.write;

/** Catches what this process writes to its log, until it is ended. */
export class Written {
  private text = '';
  private readonly restore: () => void;

  constructor() {
    const streams = [process.stdout, process.stderr];
    const writes = streams.map((stream) => stream.write);
    for (const stream of streams) {
      stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
        this.text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
        rest.filter((last): last is () => void => typeof last === 'function').forEach((done) => done());
        return true;
      }) as Write;
    }
    this.restore = () => streams.forEach((stream, index) => (stream.write = writes[index]!));
  }

  /** As it was written, colours included. */
  get raw(): string {
    return this.text;
  }

  /** Lines without the colours of the logger itself. */
  get lines(): string[] {
    return stripVTControlCharacters(this.text)
      .split('\n')
      .filter((line) => line !== '');
  }

  end(): void {
    this.restore();
  }
}
