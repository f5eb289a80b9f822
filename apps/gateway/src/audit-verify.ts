// npm run audit:verify: follows every customer's chain of the record of access and names the places where it was changed.
import { verifyRecord } from '#lib/customer';
import { loadSettings, SettingsError } from '#lib/config';
import { systemClock } from '#lib/kernel';
import { Store, StoreSettings, StoreStartError } from '#lib/store';
import { migrations } from './migrations.js';

const HELP = `npm run audit:verify

Checks the record of access in the database of DATABASE_URL, or in the embedded one of this folder.
Ends with 0 when every sealed entry is as it was written, with 1 and a list of places otherwise.
`;

async function verify(): Promise<boolean> {
  const settings = loadSettings([StoreSettings], process.env).get(StoreSettings) as StoreSettings;
  const store = new Store(settings, systemClock, { migrations, open: true });
  await store.onModuleInit();
  try {
    const onTerminal = process.stderr.isTTY;
    const report = await verifyRecord(store, (entries) => {
      if (onTerminal) process.stderr.write(`\r${entries} entries …`);
    });
    if (onTerminal) process.stderr.write('\r');
    for (const { customerId, seq, reason } of report.faults)
      console.log(`customer ${customerId}, entry ${seq}: ${reason}`);
    const { customers, sealed, waiting, faultCount } = report;
    console.log(
      `${sealed} sealed entries of ${customers} customers, ${waiting} waiting for their seal, ${faultCount} faults`,
    );
    return faultCount === 0;
  } finally {
    await store.onApplicationShutdown();
  }
}

async function main(): Promise<number> {
  if (process.argv.includes('--help')) {
    console.log(HELP);
    return 0;
  }
  try {
    return (await verify()) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof SettingsError || error instanceof StoreStartError)) throw error;
    console.error(error.message);
    return 2;
  }
}

process.exitCode = await main();
