import { malformed, WireObject } from '../wire/wire-object.js';

/** One page of an entity set. */
export interface ODataPage {
  readonly rows: readonly unknown[];
  /** Path of the rows, for error texts. */
  readonly path: string;
  /** Names the next page (`$skiptoken`); null on the last one. */
  readonly skipToken: string | null;
  /** Size of the whole set when the request asked for it (`$inlinecount=allpages`). */
  readonly count: number | null;
}

/**
 * Reads the envelope of an entity set: `{"d":{"results":[…]}}`, or `{"d":[…]}` of version 1.
 * @throws AppError UPSTREAM_MALFORMED
 */
export function readODataPage(document: unknown): ODataPage {
  return readPageBody(new WireObject(document, '').value('d'), 'd');
}

/** The same for what stands in `d`, or in one answer of a batch. */
export function readPageBody(body: unknown, path: string): ODataPage {
  if (Array.isArray(body)) return { rows: body, path, skipToken: null, count: null };
  const page = new WireObject(body, path);
  return { rows: page.list('results'), path: page.at('results'), skipToken: skipTokenOf(page), count: countOf(page) };
}

/**
 * Only the token of the address is used: a system behind a proxy names a host of its own, and a request must never
 * follow an address that an answer names.
 */
function skipTokenOf(page: WireObject): string | null {
  const next = page.optionalText('__next');
  if (next === null) return null;
  const query = next.includes('?') ? next.slice(next.indexOf('?') + 1) : '';
  const token = new URLSearchParams(query).get('$skiptoken');
  if (token === null) throw malformed(page.at('__next'), 'has no $skiptoken');
  return token;
}

function countOf(page: WireObject): number | null {
  const value = page.value('__count');
  if (value === undefined || value === null) return null;
  const text = String(value);
  if (!/^\d{1,15}$/.test(text)) throw malformed(page.at('__count'), 'is not a whole number');
  return Number(text);
}
