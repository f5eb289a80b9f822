import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { sendBare500 } from './systems/http.js';

const KEEP_ALIVE_MS = 120_000;

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A port that is open. */
export interface Listener {
  readonly name: string;
  /** Base URL without trailing slash. */
  readonly url: string;
  /** Who answers from now on; until then every answer is a bare 500. */
  serve(handle: Handle): void;
  /** Destroys every open connection and frees the port. */
  close(): Promise<void>;
}

/**
 * Listens on `port`, 0 for any free one.
 * @throws Error that names the port and `name` when the port is taken or not allowed
 */
export async function listen(name: string, host: string, port: number): Promise<Listener> {
  let handle: Handle = notYet;
  const server = createServer((request, response) => {
    // Whatever goes wrong inside is a plain 500 outside; after a fault the socket may be gone already.
    handle(request, response).catch(() => (response.headersSent ? response.destroy() : sendBare500(response)));
  });
  // Longer than any client keeps an idle connection: a request must not meet one that is being closed.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const authority = await openPort(server, name, host, port);
  return {
    name,
    url: `http://${authority}`,
    serve: (next) => {
      handle = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Opens the port of a server. @returns host and port by which this machine reaches it, as in a URL
 * @throws Error that names the port and `name` when the port is taken or not allowed
 */
export async function openPort(server: Server, name: string, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${cause.code ?? cause.message})`;
      reject(new Error(`port ${port} for ${name} ${reason}`, { cause }));
    });
    server.listen(port, host, resolve);
  });
  return `${urlHost(host)}:${(server.address() as AddressInfo).port}`;
}

const notYet: Handle = async (_request, response) => sendBare500(response);

/** The name by which this machine reaches a server that listens on `host`. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
