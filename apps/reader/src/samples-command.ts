import type { FormatReader } from '#lib/subsidiary-kit';
import type { Attempt } from './attempt.js';
import { isJsonSchema } from './json-schema.js';
import { FileError } from './read-bounded.js';
import { listSampleFiles, type SampleFile } from './sample-files.js';
import { lineOf, type Terminal } from './terminal.js';

/** Reads one file with the reader of that format. Never throws, and ends in bounded time. */
type TryFormat = (format: string, file: string, path: string) => Promise<Attempt>;

type Verdict = 'ok' | 'refused' | 'failed' | 'reference' | 'not covered';

/** Documents, schemas, tables of column names and pictures: there for people, not for readers. */
const REFERENCE = [
  /\.(?:md|pdf|xsd|wsdl|proto|png|jpe?g|gif|webp|svg)$/i,
  /(?:^|\/)schema\//,
  /(?:^|\/)model-[^/]*\.extracted\.json$/,
  /-columns\.json$/,
  /(?:^|\/)(?:README|LICEN[CS]E|NOTICE)[^/]*$/i,
];

/**
 * `samples <folder>`: reads every file of a folder laid out as `<area>/…`, one line a file. A file made by hand may be
 * refused with a reason; any other file must read, and no reader may crash.
 * @returns exit code: 0 nothing failed, 1 something failed or the folder cannot be read, 2 wrong usage
 */
export async function runSamples(
  args: readonly string[],
  readers: readonly FormatReader[],
  terminal: Terminal,
  tryFormat: TryFormat,
): Promise<number> {
  const help = args.includes('--help') || args.includes('-h');
  const [folder, ...more] = args;
  if (help || folder === undefined || more.length > 0) {
    const usage = 'Aufruf: npm run samples -- <Ordner>';
    if (help) terminal.out(usage);
    else terminal.err(usage);
    return help ? 0 : 2;
  }
  try {
    return await judgeAll(await listSampleFiles(folder), readers, terminal, tryFormat);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    terminal.err(lineOf(folder, error.message));
    return 1;
  }
}

async function judgeAll(
  files: readonly SampleFile[],
  readers: readonly FormatReader[],
  terminal: Terminal,
  tryFormat: TryFormat,
): Promise<number> {
  const counts: Record<Verdict, number> = { ok: 0, refused: 0, failed: 0, reference: 0, 'not covered': 0 };
  for (const file of files) {
    const [verdict, ...why] = await judge(file, readers, tryFormat);
    counts[verdict] += 1;
    terminal.out(`${verdict} ${lineOf(file.path, ...why)}`);
  }
  terminal.out(`${counts['not covered']} not covered`);
  terminal.out(`${counts.ok + counts.refused} passed, ${counts.failed} failed`);
  return counts.failed > 0 ? 1 : 0;
}

async function judge(
  { file, path, marked, expected }: SampleFile,
  readers: readonly FormatReader[],
  tryFormat: TryFormat,
): Promise<[Verdict, ...string[]]> {
  if (expected || REFERENCE.some((pattern) => pattern.test(path)) || (await isJsonSchema(file))) return ['reference'];
  const reader = readers.find(({ covers }) => covers(path));
  if (reader === undefined) return ['not covered'];
  const attempt = await tryFormat(reader.format, file, path);
  if (attempt.kind === 'read') return ['ok'];
  const verdict = attempt.kind === 'refused' && marked ? 'refused' : 'failed';
  return [verdict, attempt.place, attempt.reason];
}
