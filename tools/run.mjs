// node tools/run.mjs <module below dist> [arguments…]: installs and builds if needed, then runs it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './project.mjs';

const [module, ...args] = process.argv.slice(2);
ensureInstalled();
ensureBuilt();
const child = spawn(process.execPath, [join(root, 'dist', module), ...args], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
