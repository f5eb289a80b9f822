import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { loadSettings, type Settings } from '#lib/config';
import { requestErrors } from '#lib/graph';
import { AppError, parseAcceptLanguage, systemClock, type Clock } from '#lib/kernel';
import type { Subsidiary } from '#lib/subsidiary-kit';
import { settingsOf, SubgraphModule } from './subgraph.module.js';

/** A router's operations are larger than a client's, but not by much. */
const LARGEST_BODY_BYTES = 200_000;
/** As at the gateway: a caller that has not sent its whole request by then is cut off. */
const REQUEST_TIMEOUT_MS = 9_500;
/** All that is served here; what the libs bring besides is the gateway's. */
const OPEN_PATHS: ReadonlySet<string> = new Set(['/graphql', '/health']);

export interface CreateOptions {
  readonly clock?: Clock;
  /** False for tools that build the program but never run it: then no database is looked for. */
  readonly open?: boolean;
}

/**
 * Settings of one subsidiary's process. It answers requests only: whoever submits a command here has it carried out by
 * the workers of the gateway, which know the commands of all subsidiaries.
 * @throws SettingsError naming every variable that is missing or wrong
 */
export function loadSubgraphSettings(
  only: Subsidiary,
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  return loadSettings(settingsOf(only), { ...environment, SAALTOR_ROLES: 'web' });
}

/** The subgraph of one subsidiary, ready to listen; `init` and `listen` wait for the database. */
export async function createSubgraph(
  only: Subsidiary,
  settings: Settings,
  { clock = systemClock, open = true }: CreateOptions = {},
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: LARGEST_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    SubgraphModule.of(settings, { only, clock, open }),
    adapter,
    {
      logger: ['error', 'warn', 'fatal'],
      abortOnError: false,
    },
  );
  closeOtherDoors(adapter.getInstance());
  return app;
}

function closeOtherDoors(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async ({ url, headers }, reply) => {
    if (OPEN_PATHS.has(url.split('?', 1)[0] ?? '')) return undefined;
    const refused = new AppError('NOT_FOUND', 'no such path');
    return reply.code(404).send(requestErrors(refused, parseAcceptLanguage(headers['accept-language'])));
  });
}
