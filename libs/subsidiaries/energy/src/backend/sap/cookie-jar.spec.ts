import { describe, expect, it } from '@jest/globals';
import { CookieJar } from './cookie-jar.js';

function jarWith(...lines: string[]): CookieJar {
  const jar = new CookieJar();
  jar.keep({ status: 200, headers: { 'set-cookie': lines }, body: Buffer.alloc(0) });
  return jar;
}

describe('CookieJar', () => {
  it('keeps names and values and nothing of the attributes', () => {
    expect(jarWith('a=1; path=/; secure; HttpOnly', 'b="x y"', 'c=d=e').header).toBe('a=1; b="x y"; c=d=e');
  });

  it('replaces and deletes', () => {
    expect(jarWith('a=1', 'a=2', 'b=1', 'b=', 'c=1', 'c=x; Max-Age=0').header).toBe('a=2');
  });

  it('ignores lines that could smuggle something into a header', () => {
    expect(jarWith('a', '=1', 'a b=1', 'a=1\r\nx: y', 'a=ü', `a=${'x'.repeat(5000)}`).header).toBe('');
  });

  it('is bounded', () => {
    const lines = Array.from({ length: 50 }, (_, index) => `c${index}=1`);
    expect(jarWith(...lines).header.split('; ')).toHaveLength(20);
  });
});
