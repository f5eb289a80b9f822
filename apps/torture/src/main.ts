// npm run torture: kills, stops and disturbs everything while commands are carried out, and counts what became of them.
import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { parseOptions } from './options.js';
import { progressLine } from './progress-line.js';
import { isGood, linesOf } from './report.js';
import { torture } from './torture.js';

const HELP = `Aufruf: npm run torture -- [--commands N] [--seed N] [--minutes N] [--workers N] [--short] [--json DATEI] [--keep]

Startet Sandbox, Datenbank und mehrere Gateways als eigene Prozesse, stellt Aufträge aller fünf Arten für viele Haushalte
und stört dabei alles: Gateways sterben bei jedem benannten Schritt (kill -9) oder schlafen länger als ihre Zusage, die
Datenbank stürzt ab, Altsysteme verlieren Antworten, andere buchen auf dieselben Karten. Dann vergleicht es, was das Haus
sagt, mit dem, was die Altsysteme gebucht haben. Endet mit 1, wenn etwas verloren ging, doppelt gebucht wurde oder nicht
bewiesen ist.

  --commands N  so viele Aufträge (500)
  --seed N      macht einen Lauf so gut es geht wiederholbar
  --minutes N   nach so vielen Minuten gilt Unfertiges als Verstoß (15)
  --workers N   Gateways (3)
  --short       nur zwei Tode und ein Absturz der Datenbank
  --json DATEI  schreibt den Bericht auch als JSON
  --keep        lässt die Protokolle auch eines guten Laufs liegen und sagt wo
  --help        zeigt dies`;

async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const report = await torture(options, progressLine(process.stderr));
  console.log(`\n\n${linesOf(report).join('\n')}`);
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
