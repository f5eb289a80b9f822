import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { listen, type Listener } from '../../apps/sandbox/src/listen.js';
import type { LegacySystem } from '../../apps/sandbox/src/systems/legacy-system.js';
import { createSapUmc } from '../../apps/sandbox/src/systems/sap-umc/sap-umc.js';
import { City } from '../../apps/sandbox/src/world/city.js';

/** A request that SAP got. */
export interface Seen {
  readonly method: string;
  /** Below `/sap/opu/odata/sap/`, decoded. */
  readonly resource: string;
  /** Targets of a batch, in its order, decoded. */
  readonly reads: readonly string[];
  readonly token: string | undefined;
}

/** An imitation of SAP of its own beside the sandbox's, of the same city, that tells what it was asked. */
export class SapWire {
  readonly seen: Seen[] = [];
  /** What is refused with 404, by resource; nothing unless set. */
  refuses: (seen: Seen) => boolean = () => false;

  private constructor(
    readonly system: LegacySystem,
    private readonly listener: Listener,
  ) {
    listener.serve((request, response) => this.handle(request, response));
  }

  static async open(servicePack: 'older' | 'newer', now: string): Promise<SapWire> {
    const city = new City();
    city.clock.shift(Date.parse(now) - Date.now());
    return new SapWire(createSapUmc(city, { servicePack }), await listen('sap-umc', '127.0.0.1', 0));
  }

  /** For the gateway. */
  get environment(): Readonly<Record<string, string>> {
    return this.system.environment(this.listener.url);
  }

  /** What was asked since the last time, without sign-ins: `POST ERP_UTILITIES_UMC/$batch`. */
  calls(): readonly Seen[] {
    return this.seen.splice(0).filter(({ token }) => token?.toLowerCase() !== 'fetch');
  }

  close(): Promise<void> {
    return this.listener.close();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const seen = seenOf(request, body.toString('utf8'));
    this.seen.push(seen);
    if (this.refuses(seen)) {
      response.writeHead(404, { 'content-type': 'text/html' });
      response.end('<html>404</html>');
      return;
    }
    const { method, url, headers, socket } = request;
    // The body was taken already; the system reads it as if it came now.
    const again = Object.assign(Readable.from([body]), { method, url, headers, socket }) as unknown as IncomingMessage;
    await this.system.handle(again, response);
  }
}

function seenOf({ method = '', url = '', headers }: IncomingMessage, body: string): Seen {
  const reads = body.match(/(?<=^GET )\S+(?= HTTP\/1\.1\r?$)/gm) ?? [];
  const token = headers['x-csrf-token'];
  return {
    method,
    resource: decodeURIComponent(url.replace('/sap/opu/odata/sap/', '')),
    reads: reads.map((target) => decodeURIComponent(target)),
    token: typeof token === 'string' ? token : undefined,
  };
}
