import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { readMarks } from './provenance.js';
import { FileError, fileError, readBounded } from './read-bounded.js';

/** One file of a folder that is laid out as `<area>/…`. */
export interface SampleFile {
  /** Where it is. */
  readonly file: string;
  /** `<area>/…` with slashes, as readers know it. */
  readonly path: string;
  /** Made or changed by hand, so that it may be refused. */
  readonly marked: boolean;
  /** What a binary file beside it should give, written down by others: `ticket.bin.json` or `ticket.json`. */
  readonly expected: boolean;
}

const PROVENANCE = 'PROVENANCE.md';
const LARGEST_PROVENANCE = 1024 * 1024;
const MOST_FILES = 20_000;
const DEEPEST = 20;

/**
 * All files below `folder` in order of their paths; names that start with a dot are left out. A folder that has a
 * provenance file of its own is a single area.
 * @throws FileError when the folder cannot be read or holds too much
 */
export async function listSampleFiles(folder: string): Promise<readonly SampleFile[]> {
  const root = resolve(folder);
  const isArea = (await readProvenance(root)) !== null;
  const paths = await new Walk(root).run();
  const present = new Set(paths);
  const marksOf = new Map<string, ReadonlySet<string>>();
  const files: SampleFile[] = [];
  for (const inside of paths) {
    const path = isArea ? `${basename(root)}/${inside}` : inside;
    const area = path.slice(0, path.indexOf('/') + 1);
    const marks = marksOf.get(area) ?? readMarks((await readProvenance(isArea ? root : join(root, area))) ?? '');
    marksOf.set(area, marks);
    files.push({
      file: join(root, inside),
      path,
      marked: marks.has(path.slice(area.length)),
      expected: isExpected(inside, present),
    });
  }
  return files;
}

function isExpected(path: string, present: ReadonlySet<string>): boolean {
  const described = /^(.+?)(?:\.bin)?\.json$/i.exec(path)?.[1];
  return described !== undefined && present.has(`${described}.bin`);
}

/** Null without one. */
async function readProvenance(folder: string): Promise<string | null> {
  try {
    return (await readBounded(join(folder, PROVENANCE), LARGEST_PROVENANCE)).toString('utf8');
  } catch {
    return null;
  }
}

class Walk {
  private readonly paths: string[] = [];
  private readonly visited = new Set<string>();

  constructor(private readonly root: string) {}

  async run(): Promise<readonly string[]> {
    try {
      await this.enter(this.root, '', 0);
    } catch (error) {
      throw fileError(error);
    }
    return this.paths;
  }

  private async enter(folder: string, prefix: string, depth: number): Promise<void> {
    // Links may lead in circles.
    const real = await realpath(folder);
    if (this.visited.has(real)) return;
    this.visited.add(real);
    if (depth > DEEPEST) throw new FileError(`has more than ${DEEPEST} levels of folders`);
    const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).toSorted();
    for (const name of names) {
      const kind = await stat(join(folder, name)).catch(() => null);
      if (kind?.isDirectory()) await this.enter(join(folder, name), `${prefix}${name}/`, depth + 1);
      else this.paths.push(`${prefix}${name}`);
      if (this.paths.length > MOST_FILES) throw new FileError(`has more than ${MOST_FILES} files`);
    }
  }
}
