import type { Chance } from '../chance.js';
import type { Control } from '../client/control.js';

/** How a system fails the next writes; each a fault of the sandbox's control endpoint. */
const FAULTS = {
  'no effect, cut': { kind: 'cut', after: 'nothing' },
  'effect, cut': { kind: 'cut', after: 'effect' },
  'effect, half an answer': { kind: 'cut', after: 'half-answer' },
  'reset before': { kind: 'reset', after: 'nothing' },
  'reset after the effect': { kind: 'reset', after: 'effect' },
  'garbage after the effect': { kind: 'garbage', after: 'effect' },
  '500 before': { kind: '500', after: 'nothing' },
  '500 after the effect': { kind: '500', after: 'effect' },
  'no answer, no effect': { kind: 'hang', after: 'nothing' },
  'no answer after the effect': { kind: 'hang', after: 'effect' },
} as const;

/** Those after which nobody has to wait for a time limit. */
const QUICK = ['effect, cut', 'effect, half an answer', 'reset after the effect'] as const;

const SYSTEMS = ['sap-umc', 'tenancy', 'fare-shop', 'till'] as const;

/** Lets legacy systems fail: a few requests each, so that no fault outlives its use. */
export class Faults {
  ordered = 0;

  constructor(
    private readonly control: Control,
    private readonly chance: Chance,
    /** Only faults that cost no time. */
    private readonly quick: boolean,
  ) {}

  /** The next writes of one system fail. */
  async strikeSystem(system: string = this.chance.pick(SYSTEMS)): Promise<void> {
    await this.order({ system, count: this.chance.between(1, 2) });
  }

  /** The next write of each system but the till takes effect, and its answer is lost. */
  async loseAnswers(): Promise<void> {
    for (const system of SYSTEMS.filter((each) => each !== 'till')) {
      await this.control.ask('POST', '/faults', { ...FAULTS['effect, cut'], system, count: 1, methods: 'modifying' });
      this.ordered += 1;
    }
  }

  /** The next writes of one household fail, wherever they go. */
  async strikeHousehold(household: string): Promise<void> {
    await this.order({ household, count: 1 });
  }

  /** The till answers that something went wrong, and has booked or not. */
  async confuseTill(household: string): Promise<void> {
    const [code, booked] = [this.chance.pick([1, 4]), this.chance.happens(50)];
    await this.control.ask('POST', '/till-codes', { code, count: 1, household, booked });
    this.ordered += 1;
  }

  /** Lets reads fail for a moment, too. */
  async slowDown(): Promise<void> {
    const milliseconds = this.chance.between(100, 1_500);
    const system = this.chance.pick(SYSTEMS);
    await this.control.ask('POST', '/faults', { kind: 'latency', milliseconds, system, count: 10 });
    this.ordered += 1;
  }

  /** From now on all systems do their work. */
  async end(): Promise<void> {
    await this.control.ask('DELETE', '/faults');
  }

  private async order(target: { system?: string; household?: string; count: number }): Promise<void> {
    const names = Object.keys(FAULTS) as (keyof typeof FAULTS)[];
    const fault = FAULTS[this.chance.pick(this.quick ? QUICK : names)];
    await this.control.ask('POST', '/faults', { ...fault, ...target, methods: 'modifying' });
    this.ordered += 1;
  }
}
