import { request as httpRequest, type ClientRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';

/**
 * Sends one request for axios (its `transport`) and notes whether a connection was made. Without one not a byte of the
 * request can have arrived, whatever the reason: refused, unknown host, no route, or a deadline while connecting.
 */
export class ConnectWatch {
  connected = false;

  request = (options: RequestOptions, onResponse: (response: never) => void): ClientRequest => {
    const send = options.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(options, onResponse as never);
    request.once('socket', (socket: Socket) => {
      // A socket of the pool is connected already; it has no event to wait for.
      if (!socket.connecting) this.connected = true;
      else socket.once('connect', () => (this.connected = true));
    });
    return request;
  };
}
