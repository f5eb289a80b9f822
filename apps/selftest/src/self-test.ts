import { isLoopback } from './browser/cookie-jar.js';
import { NoAnswer } from './browser/exchange.js';
import { ALL_CHECKS } from './checks/all-checks.js';
import type { Check } from './checks/check.js';
import { skipped, type Finding } from './report/finding.js';
import type { Line, Report } from './report/report.js';
import { Sandbox } from './stage/sandbox.js';
import { Stage, type Actor } from './stage/stage.js';

/** How long to wait for what a gateway does behind requests. */
const PATIENCE_MS = 15_000;

/** What is looked at. */
export interface Target {
  /** Origin of the channel, or of the gateway on this machine. */
  readonly gateway: string;
  /** Name of the channel that must be there; undefined: any. */
  readonly channel: string | undefined;
  /** Key of the one who signs in. */
  readonly persona: string;
  /** Control endpoint of the sandbox; nobody signs in where none answers. */
  readonly sandbox: URL;
  readonly patienceMs?: number;
  /** Ids of the checks to run; all unless given. */
  readonly only?: readonly string[];
}

/**
 * Looks at a running gateway.
 * @throws NoAnswer when there is none; Error when it has no such channel, or the sandbox no such person
 */
export async function runSelfTest(target: Target): Promise<Report> {
  const { persona, patienceMs = PATIENCE_MS, only } = target;
  const { origin, channel } = await findChannel(target);
  const actor = await findActor(origin, target);
  const stage = new Stage(origin, actor, patienceMs);
  const lines: Line[] = [];
  for (const check of ALL_CHECKS) {
    if (only !== undefined && !only.includes(check.id)) continue;
    const { id, requirement, source, level } = check;
    lines.push({ id, requirement, source, level, ...(await findingOf(check, stage)) });
  }
  return { gateway: origin, channel, persona: actor === undefined ? null : persona, lines };
}

async function findingOf(check: Check, stage: Stage): Promise<Finding> {
  if (check.needs === 'person' && stage.actor === undefined) return skipped('nobody can sign in: no sandbox');
  const isHere = isLoopback(new URL(stage.origin).hostname);
  if (check.needs === 'this-machine' && !isHere) return skipped('the gateway is on another machine');
  try {
    return await check.run(stage);
  } catch (error) {
    return { outcome: 'failed', seen: error instanceof Error ? error.message : String(error) };
  }
}

/** The address under which the channel is; on this machine channels have names of their own. */
async function findChannel({
  gateway,
  channel,
}: Target): Promise<{ readonly origin: string; readonly channel: string | null }> {
  const { protocol, hostname, port } = new URL(gateway);
  const named = `${protocol}//${channel}.localhost${port === '' ? '' : `:${port}`}`;
  const origins = [gateway, ...(channel !== undefined && isLoopback(hostname) ? [named] : [])];
  const told: string[] = [];
  for (const origin of origins) {
    const stage = new Stage(origin, undefined, PATIENCE_MS);
    const found = await channelAt(stage);
    if (channel === undefined || found === channel) return { origin, channel: found };
    told.push(found ?? 'none');
  }
  throw new Error(`There is no channel "${channel}" at ${origins.join(' or ')}, but ${told.join(' and ')}.`);
}

/** @returns null where the gateway knows of no channel */
async function channelAt(stage: Stage): Promise<string | null> {
  try {
    return (await stage.state(stage.newBrowser())).channel;
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    return null;
  }
}

/** @returns undefined when no sandbox answers, or it is not the one of this gateway */
async function findActor(origin: string, { persona, sandbox: url }: Target): Promise<Actor | undefined> {
  const sandbox = await Sandbox.find(url);
  if (sandbox === undefined) return undefined;
  const provider = await new Stage(origin, undefined, PATIENCE_MS).begin().catch((error: unknown) => {
    if (error instanceof NoAnswer) throw error;
    return undefined;
  });
  if (provider === undefined || provider.origin !== new URL(sandbox.issuer).origin) return undefined;
  const form = sandbox.formOf(persona);
  if (form === undefined) throw new Error(`The sandbox knows nobody called "${persona}" who can sign in.`);
  return { persona, form, sandbox };
}
