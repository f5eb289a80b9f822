import { createHash } from 'node:crypto';
import { listen, type Listener } from '../../../listen.js';
import type { World } from '../../../world/world.js';
import { createHafas } from '../hafas.js';

/** Free-form JSON: trials look into it by path. */
export type Json = Record<string, unknown>;

/** Talks to the imitation over a real socket, as a client of the genuine system does. */
export class MgateClient {
  private constructor(
    private readonly listener: Listener,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  static async start(world: World): Promise<MgateClient> {
    const hafas = createHafas(world);
    const listener = await listen(hafas.name, '127.0.0.1', 0);
    listener.serve((request, response) => hafas.handle(request, response));
    return new MgateClient(listener, hafas.environment(listener.url));
  }

  stop(): Promise<void> {
    return this.listener.close();
  }

  /** A message with these service requests. */
  message(...services: Json[]): Json {
    return {
      id: 'trial',
      ver: '1.78',
      lang: 'deu',
      auth: { type: 'AID', aid: this.settings['TRANSIT_HAFAS_AID'] },
      client: { id: 'VMT', type: 'WEB', name: 'webapp', l: 'vs_vmt', v: 10010 },
      formatted: false,
      svcReqL: services,
    };
  }

  /** Posts the body, signed unless `query` is given. */
  post(body: string, query = this.signatureOf(body)): Promise<Response> {
    return fetch(`${this.settings['TRANSIT_HAFAS_URL']}/bin/mgate.exe?${query}`, { method: 'POST', body });
  }

  async ask(...services: Json[]): Promise<Json> {
    const response = await this.post(JSON.stringify(this.message(...services)));
    return (await response.json()) as Json;
  }

  signatureOf(body: string): string {
    const salt = Buffer.from(this.settings['TRANSIT_HAFAS_SALT'] ?? '', 'hex');
    const mic = createHash('md5').update(body, 'utf8').digest('hex');
    const mac = createHash('md5')
      .update(Buffer.concat([Buffer.from(mic), salt]))
      .digest('hex');
    return `mic=${mic}&mac=${mac}`;
  }
}
