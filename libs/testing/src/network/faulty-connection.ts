import { connect, type NetConnectOpts, type Socket } from 'node:net';

/** What happens to data on their way; one for all connections of a proxy. */
export interface Weather {
  frozen: boolean;
  delayMs: number;
}

/** One direction of a connection: data keep their order, whatever the weather was when they came. */
class Stretch {
  private readonly held: Buffer[] = [];

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
    private readonly weather: Weather,
  ) {
    from.on('data', (chunk: Buffer) => {
      if (weather.delayMs > 0) setTimeout(() => this.arrive(chunk), weather.delayMs).unref();
      else this.arrive(chunk);
    });
    from.on('end', () => weather.frozen || to.end());
    this.update();
  }

  update(): void {
    if (this.weather.frozen) {
      this.from.pause();
      return;
    }
    for (const chunk of this.held.splice(0)) this.to.write(chunk);
    this.from.resume();
  }

  private arrive(chunk: Buffer): void {
    if (this.weather.frozen || this.held.length > 0) this.held.push(chunk);
    else this.to.write(chunk);
  }
}

/** A client's connection and the one that is made to the server for it. */
export class FaultyConnection {
  private readonly server: Socket;
  private readonly stretches: readonly Stretch[];

  constructor(
    private readonly client: Socket,
    target: NetConnectOpts,
    weather: Weather,
    onEnd: () => void,
  ) {
    this.server = connect(target);
    for (const socket of [client, this.server]) {
      socket.setNoDelay(true);
      // The other side learns of it in the same way: a server that is gone resets its clients.
      socket.on('error', () => this.reset());
      socket.on('close', () => {
        this.server.destroy();
        client.destroy();
        onEnd();
      });
    }
    this.stretches = [new Stretch(client, this.server, weather), new Stretch(this.server, client, weather)];
  }

  update(): void {
    for (const stretch of this.stretches) stretch.update();
  }

  reset(): void {
    this.client.resetAndDestroy();
    this.server.destroy();
  }
}
