import { isOrigin } from './control/read-identity-orders.js';
import { startSandbox, type Sandbox } from './start-sandbox.js';

const DEFAULT_PORT = 4100;
const DEFAULT_GATEWAY_PORT = 4000;

const HELP = `Saaltor sandbox: imitates the legacy systems, with personas, faults, a clock and an identity provider.

Usage: node dist/apps/sandbox/src/main.js [--help]

Environment:
  SANDBOX_PORT  first of the consecutive ports, 0 for free ones (default ${DEFAULT_PORT})
  SANDBOX_HOST  address to listen on (default 127.0.0.1)
  PORT          where the gateway listens, for sign-ins (default ${DEFAULT_GATEWAY_PORT})
  SANDBOX_REDIRECT_ORIGINS  further origins of browser channels, separated by commas

Started by another Node process, it sends {ready, controlUrl, issuer, environment} and stops when that one ends.
`;

async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(HELP);
    return;
  }
  const starting = startSandbox({
    ...readHost(),
    ports: readPort('SANDBOX_PORT', DEFAULT_PORT, 65_500),
    gatewayPort: readPort('PORT', DEFAULT_GATEWAY_PORT, 65_535),
    redirectOrigins: readOrigins(),
  });
  stopOnSignals(starting);
  const sandbox = await starting;
  for (const { name, url } of sandbox.addresses) process.stdout.write(`${name.padEnd(10)} ${url}\n`);
  const { controlUrl, issuer, environment } = sandbox;
  process.send?.({ ready: true, controlUrl, issuer, environment });
}

function readHost(): { host?: string } {
  const host = process.env['SANDBOX_HOST'];
  return host ? { host } : {};
}

function readPort(variable: string, otherwise: number, highest: number): number {
  const text = process.env[variable] || String(otherwise);
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > highest) throw new Error(`${variable} must be a number from 0 to ${highest}`);
  return port;
}

function readOrigins(): readonly string[] {
  const origins = (process.env['SANDBOX_REDIRECT_ORIGINS'] ?? '').split(',').flatMap((text) => text.trim() || []);
  if (origins.every(isOrigin)) return origins;
  throw new Error('SANDBOX_REDIRECT_ORIGINS must list origins such as https://portal.example.test, without a path');
}

/** Stops at once, also when it has not quite started. */
function stopOnSignals(starting: Promise<Sandbox>): void {
  const stop = () => void starting.then((sandbox) => sandbox.close()).finally(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  // Only sent where another process started this one: it must not outlive that.
  process.once('disconnect', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  // Setting the exit code would not do: the channel to a parent process keeps this one alive.
  process.exit(1);
});
