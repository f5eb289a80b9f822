import { describe, expect, it } from '@jest/globals';
import { clearCookie, cookieOf, LOGIN_COOKIE, SESSION_COOKIE, setCookie } from './cookies.js';

const of = (cookie: string | string[] | undefined): (string | undefined)[] =>
  [SESSION_COOKIE, LOGIN_COOKIE].map((name) => cookieOf({ headers: { cookie } }, name as typeof SESSION_COOKIE));

describe('cookies', () => {
  it.each([
    [undefined, [undefined, undefined]],
    ['', [undefined, undefined]],
    ['__Host-saaltor=abc', ['abc', undefined]],
    ['a=b; __Host-saaltor-login=x_-; __Host-saaltor=y', ['y', 'x_-']],
    ['__Host-saaltor-login=x;__Host-saaltor=y', ['y', 'x']],
    [
      ['__Host-saaltor=y', 'a=b'],
      ['y', undefined],
    ],
    ['x__Host-saaltor=y', [undefined, undefined]],
    ['__host-saaltor=y', [undefined, undefined]],
    ['__Host-saaltor=', [undefined, undefined]],
    ['__Host-saaltor="y"', [undefined, undefined]],
    ['__Host-saaltor=a b', [undefined, undefined]],
    ['__Host-saaltor=first; __Host-saaltor=second', ['first', undefined]],
  ])('of %j are %j', (header, values) => {
    expect(of(header)).toEqual(values);
  });

  it('are set for the host alone, and removed the same way', () => {
    expect(setCookie(SESSION_COOKIE, 'x')).toBe('__Host-saaltor=x; Path=/; HttpOnly; Secure; SameSite=Strict');
    expect(clearCookie(LOGIN_COOKIE)).toBe('__Host-saaltor-login=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax');
  });
});
