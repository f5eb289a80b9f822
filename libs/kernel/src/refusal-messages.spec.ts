import { describe, expect, it } from '@jest/globals';
import { LANGUAGES } from './language.js';
import { refusalMessage } from './refusal-messages.js';
import { REFUSAL_CODES } from './refusal.js';

describe('the catalogue of refusals', () => {
  it.each(REFUSAL_CODES)('has a sentence of its own for %s in every language', (code) => {
    const sentences = LANGUAGES.map((language) => refusalMessage(code, language));
    expect(sentences).toEqual(LANGUAGES.map(() => expect.stringMatching(/^\p{Lu}.{20,}\.$/u)));
    expect(new Set(sentences).size).toBe(LANGUAGES.length);
  });
});
