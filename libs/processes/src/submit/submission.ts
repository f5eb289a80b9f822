import { AppError, Refusal, type RequestScope } from '#lib/kernel';
import type { Customer } from '#lib/customer';
import type { Command, PlainData } from '#lib/subsidiary-kit';
import type { CommandRegistry } from '../engine/command-registry.js';
import type { Title } from '../model/process-view.js';
import { canonicalJson, digestOf } from './canonical-json.js';

/** Longest input, as canonical JSON. */
const LONGEST_INPUT = 200_000;
/** Most steps of a flow. */
const MOST_STEPS = 20;

/** A wish that was understood, ready to be checked and accepted. */
export interface Submission {
  readonly kind: string;
  readonly title: Title;
  readonly inputJson: string;
  /** SHA-256 of the canonical input. */
  readonly inputHash: string;
  /** What makes two such wishes the same; null when only a client's key can. */
  readonly naturalKey: string | null;
  readonly steps: readonly SubmittedStep[];
  /** Rules of the whole that no step knows. */
  readonly check: (scope: RequestScope) => Promise<Refusal | null>;
}

export interface SubmittedStep {
  readonly key: string;
  readonly command: Command;
  readonly subsidiary: string;
  readonly account: string;
  readonly input: PlainData;
  /** Before the paths of its problems; empty for a single command. */
  readonly prefix: string;
}

/**
 * Understands what a client sent as one command or flow for that customer.
 * @throws AppError INVALID_INPUT with path and reason; NOT_FOUND when the customer has no account where it takes place
 */
export function understand(registry: CommandRegistry, kind: string, input: unknown, customer: Customer): Submission {
  const flow = registry.findFlow(kind);
  if (flow === undefined) return understandCommand(registry, kind, input, customer);
  const parsed = flow.parse(input);
  const planned = flow.plan(parsed);
  if (planned.length === 0 || planned.length > MOST_STEPS) throw new RangeError(`${kind} plans no or too many steps`);
  const steps = planned.map(({ key, command: name, input: part }) => {
    const { command, subsidiary } = registry.getCommand(name);
    const account = accountOf(customer, subsidiary);
    return { key, command, subsidiary, account, input: command.parse(part), prefix: `${key}.` };
  });
  return {
    kind,
    title: flow.title,
    ...written(parsed),
    naturalKey: flow.naturalKey ? canonicalJson([customer.id, flow.naturalKey(parsed)]) : null,
    steps,
    check: async (scope) => (await flow.check?.(parsed, { scope })) ?? null,
  };
}

function understandCommand(registry: CommandRegistry, kind: string, input: unknown, customer: Customer): Submission {
  const { command, subsidiary } = registry.getCommand(kind);
  const account = accountOf(customer, subsidiary);
  const parsed = command.parse(input);
  const natural = command.dedupe === 'naturalKey' ? command.naturalKey?.(parsed) : undefined;
  return {
    kind,
    title: command.title,
    ...written(parsed),
    naturalKey: natural === undefined ? null : canonicalJson([subsidiary, account, natural]),
    steps: [{ key: kind, command, subsidiary, account, input: parsed, prefix: '' }],
    check: () => Promise.resolve(null),
  };
}

/**
 * What can be checked at once, of the whole and of each step.
 * @returns null when all may be accepted
 */
export async function check({ steps, check: whole }: Submission, scope: RequestScope): Promise<Refusal | null> {
  const refusals = [await whole(scope), ...(await Promise.all(steps.map((step) => checkStep(step, scope))))].filter(
    (refusal) => refusal !== null,
  );
  const [first] = refusals;
  if (first === undefined || refusals.length === 1) return first ?? null;
  const { code, retryAfterSeconds, subsidiaryMessage } = first;
  return new Refusal(code, {
    problems: refusals.flatMap(({ problems }) => problems),
    retryAfterSeconds: retryAfterSeconds ?? undefined,
    subsidiaryMessage: subsidiaryMessage ?? undefined,
  });
}

async function checkStep(
  { command, account, input, prefix }: SubmittedStep,
  scope: RequestScope,
): Promise<Refusal | null> {
  const refusal = await command.check(input, { account, scope });
  if (refusal === null || prefix === '') return refusal;
  const { code, problems, retryAfterSeconds, subsidiaryMessage } = refusal;
  return new Refusal(code, {
    problems: problems.map((problem) => ({ ...problem, path: prefix + problem.path })),
    retryAfterSeconds: retryAfterSeconds ?? undefined,
    subsidiaryMessage: subsidiaryMessage ?? undefined,
  });
}

/** The canonical input and its digest. @throws AppError INVALID_INPUT when it is too long */
export function written(input: PlainData): Pick<Submission, 'inputJson' | 'inputHash'> {
  const inputJson = canonicalJson(input);
  if (inputJson.length > LONGEST_INPUT) {
    throw new AppError('INVALID_INPUT', 'the input is too long', { path: 'input', reason: 'longer than allowed' });
  }
  return { inputJson, inputHash: digestOf(inputJson) };
}

function accountOf({ links }: Customer, subsidiary: string): string {
  const account = Object.hasOwn(links, subsidiary) ? links[subsidiary] : undefined;
  if (account !== undefined) return account;
  throw new AppError('NOT_FOUND', 'the customer has no account there', { subsidiary });
}
