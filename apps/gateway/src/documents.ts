// npm run documents: registers the documents of front ends, and shows which of them are used.
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { loadSettings, SettingsError } from '#lib/config';
import { problemsOf, readManifest, TrustedDocuments, type ManifestDocument } from '#lib/graph';
import { AppError, systemClock } from '#lib/kernel';
import { Store, StoreSettings, StoreStartError } from '#lib/store';
import { migrations } from './migrations.js';

const HELP = `npm run documents -- check <manifest>
npm run documents -- add <manifest> --client <name>@<version>
npm run documents -- list

check   compares each document with schema.graphql and the limits; changes nothing
add     checks, then registers: the gateway takes registered documents by their id, and nothing else
        where TRUSTED_DOCUMENTS=require (the default without a sandbox)
list    registered documents, the least used first

<manifest> is persisted-documents.json of GraphQL Code Generator's client preset, or Apollo's persisted query manifest.
The database is that of DATABASE_URL, or the embedded one of this folder. Ends with 1 when a document is refused.
`;

class UsageError extends Error {}

async function run([command, ...rest]: readonly string[]): Promise<number> {
  switch (command) {
    case 'check':
      return check(read(rest[0])) ? 0 : 1;
    case 'add':
      return add(rest);
    case 'list':
      await withDocuments(list);
      return 0;
    default:
      throw new UsageError('the first word must be check, add or list');
  }
}

async function add([file, option, name = '']: readonly string[]): Promise<number> {
  const [, client, version] = /^([\w./-]{1,60}|@[\w./-]{1,59})@([\w.+-]{1,60})$/.exec(name) ?? [];
  if (option !== '--client' || client === undefined || version === undefined) {
    throw new UsageError('add needs a manifest and --client <name>@<version>');
  }
  const documents = read(file);
  if (!check(documents)) return 1;
  const added = await withDocuments((trusted) => trusted.add(documents, { client, version }));
  console.log(`${added} new, ${documents.length - added} known`);
  return 0;
}

async function list(trusted: TrustedDocuments): Promise<void> {
  for (const { id, client, version, uses, lastDay } of await trusted.listUses()) {
    console.log(`${String(uses).padStart(9)} uses  ${lastDay || 'never     '}  ${client}@${version}  ${id}`);
  }
}

function read(file: string | undefined): readonly ManifestDocument[] {
  if (file === undefined) throw new UsageError('the manifest is missing');
  return readManifest(readFileSync(file, 'utf8'));
}

function check(documents: readonly ManifestDocument[]): boolean {
  const schema: GraphQLSchema = buildSchema(readFileSync('schema.graphql', 'utf8'));
  const refused = documents.filter(({ id, body }) => {
    const problems = problemsOf(schema, body);
    for (const problem of problems) console.log(`${id}: ${problem}`);
    return problems.length > 0;
  });
  console.log(`${documents.length - refused.length} passed, ${refused.length} refused`);
  return refused.length === 0;
}

async function withDocuments<T>(work: (trusted: TrustedDocuments) => Promise<T>): Promise<T> {
  const settings = loadSettings([StoreSettings], process.env).get(StoreSettings) as StoreSettings;
  const store = new Store(settings, systemClock, { migrations, open: true });
  await store.onModuleInit();
  try {
    return await work(new TrustedDocuments(store, systemClock));
  } finally {
    await store.onApplicationShutdown();
  }
}

/** What the caller did wrong, in one line; everything else keeps its stack. */
function explain(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\n${HELP}`;
  const isExpected = error instanceof AppError || error instanceof SettingsError || error instanceof StoreStartError;
  if (isExpected) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log(HELP);
} else {
  try {
    process.exitCode = await run(args);
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 2;
  }
}
