import type { Language } from './language.js';
import type { RefusalCode } from './refusal.js';

/** What people read for each refusal: what happened and what they can do. The type makes a missing sentence an error. */
const MESSAGES: Readonly<Record<RefusalCode, Readonly<Record<Language, string>>>> = {
  LINK_NOT_PROVEN: {
    de: 'Die Angaben konnten nicht bestätigt werden. Bitte prüfen Sie alle Nummern, oder fordern Sie einen Brief mit einem Code an.',
    'de-simple':
      'Die Angaben passen nicht zusammen. Bitte prüfen Sie die Nummern. Oder lassen Sie sich einen Brief mit einem Code schicken.',
    en: 'What you entered could not be confirmed. Please check all numbers, or ask for a letter with a code.',
  },
  TOO_MANY_ATTEMPTS: {
    de: 'Das waren zu viele Versuche. Bitte versuchen Sie es später noch einmal.',
    'de-simple': 'Sie haben es zu oft versucht. Bitte warten Sie und versuchen Sie es dann noch einmal.',
    en: 'There were too many attempts. Please try again later.',
  },
  TEXT_OUTDATED: {
    de: 'Der Text der Einwilligung hat sich geändert. Bitte lesen Sie die aktuelle Fassung und entscheiden Sie neu.',
    'de-simple': 'Es gibt einen neuen Text. Bitte lesen Sie den neuen Text. Entscheiden Sie dann noch einmal.',
    en: 'The text of this consent has changed. Please read the current version and decide again.',
  },
};

/** The sentence of a refusal in a language. */
export function refusalMessage(code: RefusalCode, language: Language): string {
  return MESSAGES[code][language];
}
