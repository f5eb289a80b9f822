// npm run bench: our gateway against two federation gateways, a hand-written aggregator and a bare server.
import 'reflect-metadata';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { join, resolve } from 'node:path';
import { Contenders } from './house/contenders.js';
import { Crowd } from './house/crowd.js';
import { House } from './house/house.js';
import { placePeers } from './house/peers.js';
import { openRedis } from './house/redis-server.js';
import { Answers } from './load/answers.js';
import type { Findings, Report } from './report/findings.js';
import { writeMarkdown } from './report/write-markdown.js';
import { writeSvg } from './report/write-svg.js';
import { parseRunOptions, type RunOptions } from './run-options.js';
import { SCENARIOS } from './scenarios/all-scenarios.js';

/** Of the checkout: this module stands in dist/apps/bench/src. */
const ROOT = resolve(import.meta.dirname, '../../../..');
const DASHBOARD = 'test/queries/dashboard.graphql';

const HELP = `Aufruf: npm run bench -- [--only NAME,…] [--rounds N] [--seconds N] [--population N] [--out ORDNER] [--keep]

Misst den Gateway gegen (a) Apollo Gateway und (b) Hive Gateway über denselben Gesellschaften als Subgraphen, (c) einen
handgeschriebenen Aggregator mit undici und (d) einen nackten Node-Server; Sandbox, Datenbank und alle Teilnehmer in
eigenen Prozessen, in verschränkten Runden. Jede Antwort wird geprüft, "data" ist bei allen gleich. Braucht die Rechner-
kerne für sich: daneben soll nichts laufen.

${SCENARIOS.map(({ name, describe }) => `  ${name.padEnd(11)}${describe}`).join('\n')}

  --only NAME,…   nur diese; ohne Angabe alle
  --rounds N      Runden (5)
  --seconds N     Messdauer je Runde und Teilnehmer (2)
  --population N  so viele Kunden kommen bei growth in die Datenbank (100000)
  --out ORDNER    schreibt latest.json, latest.md und latest.svg dorthin, z. B. apps/bench/results
  --keep          lässt die Protokolle auch eines guten Laufs liegen
  --help          zeigt dies`;

const begun = performance.now();

function tell(line: string): void {
  process.stderr.write(`${((performance.now() - begun) / 1_000).toFixed(1).padStart(6)} s  ${line}\n`);
}

async function measure(options: RunOptions): Promise<Report> {
  const peers = await placePeers(ROOT, tell);
  tell('starting sandbox and database');
  const house = await House.open();
  const redis = await openRedis(house.fileAt('redis.sock'));
  const answers = new Answers();
  const bench = {
    ...options,
    house,
    answers,
    contenders: new Contenders(house, { root: ROOT, peers }),
    crowd: new Crowd(house.control),
    dashboard: readFileSync(join(ROOT, DASHBOARD), 'utf8'),
    redisUrl: redis?.url,
    tell,
  };
  let isGood = false;
  try {
    const findings: Findings[] = [];
    for (const { name, run } of SCENARIOS) {
      if (options.only.length > 0 && !options.only.includes(name)) continue;
      const found = await run(bench);
      if (found !== undefined) findings.push(found);
    }
    isGood = true;
    const at = new Date().toISOString();
    return { at, machine: machine(), rounds: options.rounds, checked: answers.checked, findings };
  } finally {
    redis?.stop();
    await house.close(options.keep || !isGood);
    if (options.keep || !isGood) tell(`what the programs said stands in ${house.fileAt('programs.log')}`);
  }
}

function machine(): string {
  const processors = cpus();
  return `Node ${process.versions.node}, ${platform()} ${arch()}, ${processors.length} × ${processors[0]?.model.trim() ?? '?'}`;
}

function keepResults(report: Report, folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'latest.json'), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(folder, 'latest.md'), writeMarkdown(report));
  writeFileSync(join(folder, 'latest.svg'), writeSvg(report));
}

async function main(args: readonly string[]): Promise<number> {
  const options = parseRunOptions(
    args,
    SCENARIOS.map(({ name }) => name),
  );
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const report = await measure(options);
  console.log(writeMarkdown(report));
  if (options.out !== null) keepResults(report, resolve(ROOT, options.out));
  return 0;
}

// Its programs end with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : error);
  process.exit(1);
}
