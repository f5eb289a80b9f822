import { AppError, parseCalendarDate, parseGlobalId, toGlobalId } from '#lib/kernel';
import { isOpen, type Invoice } from './invoice.js';

/** Which invoices, and how many of them. */
export interface InvoiceQuery {
  /** True: only with an open amount, false: only cleared ones, null: all. */
  readonly open: boolean | null;
  readonly first: number;
  /** Place in the order after which the page begins; null: at the newest. */
  readonly after: string | null;
}

/** A page, newest invoice first. */
export interface InvoicePage {
  readonly invoices: readonly Invoice[];
  /** Of all pages together. */
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

const USUAL_PAGE = 12;
const LARGEST_PAGE = 100;
const CURSOR = 'InvoiceCursor';

/**
 * Checks what the caller asked for; `after` is the cursor of the page before.
 * @throws AppError INVALID_INPUT with path `first` or `after`
 */
export function parseInvoiceQuery(input: {
  readonly open?: boolean | null;
  readonly first?: number | null;
  readonly after?: string | null;
}): InvoiceQuery {
  const first = input.first ?? USUAL_PAGE;
  if (!Number.isInteger(first) || first < 1 || first > LARGEST_PAGE) {
    throw invalid('first', `must be between 1 and ${LARGEST_PAGE}`);
  }
  return { open: input.open ?? null, first, after: input.after == null ? null : positionOf(input.after) };
}

/** A cursor names a place in the order, not a row, so it stays good when invoices come or go. */
export function pageOfInvoices(invoices: readonly Invoice[], { open, first, after }: InvoiceQuery): InvoicePage {
  const wanted = invoices
    .filter((invoice) => open === null || isOpen(invoice) === open)
    .map((invoice) => ({ invoice, position: `${invoice.date}/${invoice.number}` }))
    .toSorted((left, right) => (left.position < right.position ? 1 : -1));
  const rest = after === null ? wanted : wanted.filter(({ position }) => position < after);
  const page = rest.slice(0, first);
  const last = page.at(-1);
  return {
    invoices: page.map(({ invoice }) => invoice),
    totalCount: wanted.length,
    hasNextPage: rest.length > page.length,
    endCursor: last === undefined ? null : toGlobalId(CURSOR, last.position),
  };
}

function positionOf(cursor: string): string {
  const parsed = parseGlobalId(cursor);
  if (parsed?.type !== CURSOR || parseCalendarDate(parsed.key.slice(0, 10)) === undefined) {
    throw invalid('after', 'is not a cursor of this list');
  }
  return parsed.key;
}

function invalid(path: string, reason: string): AppError {
  return new AppError('INVALID_INPUT', `${path} ${reason}`, { path, reason });
}
