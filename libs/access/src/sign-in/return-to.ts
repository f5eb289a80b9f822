import { AppError } from '#lib/kernel';

const LONGEST = 1_000;
const HERE = 'https://here.invalid';

/**
 * Where the browser goes after the sign-in: a path of its own channel.
 * @param text as it came in the query; `/` without one
 * @throws AppError INVALID_INPUT for anything that could lead to another host
 */
export function readReturnTo(text: unknown): string {
  if (text === undefined || text === '') return '/';
  if (typeof text !== 'string' || text.length > LONGEST) throw invalid();
  if (!text.startsWith('/') || text.startsWith('//') || [...text].some(isDeceptive)) throw invalid();
  const url = URL.canParse(text, HERE) ? new URL(text, HERE) : undefined;
  // Dots that cancel out may leave two slashes at the beginning.
  if (url === undefined || url.origin !== HERE || url.pathname.startsWith('//')) throw invalid();
  const path = url.pathname + url.search + url.hash;
  // It travels in a cookie, where other letters than ASCII take up to nine times their place.
  if (path.length > LONGEST) throw invalid();
  return path;
}

/** Browsers drop blanks and control characters and read a backslash as a slash; what is left may be another host. */
function isDeceptive(character: string): boolean {
  return character <= ' ' || character === '\\' || (character >= '\u007f' && character <= '\u009f');
}

function invalid(): AppError {
  return new AppError('INVALID_INPUT', 'returnTo is refused', {
    path: 'returnTo',
    reason: 'must be a path of this site, beginning with one slash',
  });
}
