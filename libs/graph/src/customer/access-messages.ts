import { messageOf, type Language } from '#lib/kernel';
import { Access } from './subsidiary-status.type.js';

const NOT_LINKED: Readonly<Record<Language, string>> = {
  de: 'Sie sind mit dieser Gesellschaft noch nicht verbunden.',
  'de-simple': 'Hier haben Sie noch kein Konto verbunden.',
  en: 'You are not linked to this company yet.',
};

/** The sentence a customer reads beside an access state; null when everything is there. */
export function accessMessage(access: Access, language: Language): string | null {
  switch (access) {
    case Access.AVAILABLE:
      return null;
    case Access.NOT_LINKED:
      return NOT_LINKED[language];
    case Access.CONSENT_REQUIRED:
      return messageOf('CONSENT_REQUIRED', language);
    case Access.NOT_ALLOWED:
      return messageOf('FORBIDDEN', language);
    case Access.TIMED_OUT:
      return messageOf('UPSTREAM_TIMEOUT', language);
    case Access.UNAVAILABLE:
      return messageOf('UPSTREAM_UNAVAILABLE', language);
    case Access.MALFORMED:
      return messageOf('UPSTREAM_MALFORMED', language);
  }
}
