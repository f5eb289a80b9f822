import { connect, type Socket } from 'node:net';

/** A client for trials that says just what it is told and gathers what comes back. */
export class SmtpClient {
  private heard = '';
  private closed = false;
  private wake: () => void = () => undefined;

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      this.heard += text;
      this.wake();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.closed = true;
      this.wake();
    });
  }

  /** @param url `smtp://host:port` */
  static open(url: string): SmtpClient {
    const { hostname, port } = new URL(url);
    return new SmtpClient(connect(Number(port), hostname));
  }

  /** The next whole reply as one text, or what was heard when the server left, e.g. `closed`. */
  async hear(): Promise<string> {
    for (;;) {
      const reply = /^(?:\d{3}-.*\r\n)*\d{3} .*\r\n/.exec(this.heard)?.[0];
      if (reply !== undefined) {
        this.heard = this.heard.slice(reply.length);
        return reply.trimEnd();
      }
      if (this.closed) return `${this.heard}closed`;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  /** Says lines, or raw bytes, and hears one reply. */
  async say(line: string | Buffer): Promise<string> {
    this.write(line);
    return await this.hear();
  }

  write(line: string | Buffer): void {
    this.socket.write(typeof line === 'string' ? `${line}\r\n` : line);
  }

  /** What the server has said and nobody has heard. */
  unheard(): string {
    return this.heard;
  }

  leave(): void {
    this.socket.destroy();
  }
}
