const KNOWN = new Set([
  '/',
  '/.well-known/openid-configuration',
  '/auth',
  '/jwks',
  '/session/end',
  '/session/end/confirm',
  '/session/end/success',
  '/token',
  '/token/revocation',
  '/foreign-keys',
]);

/** How often each path was asked for, those during an outage included. */
export class RequestCounts {
  private counts = new Map<string, number>();

  note(pathname: string): void {
    const path = nameOf(pathname);
    this.counts.set(path, (this.counts.get(path) ?? 0) + 1);
  }

  list(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  clear(): void {
    this.counts.clear();
  }
}

/** Only so many different ones are counted, whatever is asked for. */
function nameOf(pathname: string): string {
  if (KNOWN.has(pathname)) return pathname;
  const place = ['/interaction/', '/auth/'].find((start) => pathname.startsWith(start));
  return place === undefined ? 'other' : `${place}*`;
}
