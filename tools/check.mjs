// npm run check: everything that can be said without running the program's tests. Each step is independent.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './project.mjs';

const bin = (name) => join(root, 'node_modules/.bin', name);

const STEPS = [
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['lint', bin('oxlint'), ['--deny-warnings', 'apps', 'libs', 'test', 'tools']],
  ['types', bin('tsc'), ['--noEmit', '-p', '.']],
  ['boundaries', bin('depcruise'), ['--config', '.dependency-cruiser.cjs', 'apps', 'libs', 'test']],
  ['dead exports', bin('knip'), []],
];

/** Resolves with the output and whether it went well. */
function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ output: error.message, ok: false }));
    child.on('close', (code) => resolve({ output, ok: code === 0 }));
  });
}

/** schema.graphql must be what the code makes of itself. */
async function schemaDrift() {
  ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'saaltor-schema-'));
  try {
    const file = join(folder, 'schema.graphql');
    const { output, ok } = await run(process.execPath, [join(root, 'dist/apps/gateway/src/print-schema.js'), file]);
    if (!ok) return { output, ok };
    const same = readFileSync(file, 'utf8') === readFileSync(join(root, 'schema.graphql'), 'utf8');
    return {
      output: same ? '' : 'schema.graphql differs from the code: run "npm run schema" and look at the diff.\n',
      ok: same,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The subgraphs and what they are composed to, likewise. */
async function subgraphDrift() {
  ensureBuilt();
  try {
    const { drifted } = await import('./subgraphs.mjs');
    const paths = await drifted();
    const output = `${paths.join(', ')} differ from the code: run "npm run subgraphs" and look at the diff.\n`;
    return { output, ok: paths.length === 0 };
  } catch (error) {
    return { output: `the subgraphs do not go together: ${error.message}\n`, ok: false };
  }
}

async function report(name, work) {
  const begun = Date.now();
  const { output, ok } = await work;
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
  if (!ok) console.log(output);
  return ok;
}

ensureInstalled();
let good = true;
for (const [name, command, args] of STEPS) good = (await report(name, run(command, args))) && good;
good = (await report('schema drift', schemaDrift())) && good;
good = (await report('subgraph drift', subgraphDrift())) && good;
process.exit(good ? 0 : 1);
