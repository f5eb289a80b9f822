import type { FormatReader } from '#lib/subsidiary-kit';
import { explain, readWith } from './attempt.js';
import { lineOf, type Terminal } from './terminal.js';

/**
 * `read <format> <file>`: prints the model of a file as JSON.
 * @returns exit code: 0 read, 1 not read (one line on stderr: file, place, reason), 2 wrong usage
 */
export async function runRead(
  args: readonly string[],
  readers: readonly FormatReader[],
  terminal: Terminal,
): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    terminal.out(usage(readers));
    return 0;
  }
  const [format, file, ...more] = args;
  const reader = readers.find((each) => each.format === format);
  if (reader === undefined || file === undefined || more.length > 0) {
    terminal.err(usage(readers));
    return 2;
  }
  try {
    const model = await readWith(reader, file, file.replaceAll('\\', '/'));
    terminal.out(JSON.stringify(model, null, 2) ?? 'null');
    return 0;
  } catch (error) {
    const { place, reason } = explain(error);
    terminal.err(lineOf(file, place, reason));
    return 1;
  }
}

function usage(readers: readonly FormatReader[]): string {
  const width = Math.max(0, ...readers.map(({ format }) => format.length));
  const formats = readers.map(({ format, describe }) => `  ${format.padEnd(width)}  ${describe}`).toSorted();
  return ['Aufruf: npm run read -- <Format> <Datei>', '', 'Formate:', ...formats].join('\n');
}
