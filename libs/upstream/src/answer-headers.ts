import type { HttpResponse } from './read-operation.js';

/** Of these the first one counts when a system sends several, as with Node's own client. */
const SINGLE = new Set([
  'age',
  'content-length',
  'content-type',
  'etag',
  'expires',
  'last-modified',
  'location',
  'retry-after',
  'server',
]);

/** As the pool gives them: names in lower case, repeated ones as list. */
export type RawHeaders = Record<string, string | string[] | undefined>;

/** The same object, in which repeated ones have become one text; cookies are always a list. */
export function headersOf(headers: RawHeaders): HttpResponse['headers'] {
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (name === 'set-cookie') headers[name] = typeof value === 'string' ? [value] : value;
    else if (Array.isArray(value)) headers[name] = SINGLE.has(name) ? value[0] : value.join(', ');
  }
  return headers;
}
