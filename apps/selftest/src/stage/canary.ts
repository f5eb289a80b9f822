import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A listener on this machine that nobody has a reason to visit: whoever does was led there by a request. */
export class Canary {
  readonly visits: string[] = [];

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Canary> {
    const server = createServer((request, response) => {
      canary.visits.push(`${request.method} ${request.url}`);
      response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    });
    const canary = new Canary(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return canary;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
