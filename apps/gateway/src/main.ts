import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadSettings, SettingsError } from '#lib/config';
import { StoreStartError } from '#lib/store';
import { createGateway } from './create-gateway.js';
import { SETTINGS } from './gateway.module.js';
import { GatewaySettings } from './gateway.settings.js';

const HELP = `Saaltor gateway: GraphQL at /graphql, partner REST at /partner/v1.

Settings come from the environment; a start without them names every variable that is missing.
  PORT           port to listen on (4000)
  HOST           address to listen on (127.0.0.1)
  SANDBOX_URL    control endpoint of the sandbox; turns sandbox mode on
  SAALTOR_ROLES  web, worker or both (web,worker): a worker carries processes out
  RECEIPT_KEY    Ed25519 key that signs receipts; needed without a sandbox
  SMTP_URL       mail server for receipts; without one nobody gets mail
  METRICS_TOKEN  opens /metrics to other machines
`;

/** Longest time for requests and legacy calls under way to end after the signal to stop; workers give them seven seconds. */
const STOP_MS = 9_000;

async function main(): Promise<void> {
  const app = await createGateway(loadSettings(SETTINGS, process.env));
  const { port, host } = app.get(GatewaySettings);
  const stop = (): void => {
    setTimeout(() => process.exit(1), STOP_MS).unref();
    void app.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop).once('SIGTERM', stop).once('disconnect', stop);
  const url = await open(app, port, host);
  console.log(`gateway listens on ${url}`);
  process.send?.({ ready: true, url });
}

/** Opens the port. Not through Nest, which would log a taken one in many lines; what was started is stopped again. */
async function open(app: NestFastifyApplication, port: number, host: string): Promise<string> {
  try {
    await app.init();
    return await app.getHttpAdapter().getInstance().listen({ port, host });
  } catch (error) {
    await app.close();
    throw error;
  }
}

function explain(error: unknown): string {
  if (error instanceof SettingsError || error instanceof StoreStartError) return error.message;
  const { code, port } = error as { code?: string; port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken. Choose another one for the gateway: PORT=${Number(port) + 1} npm start`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

if (process.argv.includes('--help')) {
  console.log(HELP);
} else {
  main().catch((error: unknown) => {
    console.error(explain(error));
    process.exit(1);
  });
}
