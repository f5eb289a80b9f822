import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody } from '../../systems/http.js';

/** The gateway's end of back-channel logout: keeps the logout tokens that are posted to it. */
export class LogoutReceiver {
  readonly tokens: string[] = [];
  /** Answered to each of them. */
  status = 204;
  private readonly server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const token = new URLSearchParams(body.toString('utf8')).get('logout_token');
      if (request.url === '/auth/backchannel-logout' && token !== null) this.tokens.push(token);
      response.writeHead(this.status).end();
    });
  });

  /** @returns the base URL */
  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
