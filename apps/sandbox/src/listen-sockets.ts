import { createServer, type Socket } from 'node:net';
import { type Listener, openPort } from './listen.js';
import type { SocketSystem } from './systems/socket-system.js';

/**
 * Lets a system that does not speak HTTP answer on `port`, 0 for any free one.
 * @throws Error that names the port and the system when the port is taken or not allowed
 */
export async function listenSockets(
  system: SocketSystem,
  host: string,
  port: number,
): Promise<Pick<Listener, 'name' | 'url' | 'close'>> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A client that leaves midway is nobody's fault; 'close' follows.
    socket.on('error', () => undefined);
    system.accept(socket);
  });
  const authority = await openPort(server, system.name, host, port);
  return {
    name: system.name,
    url: `${system.scheme}://${authority}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
