// npm run soak: keeps a whole house under mixed load, and shows whether its memory stays flat and its event loop free.
import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { parseOptions } from './options.js';
import { isGood, linesOf } from './report.js';
import { soak } from './soak.js';

const HELP = `Aufruf: npm run soak -- [--minutes N] [--rate N] [--instances N] [--seed N] [--json DATEI]

Startet Sandbox, Datenbank, Redis und Gateways als eigene Prozesse, lässt viele Kundinnen und Kunden Übersichten ansehen,
Aufträge stellen und sich anmelden, und stört dabei reihum Altsysteme und Redis. Alle zehn Sekunden sagt eine Zeile, was
jedes Gateway von innen misst. Endet mit 1, wenn der Speicher wächst, Fehler kamen, die keine Störung erklärt, oder ein
Gateway nicht mehr antwortet.

  --minutes N    so lange (10)
  --rate N       Anfragen je Sekunde an alle Gateways zusammen (20)
  --instances N  Gateways (2)
  --seed N       macht einen Lauf so gut es geht wiederholbar
  --json DATEI   schreibt den Bericht auch als JSON
  --help         zeigt dies`;

async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  console.log(
    `Seed ${options.seed}, ${options.minutes} min, ${options.rate} Anfragen/s, ${options.instances} Gateways`,
  );
  const report = await soak(options, (line) => console.log(line));
  console.log(`\n${linesOf(report).join('\n')}`);
  if (options.json !== null) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
  return isGood(report) ? 0 : 1;
}

// Its programs end with it, also those that stand still.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
