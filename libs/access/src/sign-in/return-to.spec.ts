import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '#lib/kernel';
import { readReturnTo } from './return-to.js';

function outcome(text: unknown): string {
  try {
    return readReturnTo(text);
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

describe('where a sign-in comes back to', () => {
  it.each([
    [undefined, '/'],
    ['', '/'],
    ['/', '/'],
    ['/vertraege?tab=2#zaehler', '/vertraege?tab=2#zaehler'],
    ['/straße', '/stra%C3%9Fe'],
    ['/https://evil.example', '/https://evil.example'],
  ])('%j is %s', (text, path) => {
    expect(outcome(text)).toBe(path);
  });

  it.each([
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\r\n/evil.example',
    ' /x',
    'https://evil.example',
    'javascript:alert(1)',
    'evil.example',
    '?x',
    '/.//evil.example',
    '/x/..//evil.example',
    `/${'x'.repeat(1_000)}`,
    `/${'ß'.repeat(400)}`,
    ['/a', '/b'],
    7,
  ])('%j is refused', (text) => {
    expect(outcome(text)).toBe('INVALID_INPUT');
  });

  it('never leaves the channel, whatever the text', () => {
    const piece = fc.constantFrom('/', '\\', '.', '..', '@', ':', '?', '#', '\t', ' ', 'evil.example', '%2f', 'a', 'ä');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const path = outcome(`/${pieces.join('')}`);
        if (path === 'INVALID_INPUT') return;
        const origin = 'https://portal.example';
        expect(new URL(path, `${origin}/auth/callback`).origin).toBe(origin);
        expect(new URL(origin + path).origin).toBe(origin);
      }),
    );
  });
});
