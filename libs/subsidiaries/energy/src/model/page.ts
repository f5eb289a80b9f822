import { AppError, parseCalendarDate, parseGlobalId, toGlobalId } from '#lib/kernel';

/** How much of a list, and from where. */
export interface PageQuery {
  readonly first: number;
  /** Place in the order after which the page begins; null: at the newest. */
  readonly after: string | null;
}

/** A page, newest first. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Of all pages together. */
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** What callers give. */
export interface PageInput {
  readonly first?: number | null;
  readonly after?: string | null;
}

const USUAL_PAGE = 12;
const LARGEST_PAGE = 100;

/**
 * Checks what the caller asked for; `after` is the cursor of the page before.
 * @param cursor name of the list's cursors, so that one of another list is refused
 * @throws AppError INVALID_INPUT with path `first` or `after`
 */
export function parsePage(input: PageInput, cursor: string): PageQuery {
  const first = input.first ?? USUAL_PAGE;
  if (!Number.isInteger(first) || first < 1 || first > LARGEST_PAGE) {
    throw invalid('first', `must be 1 to ${LARGEST_PAGE}`);
  }
  return { first, after: input.after == null ? null : positionIn(input.after, cursor) };
}

/**
 * A cursor names a place in the order, not a row, so it stays good when rows come or go.
 * @param positionOf the row's place: its day and what tells it from all others of that day
 */
export function pageOf<T>(
  items: readonly T[],
  positionOf: (item: T) => string,
  { first, after }: PageQuery,
  cursor: string,
): Page<T> {
  const ordered = items
    .map((item) => ({ item, position: positionOf(item) }))
    .toSorted((left, right) => (left.position < right.position ? 1 : -1));
  const rest = after === null ? ordered : ordered.filter(({ position }) => position < after);
  const page = rest.slice(0, first);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    totalCount: items.length,
    hasNextPage: rest.length > page.length,
    endCursor: last === undefined ? null : toGlobalId(cursor, last.position),
  };
}

function positionIn(text: string, cursor: string): string {
  const parsed = parseGlobalId(text);
  if (parsed?.type !== cursor || parseCalendarDate(parsed.key.slice(0, 10)) === undefined) {
    throw invalid('after', 'is not a cursor of this list');
  }
  return parsed.key;
}

function invalid(path: string, reason: string): AppError {
  return new AppError('INVALID_INPUT', `${path} ${reason}`, { path, reason });
}
