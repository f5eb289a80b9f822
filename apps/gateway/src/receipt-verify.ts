// npm run receipt:verify: tells whether a receipt is genuine, without asking anybody unless keys are named by address.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { AppError, formatBerlin, systemClock } from '#lib/kernel';
import { verifyReceipt, type ReceiptFacts } from '#lib/processes';
import { Upstream } from '#lib/upstream';
import { readReceipt } from './operator/read-receipt.js';
import { UsageError } from './operator/usage-error.js';

const KEYS_FILE = 'saaltor-receipt-keys.json';
const HELP = `npm run receipt:verify -- <file> [--keys <file or address>]

<file>  the receipt: the .jws file of the mail, or the text of Receipt.signedJson
--keys  the keys of the house, from https://<gateway>/.well-known/${KEYS_FILE};
        ${KEYS_FILE} in this folder unless given

Ends with 0 when the receipt is genuine, with 1 when it is not, with 2 when it could not be looked at.
`;
const LARGEST_FILE = 100_000;
const KEYS_MS = 10_000;

type Keys = Parameters<typeof verifyReceipt>[1];

async function readKeys(place: string): Promise<Keys> {
  const text = /^https?:/.test(place) ? await fetchKeys(new URL(place)) : readBounded(place);
  const keys = parseJson(text) as { readonly keys?: unknown } | null;
  if (!Array.isArray(keys?.keys))
    throw new UsageError(`${place} holds no keys: a JSON object with "keys" was expected`);
  return keys as Keys;
}

async function fetchKeys({ origin, pathname, search }: URL): Promise<string> {
  const upstream = new Upstream(systemClock, { concurrent: 1, waiting: 1, cacheBytes: 1_000 });
  try {
    const connection = upstream.connect({ name: 'keys', baseUrl: origin, maxBodyBytes: LARGEST_FILE });
    const request = { method: 'GET', path: pathname + search, headers: {} } as const;
    const { status, body } = await connection.send(request, { signal: AbortSignal.timeout(KEYS_MS) });
    if (status !== 200) throw new UsageError(`the address of the keys answers ${status}`);
    return body.toString('utf8');
  } finally {
    upstream.onApplicationShutdown();
  }
}

function readBounded(file: string): string {
  const bytes = readFileSync(file);
  if (bytes.length > LARGEST_FILE) throw new UsageError(`${file} is larger than any receipt or set of keys`);
  return bytes.toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function show({ number, at, title, kind, subsidiaries, process: id, inputHash }: ReceiptFacts): string {
  return [
    'The receipt is genuine.',
    `receipt      ${number}`,
    `accepted     ${formatBerlin(at)}`,
    `what         ${title} (${kind})`,
    `where        ${subsidiaries.join(', ')}`,
    `process      ${id}`,
    `input hash   ${inputHash}`,
  ].join('\n');
}

async function main(args: string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(HELP);
    return 0;
  }
  try {
    const { positionals, values } = parseArgs({ args, options: { keys: { type: 'string' } }, allowPositionals: true });
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) throw new UsageError('name one file with a receipt');
    const receipt = readBounded(file);
    const keys = await readKeys(values.keys ?? KEYS_FILE);
    console.log(show(await verifyReceipt(readReceipt(receipt), keys)));
    return 0;
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): number {
  if (error instanceof AppError && error.code === 'INVALID_INPUT') {
    console.error(`The receipt is not genuine: ${error.details.reason ?? error.message}`);
    return 1;
  }
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  const isUsage = error instanceof UsageError || code?.startsWith('ERR_PARSE_ARGS') === true;
  const isExpected =
    isUsage || error instanceof AppError || code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES';
  if (!isExpected) throw error;
  console.error(isUsage ? `${message}\n\n${HELP}` : message);
  return 2;
}

process.exitCode = await main(process.argv.slice(2));
