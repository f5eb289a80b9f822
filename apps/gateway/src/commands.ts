// npm run commands: what operators see of durable commands, and do about those that the house cannot finish by itself.
import 'reflect-metadata';
import { userInfo } from 'node:os';
import { SettingsError } from '#lib/config';
import { AppError } from '#lib/kernel';
import { StoreStartError } from '#lib/store';
import { carryOut } from './operator/carry-out.js';
import { readOrder } from './operator/read-order.js';
import { UsageError } from './operator/usage-error.js';
import { withDesk } from './operator/with-desk.js';

const HELP = `npm run commands -- list [--state WITH_AGENT,UNCERTAIN] [--subsidiary ENERGY] [--older-than 2h] [--first 50] [--json]
npm run commands -- show <process>
npm run commands -- show <process> --data --reason <why>
npm run commands -- retry <process> --reason <why> [--surely-without-effect]
npm run commands -- resolve <process> done|refused --reason <why>
npm run commands -- pause <subsidiary> --reason <why>
npm run commands -- resume <subsidiary>

list     what is not over, the nearest deadline first; nothing personal
show     one process with its journal; with --data the customer's own input, too, which the customer sees recorded
retry    for WITH_AGENT: tries again, with a new deadline; what is in doubt is read back first.
         For UNCERTAIN only --surely-without-effect: you have looked into the legacy system, and it booked nothing
resolve  says what became of it, as a person has found out
pause    nothing new is begun there on any instance; wishes are still accepted
resume   goes on

<process> is its id or the number of its receipt. --as <name> says who does it; the login name unless given.
The database is that of DATABASE_URL, or the embedded one of this folder.
Ends with 1 when the process is not there or not in a state for it, with 2 when nothing could be asked for.
`;

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(HELP);
    return 0;
  }
  try {
    const { order, actor = userInfo().username } = readOrder(args);
    console.log(await withDesk(process.env, (desk) => carryOut(order, actor, desk)));
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${HELP}`);
      return 2;
    }
    if (error instanceof SettingsError || error instanceof StoreStartError) {
      console.error(error.message);
      return 2;
    }
    if (!(error instanceof AppError)) throw error;
    const { code, message, details } = error;
    console.error([message, details.reason].filter(Boolean).join(': '));
    return code.startsWith('UPSTREAM_') ? 2 : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
