import { describe, expect, it } from '@jest/globals';
import { ERROR_CODES, LANGUAGES, messageOf, parseAcceptLanguage } from './index.js';

describe('Accept-Language', () => {
  it.each([
    [undefined, 'de'],
    ['', 'de'],
    ['en-GB,en;q=0.9', 'en'],
    ['de-simple', 'de-simple'],
    ['fr, en;q=0.5, de;q=0.8', 'de'],
    ['en;q=0, de-AT', 'de'],
    ['fr', 'de'],
    ['*', 'de'],
    ['DE-SIMPLE, de', 'de-simple'],
    ['en;q=high', 'de'],
  ])('reads %j as %s', (header, language) => {
    expect(parseAcceptLanguage(header)).toBe(language);
  });

  it('does not read absurdly long headers to the end', () => {
    expect(parseAcceptLanguage(`${'x,'.repeat(200)}en`)).toBe('de');
  });
});

describe('sentences', () => {
  it.each(ERROR_CODES)('exist for %s in all languages, and differ', (code) => {
    const sentences = LANGUAGES.map((language) => messageOf(code, language));
    expect(new Set(sentences).size).toBe(LANGUAGES.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-ZÄÖÜ].{10,}\.$/);
  });
});
