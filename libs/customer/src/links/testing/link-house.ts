import { randomUUID } from 'node:crypto';
import type { ModuleRef } from '@nestjs/core';
import { instantOf, RequestScope, type Refusal } from '#lib/kernel';
import type { Store } from '#lib/store';
import type { Subsidiary } from '#lib/subsidiary-kit';
import { Coherence } from '../../coherence/coherence.js';
import { Contributions } from '../../contributions.js';
import type { Customer } from '../../customer.js';
import { loadCustomer } from '../../persistence/load-customer.js';
import { PostgresEpochLog } from '../../persistence/postgres-epoch-log.js';
import type { CustomerTables } from '../../persistence/tables.js';
import { CustomerRights } from '../../rights/customer-rights.js';
import { LinkService } from '../link.service.js';
import { Harbour, Post } from './harbour.js';
import { TurningClock } from './turning-clock.js';

/** A house with one subsidiary, HARBOUR, where customers link themselves, and one, OFFICE, where they cannot. */
export class LinkHouse {
  readonly clock = new TurningClock();
  readonly harbour = new Harbour();
  readonly post = new Post();
  readonly links: LinkService;

  constructor(private readonly store: Store) {
    const rights = new CustomerRights(store, new Coherence(new PostgresEpochLog(store), this.clock), this.clock);
    const modules = { get: () => this.harbour } as unknown as ModuleRef;
    const subsidiaries = [{ key: 'HARBOUR', linkProof: Harbour }, { key: 'OFFICE' }] as unknown as Subsidiary[];
    this.links = new LinkService(store, rights, new Contributions(modules, subsidiaries), this.post, this.clock);
  }

  get tables() {
    return this.store.tables<CustomerTables>();
  }

  async newCustomer(): Promise<Customer> {
    const id = randomUUID();
    const row = { id, name: 'Nele Anker', subject: id, created_at: instantOf(this.clock.now()) };
    await this.tables.insertInto('customer').values(row).execute();
    return (await loadCustomer(this.store, 'id', id))!;
  }

  openScope({ subject }: Customer): RequestScope {
    const principal = { kind: 'customer', subject: subject!, expiresAt: Number.MAX_SAFE_INTEGER } as const;
    return new RequestScope(principal, 'de', this.clock.now() + 2_000, new AbortController().signal);
  }

  /** Starts an attempt; to be finished by the clock. */
  prove(customer: Customer, number: string, fact: string): Promise<Customer | Refusal> {
    return this.links.proveByFact(customer, 'HARBOUR', number, fact, this.openScope(customer));
  }

  /** Asks for a letter and returns its code. */
  async receiveLetter(customer: Customer, number: string): Promise<string> {
    const before = this.post.letters.length;
    const request = this.links.requestLetter(customer, 'HARBOUR', number);
    await this.clock.finish(request, () => this.post.letters.length > before);
    return this.post.letters.at(-1)!.code;
  }

  confirm(customer: Customer, code: string): Promise<Customer | Refusal> {
    return this.clock.finish(this.links.confirmLetter(customer, 'HARBOUR', code));
  }

  /** The link as it is kept. */
  linkOf({ id }: Customer): Promise<{ account: string; proof: string } | undefined> {
    const links = this.tables.selectFrom('customer_link').select(['account', 'proof']);
    return links.where('customer_id', '=', id).executeTakeFirst();
  }
}
