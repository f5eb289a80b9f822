/** Rows of a provenance table that name a file somebody made or changed by hand. Case matters: "unedited" is none. */
const MADE_BY_HAND = /\b(?:HAND-MADE|EDITED)\b/;
const INVALID_FOLDER = /(?:^|\/)invalid\//;

/**
 * The files of an area that need not read, from the tables in its PROVENANCE.md: first column the file, second where
 * it comes from. A file counts when its row says HAND-MADE or EDITED, or when it lies or lay in a folder `invalid`.
 */
export function readMarks(markdown: string): ReadonlySet<string> {
  const marks = new Set<string>();
  for (const line of markdown.split(/\r?\n/)) {
    if (!line.startsWith('|')) continue;
    const [file = '', origin = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim().replaceAll('`', ''));
    if (MADE_BY_HAND.test(line) || INVALID_FOLDER.test(file) || INVALID_FOLDER.test(origin)) marks.add(file);
  }
  return marks;
}
