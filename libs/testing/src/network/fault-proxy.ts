import { createServer, type AddressInfo, type NetConnectOpts, type Socket } from 'node:net';
import { FaultyConnection, type Weather } from './faulty-connection.js';

/** Stands before a server and makes the network between it and its clients fail. */
export interface FaultProxy {
  readonly host: string;
  readonly port: number;
  /** Connections that clients have made so far. */
  readonly accepted: number;
  /** Everything gets through; what was held back while frozen comes first. Connections that were ended stay so. */
  pass(): void;
  /** Nothing gets through in either direction. Connections stay open, new ones are accepted. */
  freeze(): void;
  /** All data come that much later. */
  slow(milliseconds: number): void;
  /** Resets every connection there is; new ones are served. */
  cut(): void;
  /** Resets every connection there is, and each new one at once. */
  refuse(): void;
  close(): Promise<void>;
}

/** A proxy on a free port of this machine, passing at first. */
export async function openFaultProxy(target: NetConnectOpts): Promise<FaultProxy> {
  const connections = new Set<FaultyConnection>();
  const weather: Weather = { frozen: false, delayMs: 0 };
  let refusing = false;
  let accepted = 0;

  const server = createServer((client: Socket) => {
    accepted += 1;
    if (refusing) {
      client.on('error', () => undefined).resetAndDestroy();
      return;
    }
    const connection = new FaultyConnection(client, target, weather, () => connections.delete(connection));
    connections.add(connection);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { address: host, port } = server.address() as AddressInfo;

  const change = (next: Weather, refuses = false): void => {
    refusing = refuses;
    Object.assign(weather, next);
    for (const connection of connections) connection.update();
  };
  const cut = (): void => connections.forEach((connection) => connection.reset());
  return {
    host,
    port,
    get accepted() {
      return accepted;
    },
    pass: () => change({ frozen: false, delayMs: 0 }),
    freeze: () => change({ frozen: true, delayMs: 0 }),
    slow: (milliseconds) => change({ frozen: false, delayMs: milliseconds }),
    cut,
    refuse: () => {
      change({ frozen: false, delayMs: 0 }, true);
      cut();
    },
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
