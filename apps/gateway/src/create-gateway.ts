import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ChannelSettings, PartnerAuthorization } from '#lib/access';
import type { Settings } from '#lib/config';
import { admitDocuments, AnswerReuse, DocumentGate, reuseAnswers } from '#lib/graph';
import { CLOCK, systemClock, type Clock } from '#lib/kernel';
import { serveOpenApi } from '#lib/partner';
import { OperatorDesk } from '#lib/processes';
import { Upstream } from '#lib/upstream';
import { EdgeFilter } from './edge/edge.filter.js';
import { addAnswerHeaders } from './edge/headers.hook.js';
import { refusePackedBodies } from './edge/packed-bodies.hook.js';
import { servePartnerOAuth } from './edge/partner-oauth.routes.js';
import { serverOptions } from './edge/server-options.js';
import { GatewayModule } from './gateway.module.js';
import { GatewaySettings } from './gateway.settings.js';
import { serveGraphiql } from './sandbox/graphiql.js';
import { SandboxControl } from './sandbox/sandbox-control.js';
import { serveMetrics } from './metrics/metrics.routes.js';
import { processMetrics } from './metrics/process-metrics.js';

export interface GatewayOptions {
  readonly clock?: Clock;
  /** False for tools that build the program but never run it: then no database is looked for. */
  readonly open?: boolean;
}

/** The gateway, ready to listen; `init` and `listen` wait for the database. */
export async function createGateway(settings: Settings, options: GatewayOptions = {}): Promise<NestFastifyApplication> {
  const { clock = systemClock, open = true } = options;
  const { trustedProxies } = settings.get(ChannelSettings) as ChannelSettings;
  const adapter = new FastifyAdapter(serverOptions(trustedProxies));
  const app = await NestFactory.create<NestFastifyApplication>(GatewayModule.of(settings, clock, open), adapter, {
    logger: ['error', 'warn', 'fatal'],
    abortOnError: false,
  });
  app.useGlobalFilters(new EdgeFilter());
  addAnswerHeaders(adapter.getInstance());
  refusePackedBodies(adapter.getInstance());
  const {
    sandboxUrl,
    metricsToken,
    trustedDocuments = sandboxUrl === undefined ? 'require' : 'off',
  } = app.get(GatewaySettings);
  const gate = app.get(DocumentGate, { strict: false });
  reuseAnswers(adapter, app.get(AnswerReuse, { strict: false }), gate);
  admitDocuments(adapter.getInstance(), gate, trustedDocuments);
  if (sandboxUrl !== undefined) {
    serveGraphiql(adapter.getInstance(), new SandboxControl(sandboxUrl, app.get(Upstream), app.get<Clock>(CLOCK)));
  }
  servePartnerOAuth(adapter.getInstance(), app.get(PartnerAuthorization, { strict: false }));
  const desk = app.get(OperatorDesk, { strict: false });
  serveMetrics(adapter.getInstance(), () => processMetrics(desk), metricsToken);
  serveOpenApi(app);
  return app;
}
