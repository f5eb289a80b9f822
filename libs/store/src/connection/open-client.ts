import pg from 'pg';
import type { Clock } from '#lib/kernel';
import { pause, timeLimit } from '../pause.js';
import { StoreStartError } from '../store-start-error.js';
import { clientConfig } from './client-config.js';

const PAUSE_MS = 100;
/** Wrong name, password or database: waiting does not help. */
const HOPELESS = /^(28|3D)/;

/**
 * The first connection of a start; waits for a database that is not up yet.
 * @throws StoreStartError when it does not answer in time or refuses us
 */
export async function openFirstClient(
  url: string,
  limits: { readonly startMs: number; readonly statementMs: number },
  clock: Clock,
): Promise<pg.Client> {
  const limit = timeLimit(clock, limits.startMs);
  try {
    for (;;) {
      const client = new pg.Client(clientConfig(url, limits.statementMs));
      client.on('error', () => undefined);
      try {
        await client.connect();
        return client;
      } catch (error) {
        await client.end().catch(() => undefined);
        const code = (error as { code?: string }).code ?? '';
        if (HOPELESS.test(code)) {
          throw new StoreStartError(`The database refuses us (${code}). Cure: correct DATABASE_URL.`, error);
        }
        if (limit.over) {
          const cure = 'Cure: start it, correct DATABASE_URL, or unset it to use the embedded server.';
          throw new StoreStartError(
            `The database does not answer within ${limits.startMs} ms (${code}). ${cure}`,
            error,
          );
        }
        await pause(clock, PAUSE_MS);
      }
    }
  } finally {
    limit.cancel();
  }
}
