import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { arch, cpus, platform } from 'node:os';
import { subsidiaries } from '#subsidiaries';
import { tableOf, type Figures } from './figures.js';
import { parseOptions } from './options.js';
import { progressLine } from './progress-line.js';
import { Stopwatch } from './stopwatch.js';

const benches = subsidiaries.flatMap((subsidiary) => subsidiary.benches ?? []);

const HELP = `Aufruf: npm run bench:formats -- [--json DATEI] [MESSUNG …]

Misst im eigenen Prozess, auf erzeugten Daten, und prüft jede Antwort gegen einen einfachen Durchlauf.
Ohne MESSUNG laufen alle:

${benches.map(({ name, describe }) => `  ${name.padEnd(14)}${describe}`).join('\n')}

  --json DATEI  schreibt die Zahlen auch als JSON
  --help        zeigt dies`;

async function main(args: readonly string[]): Promise<number> {
  const { help, json, names } = parseOptions(args);
  const unknown = names.find((name) => benches.every((bench) => bench.name !== name));
  if (help || unknown !== undefined) {
    console.log(unknown === undefined ? HELP : `Es gibt keine Messung "${unknown}".\n\n${HELP}`);
    return unknown === undefined ? 0 : 2;
  }
  const figures: Figures[] = [];
  for (const bench of benches.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const stopwatch = new Stopwatch(bench.name, progressLine(process.stderr));
    await bench.run(stopwatch);
    for (const each of stopwatch.figures) figures.push(each);
  }
  console.log(`\n${tableOf(figures)}\n\nJede Antwort wurde geprüft. ${machine()}`);
  if (json !== null) {
    const report = { at: new Date().toISOString(), machine: machine(), figures };
    await writeFile(json, `${JSON.stringify(report, null, 2)}\n`);
  }
  return 0;
}

function machine(): string {
  const processors = cpus();
  return `Node ${process.versions.node}, ${platform()} ${arch()}, ${processors.length} × ${processors[0]?.model.trim() ?? '?'}`;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
