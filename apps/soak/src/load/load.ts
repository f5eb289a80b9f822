import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from '../chance.js';
import type { GraphClient, Answered } from './graph-client.js';
import type { Household } from './households.js';
import { DASHBOARD, NAME, REPORT_REPAIR, TOP_UP } from './queries.js';
import type { Kind, Outcome, Tally } from './tally.js';
import { Visitor } from './visitor.js';

/** Requests under way at once; more are not begun, so that a house that stands still is not buried. */
const MOST_UNDER_WAY = 200;
/** What most requests are, in a hundred; the rest are dashboards. */
const [NAMES, COMMANDS, SIGN_INS] = [10, 8, 2];

/** The first part of the full rate, and when it is reached. */
const COLD_PART = 0.25;
const WARM_MS = 30_000;

export interface LoadOptions {
  readonly gateways: readonly string[];
  readonly households: readonly Household[];
  readonly graph: GraphClient;
  readonly chance: Chance;
  readonly tally: Tally;
  /** Whether a legacy system is made to fail, or was a short while before that moment. */
  readonly failing: (since: number) => boolean;
}

/** Customers who look at their dashboards, order things and sign in, as often as told. */
export class Load {
  private underWay = 0;
  /** Requests that were not begun, since too many were under way. */
  left = 0;

  constructor(private readonly options: LoadOptions) {}

  /** Sends so many requests a second, fewer in the first half minute, until the signal; ends when all are answered. */
  async run(rate: number, signal: AbortSignal): Promise<void> {
    const begun = performance.now();
    const all = new Set<Promise<void>>();
    for (let due = begun; !signal.aborted; due += 1_000 / (rate * warmth(due - begun))) {
      const wait = due - performance.now();
      if (wait > 0) await sleep(wait, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) break;
      if (this.underWay >= MOST_UNDER_WAY) {
        this.left += 1;
        continue;
      }
      const request = this.sendOne().finally(() => all.delete(request));
      all.add(request);
    }
    await Promise.all(all);
  }

  private async sendOne(): Promise<void> {
    const { chance, gateways, households, tally, failing } = this.options;
    const [gateway, household] = [chance.pick(gateways), chance.pick(households)];
    const kind = kindOf(chance.between(1, 100));
    const begun = performance.now();
    this.underWay += 1;
    const outcomes = await this.send(kind, gateway, household);
    this.underWay -= 1;
    tally.add(kind, outcomes, performance.now() - begun, failing(begun));
  }

  private async send(kind: Kind, gateway: string, household: Household): Promise<readonly Outcome[]> {
    const { graph } = this.options;
    if (kind === 'dashboard') return (await graph.ask(gateway, household.key, DASHBOARD)).outcomes;
    if (kind === 'name') return (await graph.ask(gateway, household.key, NAME)).outcomes;
    if (kind === 'sign-in') return new Visitor(gateway, graph).visit(household.key);
    return outcomesOf(await this.order(gateway, household));
  }

  private order(gateway: string, { key: owner, cardId, leaseId }: Household): Promise<Answered> {
    const { graph, chance } = this.options;
    const key = randomUUID();
    if (cardId !== null && (leaseId === null || chance.between(1, 2) === 1)) {
      const amount = (chance.between(500, 1_500) / 100).toFixed(2);
      return graph.ask(gateway, owner, TOP_UP, { key, cardId, amount });
    }
    if (leaseId === null) return graph.ask(gateway, owner, NAME);
    const description = `Der Wasserhahn tropft (${key.slice(0, 8)}).`;
    return graph.ask(gateway, owner, REPORT_REPAIR, { key, leaseId, roomType: 'KITCHEN', description });
  }
}

/** Programs that have just started compile what they run: they are given less to do at first. */
function warmth(milliseconds: number): number {
  return Math.min(1, COLD_PART + ((1 - COLD_PART) * milliseconds) / WARM_MS);
}

function kindOf(percent: number): Kind {
  if (percent <= SIGN_INS) return 'sign-in';
  if (percent <= SIGN_INS + COMMANDS) return 'command';
  return percent <= SIGN_INS + COMMANDS + NAMES ? 'name' : 'dashboard';
}

function outcomesOf({ data, outcomes }: Answered): readonly Outcome[] {
  const outcome = data?.['outcome'] as { __typename: string; code?: string } | undefined;
  return outcome?.__typename === 'Refusal' ? [`REFUSED ${outcome.code}`] : outcomes;
}
