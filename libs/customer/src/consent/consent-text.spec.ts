import { describe, expect, it } from '@jest/globals';
import { LANGUAGES } from '#lib/kernel';
import { currentText, listTexts } from './consent-text.js';
import { PURPOSES } from './purpose.js';

const WITHDRAWAL = { de: 'jederzeit', 'de-simple': 'jederzeit zurücknehmen', en: 'withdraw it at any time' } as const;
const VOLUNTARY = { de: 'freiwillig', 'de-simple': 'Ich muss das nicht erlauben', en: 'voluntary' } as const;

describe.each(PURPOSES)('the text for %s', (purpose) => {
  it.each(LANGUAGES)('says in %s that consent is voluntary and can be withdrawn at any time', (language) => {
    for (const { texts } of listTexts(purpose)) {
      expect(texts[language]).toContain(VOLUNTARY[language]);
      expect(texts[language]).toContain(WITHDRAWAL[language]);
    }
  });

  it('has versions of their own, the latest of which is shown', () => {
    const versions = listTexts(purpose).map(({ version }) => version);
    expect(versions).toEqual(versions.map(() => expect.stringMatching(/^\d{4}-(0[1-9]|1[0-2])-\d+$/)));
    expect(new Set(versions).size).toBe(versions.length);
    expect(currentText(purpose).version).toBe(versions[0]);
  });
});
