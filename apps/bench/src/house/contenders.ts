import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { introduce, type Contender } from './contender.js';
import type { Member } from './crowd.js';
import type { House, Server } from './house.js';

const SUPERGRAPH = 'apps/subgraph/schema/supergraph.graphql';
const SUBGRAPHS = ['energy', 'housing', 'transit', 'pools'];
/** Finished answers are not kept: each request is executed. */
const NO_REUSE = { ANSWER_BYTES: '0' };

/** Many processes at one database, whose server lets in a hundred connections. */
const FEW_CONNECTIONS = { STORE_CONNECTIONS: '8' };

export const OURS = 'Saaltor';
export const APOLLO = '(a) Apollo Gateway';
export const HIVE = '(b) Hive Gateway';
export const BY_HAND = '(c) by hand with undici';
export const BARE = '(d) bare Node server';

/** Where things are on this machine. */
export interface Places {
  /** Of the checkout. */
  readonly root: string;
  /** Folder with the installed peers. */
  readonly peers: string;
}

/** Starts contenders when a scenario first needs them. */
export class Contenders {
  private readonly started = new Map<string, Promise<Contender>>();
  private serving: Promise<readonly Server[]> | undefined;

  constructor(
    private readonly house: House,
    private readonly places: Places,
  ) {}

  /** Our gateway as it comes. */
  ours(): Promise<Contender> {
    return this.once(OURS, () => this.startOurs(OURS, {}));
  }

  /** Our gateway without reuse of finished answers: each request is executed. */
  oursExecuting(): Promise<Contender> {
    return this.once('executing', () => this.startOurs(`${OURS}, memory`, NO_REUSE));
  }

  /** Our gateway with hardly any cache, like a router that keeps no data. */
  oursWithoutCache(): Promise<Contender> {
    const settings = { ANSWER_BYTES: '1000000', CACHE_BYTES: '1000000' };
    return this.once('small', () => this.startOurs(`${OURS}, caches of 1 MB`, settings));
  }

  /** A second instance of {@link oursExecuting}. */
  oursSecond(): Promise<Contender> {
    return this.once('second', () => this.startOurs(`${OURS}, second`, NO_REUSE));
  }

  /** As {@link oursExecuting}, but what it has read is in Redis only. @param redisUrl of an empty server */
  oursFromRedis(redisUrl: string): Promise<Contender> {
    const settings = { ...NO_REUSE, CACHE_BYTES: '1', REDIS_URL: redisUrl, REDIS_VALUE_KEY: 'A'.repeat(43) };
    return this.once('redis', () => this.startOurs(`${OURS}, Redis only`, settings));
  }

  apollo(): Promise<Contender> {
    return this.once(APOLLO, () => this.startFederation(APOLLO, 'apollo-gateway.mjs'));
  }

  hive(): Promise<Contender> {
    return this.once(HIVE, () => this.startFederation(HIVE, 'hive-gateway.mjs'));
  }

  byHand(): Promise<Contender> {
    return this.once(BY_HAND, async () => {
      const front = await this.house.startPeer(join(this.places.peers, 'aggregator.mjs'));
      const meet = (members: readonly Member[]): Promise<void> =>
        front.program.tell({
          customers: members.map(({ subject, name, links }) => ({ id: idOf(subject), subject, name, links })),
        });
      return { name: BY_HAND, front, behind: [], meet };
    });
  }

  /** @param bytes what it answers */
  async bare(bytes: Buffer): Promise<Contender> {
    const contender = await this.once(BARE, async () => {
      const front = await this.house.startPeer(join(this.places.peers, 'bare-server.mjs'));
      return { name: BARE, front, behind: [], meet: () => Promise.resolve() };
    });
    await contender.front.program.tell({ bytes: bytes.toString('base64') });
    return contender;
  }

  /** Starts what stands before the subgraphs once more, to see how long it takes. */
  async startFront(name: typeof APOLLO | typeof HIVE): Promise<Server> {
    const { behind } = await (name === APOLLO ? this.apollo() : this.hive());
    return this.startRouter(name === APOLLO ? 'apollo-gateway.mjs' : 'hive-gateway.mjs', behind);
  }

  private once(name: string, start: () => Promise<Contender>): Promise<Contender> {
    const known = this.started.get(name);
    if (known !== undefined) return known;
    const starting = start();
    this.started.set(name, starting);
    return starting;
  }

  private async startOurs(name: string, settings: Readonly<Record<string, string>>): Promise<Contender> {
    const front = await this.house.startApp('gateway', [], settings);
    return { name, front, behind: [], meet: (members) => introduce([front], members) };
  }

  private async startFederation(name: string, module: string): Promise<Contender> {
    const gateway = await this.ours();
    const behind = await this.subgraphs();
    const front = await this.startRouter(module, behind);
    const meet = async (members: readonly Member[]): Promise<void> => {
      // Customers begin at the gateway; a subgraph finds them in the same database.
      await introduce([gateway.front], members);
      await introduce(behind, members);
    };
    return { name, front, behind, meet };
  }

  /** Behind both routers: whoever is to meet them cold must bring customers of their own. */
  private subgraphs(): Promise<readonly Server[]> {
    this.serving ??= Promise.all(SUBGRAPHS.map((name) => this.house.startApp('subgraph', [name], FEW_CONNECTIONS)));
    return this.serving;
  }

  private async startRouter(module: string, behind: readonly Server[]): Promise<Server> {
    const file = this.house.fileAt(`supergraph-${behind[0]!.port}.graphql`);
    let text = readFileSync(join(this.places.root, SUPERGRAPH), 'utf8');
    for (const [index, { port }] of behind.entries()) {
      text = text.replace(`http://${SUBGRAPHS[index]}:4001/graphql`, `http://127.0.0.1:${port}/graphql`);
    }
    writeFileSync(file, text);
    return this.house.startPeer(join(this.places.peers, module), { SUPERGRAPH: file });
  }
}

/** As the gateway makes it for customers of the sandbox: what answers are compared by. */
function idOf(subject: string): string {
  return createHash('sha256').update(`customer:${subject}`).digest('hex').slice(0, 32);
}
