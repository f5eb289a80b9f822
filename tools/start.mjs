// npm start: installs and builds if needed, starts the sandbox and the gateway, and says how to use them.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './project.mjs';

const HELP = `npm start: the gateway with its sandbox, on this machine alone.

  PORT=4000          port of the gateway
  SANDBOX_PORT=4100  first of the sandbox's ports (control, identity provider, one per legacy system)
`;

/** Time the programs get to stop by themselves. */
const STOP_MS = 10_000;

const children = [];
let stopping = false;

function stop(code) {
  if (stopping) return;
  stopping = true;
  const running = children.filter((child) => child.exitCode === null && child.signalCode === null);
  let left = running.length;
  if (left === 0) process.exit(code);
  for (const child of running) {
    child.once('exit', () => {
      left -= 1;
      if (left === 0) process.exit(code);
    });
    child.kill('SIGTERM');
  }
  setTimeout(() => {
    for (const child of running) child.kill('SIGKILL');
    process.exit(code);
  }, STOP_MS).unref();
}

/** Starts a program and resolves with the message it sends when it is ready. */
function start(module, environment) {
  return new Promise((resolve) => {
    const child = fork(join(root, 'dist', module), [], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    children.push(child);
    child.once('message', resolve);
    // What went wrong stands on standard error already.
    child.once('exit', () => stop(1));
  });
}

function personaLines(personas, url) {
  return personas.flatMap(({ key, name, description, password }) => [
    `  ${key.padEnd(12)} ${password === null ? '(no sign-in)' : `password ${password}`}  ${name}: ${description}`,
    ...(password === null ? [] : [`  ${' '.repeat(12)} ${url}/graphql?persona=${key}`]),
  ]);
}

/** Someone who can sign in and is known to most subsidiaries. */
function example(personas) {
  const known = (persona) => Object.keys(persona.numbers).length;
  return personas
    .filter(({ password }) => password !== null)
    .reduce((best, other) => (known(other) > known(best) ? other : best));
}

async function curlLine(url, controlUrl, persona) {
  const answer = await fetch(`${controlUrl}/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ persona }),
    signal: AbortSignal.timeout(5_000),
  });
  const { access_token: token } = await answer.json();
  const { DASHBOARD_QUERY } = await import(join(root, 'dist/apps/gateway/src/sandbox/dashboard-query.js'));
  const body = JSON.stringify({ query: DASHBOARD_QUERY.replace(/\s+/g, ' ').trim() });
  return `curl -s ${url}/graphql -H 'content-type: application/json' -H 'authorization: Bearer ${token}' -d '${body}'`;
}

async function main() {
  process.on('SIGINT', () => stop(0)).on('SIGTERM', () => stop(0));
  ensureInstalled();
  ensureBuilt({ clean: true });
  const sandbox = await start('apps/sandbox/src/main.js', {});
  const gateway = await start('apps/gateway/src/main.js', sandbox.environment);
  const asked = await fetch(`${sandbox.controlUrl}/personas`, { signal: AbortSignal.timeout(5_000) });
  const { personas, agents } = await asked.json();
  const lines = [
    '',
    `GraphQL and GraphiQL   ${gateway.url}/graphql`,
    `Partner REST           ${gateway.url}/partner/v1/docs`,
    `Sandbox control        ${sandbox.controlUrl}`,
    `Identity provider      ${sandbox.issuer}`,
    '',
    'Personas, each with a link to GraphiQL signed in:',
    ...personaLines(personas, gateway.url),
    '',
    'Agents, who sign in at the counter:',
    ...personaLines(agents, gateway.url),
    '',
    'All four subsidiaries in one answer (run it twice: LIVE, then CACHED):',
    await curlLine(gateway.url, sandbox.controlUrl, example(personas).key),
    '',
    'Ctrl-C stops everything.',
  ];
  console.log(lines.join('\n'));
}

if (process.argv.includes('--help')) console.log(HELP);
else
  main().catch((error) => {
    console.error(error.message);
    stop(1);
  });
