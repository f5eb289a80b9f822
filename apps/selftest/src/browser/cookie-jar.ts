import { isRemoval, type SetCookie } from './set-cookie.js';

interface Kept {
  readonly host: string;
  readonly path: string;
  readonly name: string;
  readonly value: string;
  readonly secure: boolean;
}

/** More than any sign-in needs; the oldest make room. */
const MOST = 200;

/** Hosts that browsers trust without TLS. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);
}

/**
 * The cookies of one browser: kept by host (whatever the port) and path. `SameSite` is not looked at, as if every
 * request came from the page itself: what the gateway refuses it must refuse without this help.
 */
export class CookieJar {
  private kept: Kept[] = [];

  keep(url: URL, cookies: readonly SetCookie[]): void {
    for (const cookie of cookies) {
      const { name, value, attributes } = cookie;
      const secure = attributes.has('secure');
      if (secure && !isSafe(url)) continue;
      const path = attributes.get('path')?.startsWith('/') ? attributes.get('path')! : folderOf(url.pathname);
      this.kept = this.kept.filter((old) => old.host !== url.hostname || old.path !== path || old.name !== name);
      if (!isRemoval(cookie)) this.kept.push({ host: url.hostname, path, name, value, secure });
    }
    this.kept = this.kept.slice(-MOST);
  }

  /** The `Cookie` header for a request; undefined when there is none to send. */
  header(url: URL): string | undefined {
    const fitting = this.kept
      .filter(
        ({ host, path, secure }) => host === url.hostname && isBelow(url.pathname, path) && (!secure || isSafe(url)),
      )
      .toSorted((one, other) => other.path.length - one.path.length);
    return fitting.length === 0 ? undefined : fitting.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  /** Value of the cookie that a request to that address would bring. */
  find(url: URL, name: string): string | undefined {
    const pair = this.header(url)
      ?.split('; ')
      .find((text) => text.startsWith(`${name}=`));
    return pair?.slice(name.length + 1);
  }

  /** Puts a cookie there as someone would who has stolen or planted it. */
  plant(url: URL, name: string, value: string): void {
    this.kept.push({ host: url.hostname, path: '/', name, value, secure: false });
  }

  /** The same cookies in another browser. */
  copy(): CookieJar {
    const jar = new CookieJar();
    jar.kept = [...this.kept];
    return jar;
  }
}

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || isLoopback(hostname);
}

/** RFC 6265, section 5.1.4. */
function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}
