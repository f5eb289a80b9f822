import type { HttpResponse } from '#lib/upstream';

const MOST_COOKIES = 20;
const LONGEST_COOKIE = 4096;
const PAIR = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)=([\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*|"[\x20-\x7e]*")$/;

/**
 * The cookies of one session with one system (RFC 6265), at most 20 of 4 kB. Domain and path are ignored: there is one
 * base address, and the cookies never go anywhere else.
 */
export class CookieJar {
  private readonly cookies = new Map<string, string>();

  /** Value of the request's `cookie` header; empty without cookies. */
  get header(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Takes over the `set-cookie` headers of an answer; those that are not well-formed are ignored. */
  keep({ headers }: HttpResponse): void {
    const lines = headers['set-cookie'] ?? [];
    for (const line of typeof lines === 'string' ? [lines] : lines) this.keepOne(line);
  }

  private keepOne(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const match = pair.length > LONGEST_COOKIE ? null : PAIR.exec(pair);
    if (match === null) return;
    const [, name = '', value = ''] = match;
    // An expiry in the past is written as Max-Age=0 too, or with an empty value, by SAP and by proxies before it.
    if (value === '' || attributes.some((attribute) => /^max-age=(0|-\d+)$/i.test(attribute)))
      this.cookies.delete(name);
    else if (this.cookies.has(name) || this.cookies.size < MOST_COOKIES) this.cookies.set(name, value);
  }
}
