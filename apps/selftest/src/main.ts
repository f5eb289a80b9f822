// npm run auth:selftest -- <gateway URL>: checks the sign-in of a running gateway.
import { HELP, parseOptions, type Options } from './options.js';
import { exitCodeOf, tableOf } from './report/report.js';
import { runSelfTest } from './self-test.js';

function readOptions(): Options | undefined {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${HELP}`);
    return undefined;
  }
}

async function main(): Promise<number> {
  const options = readOptions();
  if (options === undefined) return 2;
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  try {
    const report = await runSelfTest(options.target);
    process.stdout.write(`${options.json ? JSON.stringify(report, null, 2) : tableOf(report)}\n`);
    return exitCodeOf(report);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

process.exitCode = await main();
