import { describe, expect, it } from '@jest/globals';
import { CookieJar } from './cookie-jar.js';
import { readSetCookie, type SetCookie } from './set-cookie.js';

const HERE = new URL('https://portal.example/auth/callback');

function jarWith(line: string, url = HERE): CookieJar {
  const jar = new CookieJar();
  jar.keep(url, [readSetCookie(line) as SetCookie]);
  return jar;
}

describe('the cookies of a browser', () => {
  it('are sent to their host on every port, below their path, the longest path first', () => {
    const jar = jarWith('a=1; Path=/');
    jar.keep(HERE, [readSetCookie('b=2') as SetCookie]);
    expect(jar.header(new URL('https://portal.example:8443/auth/x'))).toBe('b=2; a=1');
    expect(jar.header(new URL('https://portal.example/authentic'))).toBe('a=1');
    expect(jar.header(new URL('https://other.example/'))).toBeUndefined();
  });

  it('that are Secure need TLS, or this machine', () => {
    expect(jarWith('a=1; Secure; Path=/').header(new URL('http://portal.example/'))).toBeUndefined();
    expect(
      jarWith('a=1; Secure', new URL('http://portal.example/')).header(new URL('https://portal.example/')),
    ).toBeUndefined();
    const local = new URL('http://counter.localhost:4000/');
    expect(jarWith('a=1; Secure', local).header(local)).toBe('a=1');
  });

  it('are replaced and removed', () => {
    const jar = jarWith('a=1; Path=/');
    jar.keep(HERE, [readSetCookie('a=2; Path=/') as SetCookie]);
    expect(jar.find(HERE, 'a')).toBe('2');
    const copy = jar.copy();
    jar.keep(HERE, [readSetCookie('a=; Path=/; Max-Age=0') as SetCookie]);
    expect([jar.find(HERE, 'a'), copy.find(HERE, 'a')]).toEqual([undefined, '2']);
  });
});
