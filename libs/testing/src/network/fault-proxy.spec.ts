import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../until.js';
import { openFaultProxy, type FaultProxy } from './fault-proxy.js';

describe('a network that fails', () => {
  let server: Server;
  let proxy: FaultProxy;
  let clients: Client[];

  /** What a client has heard, and whether it is still connected. */
  class Client {
    heard = '';
    ended = false;
    readonly socket: Socket;

    constructor() {
      this.socket = connect(proxy.port, proxy.host);
      this.socket.on('data', (chunk) => (this.heard += String(chunk)));
      this.socket.on('error', () => undefined).on('close', () => (this.ended = true));
      clients.push(this);
    }

    say(text: string): this {
      this.socket.write(text);
      return this;
    }

    hears(text: string): Promise<void> {
      return until(`${text} is heard`, () => this.heard === text);
    }
  }

  beforeEach(async () => {
    clients = [];
    server = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    proxy = await openFaultProxy({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
  });
  afterEach(async () => {
    for (const { socket } of clients) socket.destroy();
    await proxy.close();
    await new Promise((resolve) => server.close(resolve));
  });

  it('lets everything pass at first', async () => {
    await new Client().say('fish').hears('fish');
    expect(proxy.accepted).toBe(1);
  });

  it('holds everything back while frozen, in order, for connections old and new', async () => {
    const old = new Client().say('a');
    await old.hears('a');
    proxy.freeze();
    old.say('b').say('c');
    const young = new Client().say('x');
    await until('the new one is accepted', () => proxy.accepted === 2);
    expect([old.heard, young.heard, old.ended, young.ended]).toEqual(['a', '', false, false]);
    proxy.pass();
    await Promise.all([old.hears('abc'), young.hears('x')]);
  });

  it('brings everything later while slow, in order', async () => {
    proxy.slow(20);
    await new Client().say('a').say('b').say('c').hears('abc');
  });

  it('ends what there is when cut, and serves new ones', async () => {
    const old = new Client().say('a');
    await old.hears('a');
    proxy.cut();
    await until('the connection has ended', () => old.ended);
    await new Client().say('b').hears('b');
  });

  it('ends new ones, too, while it refuses', async () => {
    proxy.refuse();
    const refused = new Client().say('a');
    await until('the connection has ended', () => refused.ended);
    expect(refused.heard).toBe('');
    proxy.pass();
    await new Client().say('b').hears('b');
  });

  it('ends connections whose server is gone', async () => {
    const old = new Client().say('a');
    await old.hears('a');
    await proxy.close();
    await until('the connection has ended', () => old.ended);
    proxy = await openFaultProxy({ host: '127.0.0.1', port: 1 });
    const alone = new Client().say('b');
    await until('the connection has ended', () => alone.ended);
  });
});
