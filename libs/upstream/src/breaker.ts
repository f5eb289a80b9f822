import { LRUCache } from 'lru-cache';
import { AppError, type Clock } from '#lib/kernel';

/** Failures in a row after which a circuit opens (Envoy's default). */
const FAILURES = 5;
/** How long an open circuit refuses before it lets one probe through. */
const OPEN_MS = 10_000;
/** Accounts whose circuit is remembered; the least recently used are forgotten. */
const ACCOUNTS = 10_000;

/** Closed, open until a time, or with one probe under way. */
class Circuit {
  private openUntil = 0;
  private probing = false;

  constructor(private readonly clock: Clock) {}

  /** Seconds until another try makes sense; 0 when this call may pass. */
  refusal(): number {
    if (this.openUntil === 0) return 0;
    const left = this.openUntil - this.clock.now();
    if (left > 0) return Math.ceil(left / 1000);
    return this.probing ? 1 : 0;
  }

  /** To be called when the call does pass: while open, it is the one probe. */
  pass(): void {
    if (this.openUntil > 0) this.probing = true;
  }

  open(): void {
    this.openUntil = this.clock.now() + OPEN_MS;
    this.probing = false;
  }

  close(): void {
    this.openUntil = 0;
    this.probing = false;
  }

  /** The probe ended without a verdict: the next call is the probe. */
  giveUpProbe(): void {
    this.probing = false;
  }

  get isOpen(): boolean {
    return this.openUntil > 0;
  }
}

/**
 * Circuit breaker of one legacy system, on two levels. Five failures in a row of one account open that account's
 * circuit only: a household whose data break the legacy system must not take the system away from the others.
 * The system's circuit opens when five different accounts fail in a row; public reads count one by one.
 * An open circuit lets one probe through after ten seconds.
 */
export class Breaker {
  private readonly system: Circuit;
  private readonly accounts = new LRUCache<string, { circuit: Circuit; failures: number }>({ max: ACCOUNTS });
  private readonly failing = new Set<string>();
  private publicFailures = 0;

  constructor(
    private readonly name: string,
    private readonly clock: Clock,
  ) {
    this.system = new Circuit(clock);
  }

  /** @throws AppError UPSTREAM_UNAVAILABLE with retryAfterSeconds while a circuit is open */
  admit(account: string | null): void {
    const seconds = this.refusal(account);
    if (seconds > 0) {
      throw new AppError('UPSTREAM_UNAVAILABLE', `${this.name} has failed repeatedly and is left alone`, {
        system: this.name,
        retryAfterSeconds: seconds,
      });
    }
    this.ownCircuit(account)?.pass();
    this.system.pass();
  }

  /** Seconds until a call of that account would be let through; 0 when it would be now. */
  refusal(account: string | null): number {
    return Math.max(this.ownCircuit(account)?.refusal() ?? 0, this.system.refusal());
  }

  success(account: string | null): void {
    if (account !== null) this.accounts.delete(account);
    this.failing.clear();
    this.publicFailures = 0;
    this.system.close();
  }

  failure(account: string | null): void {
    if (account === null) this.publicFailures += 1;
    else {
      this.failing.add(account);
      this.accountFailed(account);
    }
    if (this.system.isOpen || this.failing.size + this.publicFailures >= FAILURES) this.system.open();
  }

  /** The call was given up by those who waited for it: no verdict. */
  abandon(account: string | null): void {
    this.ownCircuit(account)?.giveUpProbe();
    this.system.giveUpProbe();
  }

  private ownCircuit(account: string | null): Circuit | undefined {
    return account === null ? undefined : this.accounts.get(account)?.circuit;
  }

  private accountFailed(account: string): void {
    const entry = this.accounts.get(account) ?? { circuit: new Circuit(this.clock), failures: 0 };
    entry.failures += 1;
    if (entry.failures >= FAILURES) entry.circuit.open();
    this.accounts.set(account, entry);
  }
}
