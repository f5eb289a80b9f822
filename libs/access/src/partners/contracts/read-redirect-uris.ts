import type { Place } from './place.js';

const MOST_URIS = 20;
const LONGEST_URI = 300;
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Addresses of one host, since one host stands for one pairwise subject (OpenID Connect Core §8.1). None if not given. */
export function readRedirectUris(place: Place): string[] {
  if (place.value === undefined) return [];
  const uris = place.list(MOST_URIS).flatMap((uri) => readUri(uri) ?? []);
  if (new Set(uris.map(({ host }) => host)).size > 1) place.refuse('must all be of one host');
  return uris.map(({ text }) => text);
}

function readUri(place: Place): { text: string; host: string } | undefined {
  const text = place.text(/^[\x21-\x7e]+$/, 'must be an address');
  const url = text.length <= LONGEST_URI && URL.canParse(text) ? new URL(text) : null;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (url !== null && isSafe && url.hash === '' && !text.includes('*') && url.username === '') {
    return { text, host: url.host };
  }
  if (text !== '')
    place.refuse('must be an https address without fragment, user and wildcard (http on this machine only)');
  return undefined;
}
