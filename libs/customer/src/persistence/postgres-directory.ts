import { Inject, Injectable, Optional } from '@nestjs/common';
import { Store } from '#lib/store';
import { Coherence } from '../coherence/coherence.js';
import type { Customer } from '../customer.js';
import { CustomerDirectory } from '../customer-directory.js';
import { CustomerSeed } from '../customer-seed.js';
import { dataKey, loadDataEpoch } from './data-epoch.js';
import { loadKnownCustomer, type KnownCustomer } from './load-customer.js';
import { insertSeed } from './insert-seed.js';

interface DataEpoch {
  readonly epoch: number;
}

interface Identity {
  readonly id: string;
}

/** Customers from Postgres, kept in memory only under the coherence lease. */
@Injectable()
export class PostgresDirectory extends CustomerDirectory {
  private readonly epochsOfTick = new Map<string, Promise<number>>();

  constructor(
    private readonly store: Store,
    private readonly coherence: Coherence,
    @Optional() @Inject(CustomerSeed) private readonly seed?: CustomerSeed,
  ) {
    super();
  }

  async findBySubject(subject: string): Promise<Customer | undefined> {
    const entry = await this.coherence.getAmong<Identity>(subjectKey(subject), async () => {
      const known = (await loadKnownCustomer(this.store, 'subject', subject)) ?? (await this.plant(subject));
      return known === undefined ? [] : [[subjectKey(subject), { id: known.customer.id }], ...entriesOf(known)];
    });
    return entry && this.find(entry.id);
  }

  find(id: string): Promise<Customer | undefined> {
    return this.coherence.getAmong<Customer>(rightsKey(id), async () => {
      const known = await loadKnownCustomer(this.store, 'id', id);
      return known === undefined ? [] : entriesOf(known);
    });
  }

  dataEpoch(subsidiary: string, account: string): number | Promise<number> {
    const key = dataKey(subsidiary, account);
    return this.coherence.find<DataEpoch>(key)?.epoch ?? this.loadEpoch(key, subsidiary, account);
  }

  override recallBySubject(subject: string): Customer | undefined {
    const entry = this.coherence.find<Identity>(subjectKey(subject));
    return entry && this.coherence.find<Customer>(rightsKey(entry.id));
  }

  override recallDataEpoch(subsidiary: string, account: string): number | undefined {
    return this.coherence.find<DataEpoch>(dataKey(subsidiary, account))?.epoch;
  }

  /** Reads that begin in one tick ask once and go on together; later ones ask anew, for a change may have come between. */
  private loadEpoch(key: string, subsidiary: string, account: string): Promise<number> {
    const asked = this.epochsOfTick.get(key);
    if (asked !== undefined) return asked;
    const load = async (): Promise<DataEpoch> => ({ epoch: await loadDataEpoch(this.store, subsidiary, account) });
    const epoch = this.coherence.get(key, load).then((entry) => entry?.epoch ?? 0);
    this.epochsOfTick.set(key, epoch);
    setImmediate(() => this.epochsOfTick.delete(key));
    return epoch;
  }

  /** A subject that nobody knows may be known to the seed: then the customer begins to exist here. */
  private async plant(subject: string): Promise<KnownCustomer | undefined> {
    const described = await this.seed?.describe(subject);
    if (described === undefined) return undefined;
    await insertSeed(this.store, subject, described);
    return loadKnownCustomer(this.store, 'subject', subject);
  }
}

/** With the rights come the epochs of all accounts: whoever is asked for is about to be read. */
function entriesOf({ customer, dataEpochs }: KnownCustomer): readonly (readonly [string, object])[] {
  const epochs = dataEpochs.map(({ subsidiary, account, epoch }) => [dataKey(subsidiary, account), { epoch }] as const);
  return [[rightsKey(customer.id), customer], ...epochs];
}

function subjectKey(subject: string): string {
  return `subject ${subject}`;
}

/** Key of a customer's rights in memory and in the log of changes. */
export function rightsKey(customerId: string): string {
  return `rights ${customerId}`;
}
