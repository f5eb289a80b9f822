import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SecretBox } from './secret-box.js';

const MASTER = Buffer.alloc(32, 1);

describe('what is kept under lock', () => {
  const box = new SecretBox(MASTER, 'login');

  it('comes out as it went in, at its own place', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, place) => {
        expect(box.open(box.seal(text, place), place)).toBe(text);
      }),
    );
  });

  it('looks different each time', () => {
    expect(box.seal('x', 'here')).not.toBe(box.seal('x', 'here'));
  });

  it('does not open elsewhere, with another key or for another purpose', () => {
    const sealed = box.seal('x', 'here');
    const others = [new SecretBox(Buffer.alloc(32, 2), 'login'), new SecretBox(MASTER, 'refresh-token')];
    expect([box.open(sealed, 'there'), ...others.map((other) => other.open(sealed, 'here'))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('does not open when a single bit was changed', () => {
    const sealed = Buffer.from(box.seal('a secret', 'here'), 'base64url');
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
        const changed = Buffer.from(sealed);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        expect(box.open(changed.toString('base64url'), 'here')).toBeUndefined();
      }),
    );
  });

  it.each(['', 'x', 'not base64url at all!'])('does not open %j', (text) => {
    expect(box.open(text, 'here')).toBeUndefined();
  });
});
