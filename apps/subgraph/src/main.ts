import { GraphQLSchemaHost } from '@nestjs/graphql';
import { graphql } from 'graphql';
import { placeholderSettings, SettingsError } from '#lib/config';
import { StoreStartError } from '#lib/store';
import type { Subsidiary } from '#lib/subsidiary-kit';
import { subsidiaries } from '#subsidiaries';
import { createSubgraph, loadSubgraphSettings } from './create-subgraph.js';
import { readArguments, UsageError } from './read-arguments.js';
import { settingsOf } from './subgraph.module.js';
import { SubgraphSettings } from './subgraph.settings.js';

const NAMES = subsidiaries.map(({ key }) => key.toLowerCase());

const HELP = `One subsidiary of Saaltor as a subgraph (Apollo Federation 2), for a router that joins all of them.

  main.js <${NAMES.join('|')}>         answers at /graphql
  main.js <${NAMES.join('|')}> --sdl   prints its schema; needs no settings

Settings come from the environment, as for the gateway; those of other subsidiaries are not needed.
  PORT           port to listen on (4001)
  HOST           address to listen on (127.0.0.1); only the router should reach it
  DATABASE_URL   the gateway's database: customers and their rights are kept there
`;

/** Longest time for requests under way to end after the signal to stop. */
const STOP_MS = 9_000;

async function main(args: readonly string[]): Promise<void> {
  const { help, sdl, only } = readArguments(args, subsidiaries);
  if (help) return console.log(HELP);
  if (sdl) return void process.stdout.write(await sdlOf(only));
  await serve(only);
}

async function serve(only: Subsidiary): Promise<void> {
  const settings = loadSubgraphSettings(only, process.env);
  const app = await createSubgraph(only, settings);
  const stop = (): void => {
    setTimeout(() => process.exit(1), STOP_MS).unref();
    void app.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop).once('SIGTERM', stop).once('disconnect', stop);
  const { port, host } = app.get(SubgraphSettings);
  await app.listen(port, host);
  const url = await app.getUrl();
  console.log(`subgraph ${only.key.toLowerCase()} listens on ${url}`);
  process.send?.({ ready: true, url });
}

/** The schema as it is composed with the others'. */
async function sdlOf(only: Subsidiary): Promise<string> {
  const app = await createSubgraph(only, placeholderSettings(settingsOf(only)), { open: false });
  try {
    await app.init();
    const { schema } = app.get(GraphQLSchemaHost);
    const { data } = await graphql({ schema, source: '{ _service { sdl } }' });
    const { sdl } = data!['_service'] as { sdl: string };
    return sdl;
  } finally {
    await app.close();
  }
}

function explain(error: unknown): string {
  if (error instanceof SettingsError || error instanceof StoreStartError || error instanceof UsageError)
    return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(explain(error));
  process.exit(1);
});
