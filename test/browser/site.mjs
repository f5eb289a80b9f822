import { request } from 'node:http';
import { createServer } from 'node:https';

/** What a channel hands on to the gateway; all else is its own. */
const HANDED_ON = /^\/(?:graphql|auth|partner\/oauth)(?:[/?]|$)/;

/**
 * One site under TLS on a free port: pages of its own and, where there is a gateway behind it, the gateway's paths, as
 * the reverse proxy of a channel hands them on.
 */
export class Site {
  /** What the gateway was asked under this address: method, path and whether the session's cookie came along. */
  handedOn = [];
  #server;

  /** @param {{ host: string, gatewayUrl?: string, pages?: Record<string, string> }} site */
  constructor({ host, gatewayUrl, pages = {} }) {
    this.host = host;
    this.origin = `https://${host}`;
    this.gatewayUrl = gatewayUrl;
    this.pages = pages;
  }

  /** @returns {Promise<this>} */
  async open(certificate) {
    this.#server = createServer(certificate, (incoming, response) => this.#answer(incoming, response));
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get port() {
    return this.#server.address().port;
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(incoming, response) {
    const page = this.pages[incoming.url.split('?')[0]];
    const isTheirs = this.gatewayUrl !== undefined && HANDED_ON.test(incoming.url);
    if (page === undefined && isTheirs) return this.#handOn(incoming, response);
    const body = page ?? pageOf(this.host);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body);
  }

  #handOn(incoming, response) {
    const { method, url, headers } = incoming;
    const withSession = /(?:^|;\s*)__Host-saaltor=/.test(headers.cookie ?? '');
    this.handedOn.push({ method, path: url.split('?')[0], withSession });
    const forwarded = {
      'x-forwarded-host': this.host,
      'x-forwarded-proto': 'https',
      'x-forwarded-for': incoming.socket.remoteAddress,
    };
    const onward = request(this.gatewayUrl + url, { method, headers: { ...headers, ...forwarded } }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  }
}

/** A whole page; nothing in it. */
export function pageOf(title, body = '') {
  return `<!doctype html><html lang="de"><meta charset="utf-8"><title>${title}</title><main><h1>${title}</h1>${body}</main></html>`;
}
