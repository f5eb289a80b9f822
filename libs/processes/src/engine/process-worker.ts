import { randomUUID } from 'node:crypto';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { AppError, CLOCK, type Cancel, type Clock } from '#lib/kernel';
import { Store } from '#lib/store';
import { PROCESSES_PLAN, type ProcessesPlan } from '../processes-plan.js';
import { ProcessesSettings } from '../processes.settings.js';
import { DUE_CHANNEL } from '../tables/change-process.js';
import { claim, type Claimed } from './claim.js';
import { CommandRegistry } from './command-registry.js';
import { Lease, renew } from './lease.js';
import { StepRun, stopped, type Run } from './run-step.js';
import { Settling } from './settle.js';
import { passStep } from './steps.js';
import { Housekeeping } from './housekeeping.js';
import { WriteDown } from './write-down.js';

/** How often an instance looks for what is due; a notice hastens it. */
const LOOK_EVERY_MS = 500;
/** A third of the lease: two renewals may fail. */
const RENEW_EVERY_MS = 1_000;
/** How long a stop waits for calls that were sent already. */
const STOP_MS = 5_000;
/** How long it waits for what was aborted. */
const ABORTED_MS = 2_000;

/**
 * Carries processes out on this instance: takes what is due under a lease, runs it, writes the outcome, renews leases
 * meanwhile. Any number of instances do so over one database.
 */
@Injectable()
export class ProcessWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('Processes');
  private readonly holder = randomUUID();
  private readonly runs = new Map<Run, Promise<void>>();
  private readonly housekeeping: Housekeeping;
  private readonly writing: WriteDown;
  private started = false;
  private cancelListening: Cancel = () => undefined;
  private cancelLook: Cancel = () => undefined;
  private cancelRenewal: Cancel = () => undefined;
  private looking: Promise<void> | null = null;
  private lookAgain = false;
  private stopping = false;

  constructor(
    private readonly store: Store,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly registry: CommandRegistry,
    private readonly settings: ProcessesSettings,
    @Inject(PROCESSES_PLAN) private readonly plan: ProcessesPlan,
  ) {
    const settling = new Settling(registry, clock);
    this.housekeeping = new Housekeeping(store, clock, settling);
    this.writing = new WriteDown(settling, clock);
  }

  /** Begins where the plan and the roles of this instance want it. */
  onApplicationBootstrap(): void {
    if (!this.plan.open || !this.settings.roles.split(',').includes('worker')) return;
    this.started = true;
    this.cancelListening = this.store.listen(DUE_CHANNEL, () => this.look());
    this.renewLater();
    this.look();
  }

  /**
   * Takes nothing new, hands on what has sent nothing, and waits a while for what has. What is still open then is taken
   * over by another instance when its lease runs out.
   */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.cancelLook();
    this.cancelListening();
    await this.looking;
    for (const run of this.runs.keys()) {
      run.stopping = true;
      if (run.attempt?.intended !== true) run.attempt?.end(stopped());
    }
    await this.idleWithin(STOP_MS);
    for (const { attempt } of this.runs.keys()) attempt?.end(stopped());
    await this.idleWithin(ABORTED_MS);
    this.cancelRenewal();
  }

  /**
   * Looks once for what is due and begins to carry it out.
   * @returns how many were begun
   * @throws AppError UPSTREAM_* when the store is out of reach
   */
  async turn(): Promise<number> {
    // One process that cannot be tidied must not keep the others waiting.
    await this.housekeeping.tidy().catch((error: unknown) => this.report(error));
    const places = this.freePlaces();
    const most = this.settings.concurrent - this.runs.size;
    const { kinds } = this.registry;
    if (this.stopping || most <= 0 || places.size === 0 || kinds.length === 0) return 0;
    const claimed = await claim(this.store, this.clock, { holder: this.holder, places, most, kinds });
    for (const each of claimed) this.begin(each);
    return claimed.length;
  }

  /** Resolves when nothing is being carried out here. */
  async idle(): Promise<void> {
    while (this.runs.size > 0) await Promise.all(this.runs.values());
  }

  /** Looks now, or right after the look that is under way. */
  private look(): void {
    if (this.stopping) return;
    if (this.looking !== null) {
      this.lookAgain = true;
      return;
    }
    this.cancelLook();
    this.lookAgain = false;
    this.looking = this.turn()
      .catch((error: unknown) => this.report(error))
      .then((begun) => {
        this.looking = null;
        if (this.stopping) return;
        if (this.lookAgain || (begun ?? 0) > 0) this.look();
        else this.cancelLook = this.clock.after(LOOK_EVERY_MS, () => this.look());
      });
  }

  private begin(claimed: Claimed): void {
    passStep('leased', claimed.processId, claimed.step.kind);
    const run: Run = { lease: new Lease(this.store, this.clock, claimed), attempt: null, stopping: false };
    const ended = new StepRun(run, this.registry, this.clock)
      .carryOut()
      .then((end) => this.writing.write(run, end))
      .catch((error: unknown) => this.report(error))
      .then(() => {
        this.runs.delete(run);
        if (this.started) this.look();
      });
    this.runs.set(run, ended);
  }

  /** The bound of each subsidiary, less what runs there. */
  private freePlaces(): ReadonlyMap<string, number> {
    const places = new Map(this.registry.subsidiaries.map((key) => [key, this.settings.perSubsidiary]));
    for (const { lease } of this.runs.keys()) {
      const { subsidiary } = lease.claimed.step;
      places.set(subsidiary, (places.get(subsidiary) ?? 0) - 1);
    }
    return new Map([...places].filter(([, free]) => free > 0));
  }

  private renewLater(): void {
    this.cancelRenewal = this.clock.after(RENEW_EVERY_MS, () => {
      // A store that is out of reach: the leases may run out, and then the fences decide.
      void this.renewAll()
        .catch(() => undefined)
        .then(() => this.renewLater());
    });
  }

  private async renewAll(): Promise<void> {
    const runs = [...this.runs.keys()];
    if (runs.length === 0) return;
    const mine = await renew(
      this.store,
      runs.map(({ lease }) => lease),
    );
    for (const run of runs) {
      if (mine.has(run.lease.claimed.processId) || !this.runs.has(run)) continue;
      run.lease.lost = true;
      run.attempt?.end(new AppError('CONFLICT', 'another instance has taken the process over'));
    }
  }

  private idleWithin(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.clock.after(milliseconds, resolve);
      void this.idle().then(() => {
        cancel();
        resolve();
      });
    });
  }

  /** Another instance that was quicker is no news. */
  private report(error: unknown): void {
    const code = error instanceof AppError ? error.code : 'INTERNAL';
    if (code !== 'CONFLICT') this.log.warn(`a look for due processes, or a write, failed: ${code}`);
  }
}
