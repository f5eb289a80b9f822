import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that nobody has a reason to ask; it counts who does. */
export class Trap {
  hits = 0;

  private constructor(private readonly server: Server) {}

  /** @param redirectTo where every answer sends the asker; unless given it answers 200 */
  static async open(redirectTo?: string): Promise<Trap> {
    const trap = new Trap(
      createServer((request, response) => {
        trap.hits += 1;
        request.resume();
        if (redirectTo === undefined) response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
        else response.writeHead([301, 302, 303, 307, 308][trap.hits % 5]!, { location: redirectTo }).end();
      }),
    );
    await new Promise<void>((resolve) => trap.server.listen(0, '127.0.0.1', resolve));
    return trap;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
