import { randomUUID } from 'node:crypto';
import type { ModuleRef } from '@nestjs/core';
import {
  AccessRecord,
  Coherence,
  CustomerAccess,
  customerMigrations,
  PostgresEpochLog,
  type Customer,
} from '#lib/customer';
import { Refusal, type Clock, type Language, type Principal } from '#lib/kernel';
import { sql, type Store } from '#lib/store';
import type { Subsidiary } from '#lib/subsidiary-kit';
import {
  customerOf,
  customerPrincipal,
  directoryOf,
  noRecord,
  openScope,
  openTestStore,
  TestClock,
  type TestStore,
} from '#lib/testing';
import { Upstream } from '#lib/upstream';
import { OperatorDesk } from '../desk/operator-desk.js';
import { CommandRegistry } from '../engine/command-registry.js';
import { ProcessWorker } from '../engine/process-worker.js';
import type { Flow } from '../model/flow.js';
import type { ProcessView } from '../model/process-view.js';
import type { ProcessesPlan } from '../processes-plan.js';
import { ReceiptMail } from '../receipts/receipt-mail.js';
import { ReceiptSigner } from '../receipts/receipt-signer.js';
import { CommandService, type CommandOrder } from '../submit/command-service.js';
import { processesMigrations } from '../tables/migrations.js';
import type { ProcessTables } from '../tables/process-tables.js';
import { ScriptedCommand } from './scripted-command.js';

export interface EngineWishes {
  readonly clock?: Clock;
  readonly store?: Store;
  readonly concurrent?: number;
  readonly perSubsidiary?: number;
  readonly receiptKey?: string;
  readonly sandbox?: boolean;
}

/** One instance of the program, as far as processes are concerned. Its worker works only when told, unless started. */
export class Engine {
  readonly registry: CommandRegistry;
  readonly service: CommandService;
  readonly worker: ProcessWorker;
  readonly desk: OperatorDesk;
  readonly mail: ReceiptMail;
  readonly signer: ReceiptSigner;
  readonly upstream: Upstream;

  constructor(
    readonly store: Store,
    readonly clock: Clock,
    commands: readonly (readonly [string, ScriptedCommand])[],
    flows: readonly Flow[],
    customers: readonly Customer[],
    { concurrent = 16, perSubsidiary = 8, receiptKey, sandbox = true }: EngineWishes,
  ) {
    const plan = planOf(commands, flows, sandbox);
    const settings = { roles: 'web,worker', concurrent, perSubsidiary, receiptKey };
    const modules = { get: (type: unknown) => type } as unknown as ModuleRef;
    this.registry = new CommandRegistry(modules, plan);
    const { registry } = this;
    this.upstream = new Upstream(clock, { concurrent: 4, waiting: 4, cacheBytes: 1_000 });
    const access = new CustomerAccess(directoryOf(...customers), this.upstream, clock, noRecord);
    const coherence = new Coherence(new PostgresEpochLog(store), clock);
    this.signer = new ReceiptSigner(store, clock, settings, plan);
    this.service = new CommandService(store, registry, access, this.upstream, coherence, this.signer, clock);
    this.desk = new OperatorDesk(store, registry, new AccessRecord(store, clock), clock);
    this.mail = new ReceiptMail(store, clock);
    this.worker = new ProcessWorker(store, clock, registry, settings, plan);
  }

  /** Looks once for what is due, and waits until that is carried out. */
  async work(): Promise<number> {
    const begun = await this.worker.turn();
    await this.worker.idle();
    return begun;
  }
}

/** A database with two subsidiaries, SHED and BARN, and any number of instances over it. */
export class ProcessHouse {
  readonly clock = new TestClock();
  readonly keyed = new ScriptedCommand('shed.keyed', 'key');
  readonly natural = new ScriptedCommand('shed.natural', 'naturalKey');
  readonly money = new ScriptedCommand('shed.money', 'none');
  readonly barn = new ScriptedCommand('barn.note', 'key');
  readonly kim = customerOf({ links: { SHED: '0001', BARN: 'B-1' } });
  readonly lou = customerOf({ id: 'c-2', subject: 'lou', links: { SHED: '0002', BARN: 'B-2' } });
  private flows: readonly Flow[] = [];

  private constructor(private readonly database: TestStore) {}

  static async open(): Promise<ProcessHouse> {
    return new ProcessHouse(await openTestStore([customerMigrations, processesMigrations]));
  }

  get store(): Store {
    return this.database.store;
  }

  get tables() {
    return this.store.tables<ProcessTables>();
  }

  get base(): TestStore {
    return this.database;
  }

  withFlows(...flows: readonly Flow[]): void {
    this.flows = flows;
  }

  engine(wishes: EngineWishes = {}): Engine {
    const { store = this.store, clock = this.clock } = wishes;
    const shed = [this.keyed, this.natural, this.money].map((command) => ['SHED', command] as const);
    return new Engine(store, clock, [...shed, ['BARN', this.barn]], this.flows, [this.kim, this.lou], wishes);
  }

  /** Removes every process and all that was scripted. */
  async clear(): Promise<void> {
    await sql`truncate process, process_step, process_journal, process_key, process_pause, process_mail, access_record,
      epoch_change, data_epoch`.execute(this.tables);
    for (const command of [this.keyed, this.natural, this.money, this.barn]) {
      command.ledger.length = 0;
      command.script.length = 0;
      Object.assign(command, { executed: 0, readBacks: 0, refusal: null, readBackError: null, grid: false });
    }
    this.flows = [];
  }

  close(): Promise<void> {
    return this.database.close();
  }

  order(command: { kind: string }, wishes: OrderWishes = {}): CommandOrder {
    const { customer = this.kim, key = randomUUID(), input, slot = 's-1', value = '1', waitMs = 0, receiptTo } = wishes;
    const principal = wishes.principal ?? customerPrincipal(customer.subject!);
    const scope = openScope(wishes.clock ?? this.clock, { principal, waitMs, language: wishes.language });
    return { kind: command.kind, key, input: input ?? { slot, value }, customer, receiptTo, scope };
  }

  /** Submits something that must be accepted. */
  async submit(engine: Engine, command: { kind: string }, wishes: OrderWishes = {}): Promise<ProcessView> {
    const outcome = await engine.service.submit(this.order(command, { clock: engine.clock, ...wishes }));
    if (outcome instanceof Refusal) throw new Error(`refused: ${outcome.code}`);
    return outcome;
  }

  async find(engine: Engine, { id }: { id: string }, customer = this.kim): Promise<ProcessView> {
    const view = await engine.service.find(id, customer.id);
    if (view === undefined) throw new Error('not found');
    return view;
  }

  /** As after the death of every instance that is at work: leases run out, and what was sent has long arrived. */
  async letLeasesRunOut(): Promise<void> {
    await sql`update process set lease_until = clock_timestamp() - interval '1 second',
      intended_at = intended_at - interval '1 minute' where state = 'RUNNING'`.execute(this.tables);
  }

  async events(id: string): Promise<string[]> {
    const rows = await this.tables
      .selectFrom('process_journal')
      .select('event')
      .where('process_id', '=', id)
      .orderBy('seq')
      .execute();
    return rows.map(({ event }) => event);
  }
}

export interface OrderWishes {
  readonly customer?: Customer;
  readonly principal?: Principal;
  readonly key?: string | null;
  readonly input?: unknown;
  readonly receiptTo?: string | null;
  readonly language?: Language;
  readonly slot?: string;
  readonly value?: string;
  readonly waitMs?: number;
  readonly clock?: Clock;
}

/** Commands stand for their own types: the fake ModuleRef gives them back. */
function planOf(
  commands: readonly (readonly [string, ScriptedCommand])[],
  flows: readonly Flow[],
  sandbox: boolean,
): ProcessesPlan {
  const keys = [...new Set(commands.map(([key]) => key))];
  const subsidiaries = keys.map((key) => ({
    key,
    commands: commands
      .filter(([place]) => place === key)
      .map(([, command]) => command) as unknown as Subsidiary['commands'],
  }));
  return { subsidiaries, flows, open: true, sandbox };
}
