import { describe, expect, it } from '@jest/globals';
import { textIn } from './service-alert.js';

const text = (language: string | null) => ({ text: language ?? 'none', language });

describe('the text of an alert', () => {
  it.each([
    ['de', ['en', 'de'], 'de'],
    ['en', ['de', 'en-GB'], 'en-GB'],
    ['de-simple', ['de', 'de-simple'], 'de-simple'],
    ['de-simple', ['en', 'de'], 'de'],
    ['en', ['de', null], 'none'],
    ['de', ['en', null], 'none'],
    ['en', ['fr', 'de'], 'de'],
    ['de', ['fr', 'pl'], 'fr'],
  ] as const)('for %s out of %j is %s', (language, languages, expected) => {
    expect(textIn(languages.map(text), language)).toBe(expected);
  });

  it('is null when there is none', () => {
    expect(textIn([], 'de')).toBeNull();
  });
});
