import { describe, expect, it } from '@jest/globals';
import { isRemoval, readSetCookie } from './set-cookie.js';

describe('a Set-Cookie line', () => {
  it('is taken apart, whatever the spelling', () => {
    const cookie = readSetCookie('a=b=c; Path=/; SECURE; samesite = Lax;HttpOnly');
    expect([cookie?.name, cookie?.value]).toEqual(['a', 'b=c']);
    expect([...cookie!.attributes]).toEqual([
      ['path', '/'],
      ['secure', ''],
      ['samesite', 'Lax'],
      ['httponly', ''],
    ]);
  });

  it.each(['', 'novalue', '=x; Secure'])('without a name is none: %j', (line) => {
    expect(readSetCookie(line)).toBeUndefined();
  });

  it.each([
    ['a=; Max-Age=0', true],
    ['a=; Max-Age=-1', true],
    ['a=b; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT', false],
    ['a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT', true],
    ['a=b; Expires=Thu, 01 Jan 2199 00:00:00 GMT', false],
    ['a=b', false],
  ])('%s removes the cookie: %s', (line, removal) => {
    expect(isRemoval(readSetCookie(line)!)).toBe(removal);
  });
});
