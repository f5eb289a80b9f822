import type { ErrorCode } from './app-error.js';
import type { Language } from './language.js';

/** What people read for each code: what happened and what they can do. The type makes a missing sentence an error. */
const MESSAGES: Readonly<Record<ErrorCode, Readonly<Record<Language, string>>>> = {
  INVALID_INPUT: {
    de: 'Eine Angabe ist unvollständig oder ungültig. Bitte prüfen Sie Ihre Eingabe.',
    'de-simple': 'Eine Angabe stimmt nicht. Bitte prüfen Sie, was Sie eingegeben haben.',
    en: 'Some input is incomplete or not valid. Please check what you entered.',
  },
  UNAUTHENTICATED: {
    de: 'Ihre Anmeldung ist ungültig oder abgelaufen. Bitte melden Sie sich neu an.',
    'de-simple': 'Sie sind nicht mehr angemeldet. Bitte melden Sie sich noch einmal an.',
    en: 'Your sign-in is not valid or has expired. Please sign in again.',
  },
  FORBIDDEN: {
    de: 'Dafür haben Sie keine Berechtigung.',
    'de-simple': 'Das dürfen Sie hier nicht.',
    en: 'You are not allowed to do this.',
  },
  NOT_FOUND: {
    de: 'Das Gesuchte wurde nicht gefunden.',
    'de-simple': 'Wir haben das nicht gefunden.',
    en: 'What you are looking for was not found.',
  },
  CONFLICT: {
    de: 'Die Angabe passt nicht mehr zum aktuellen Stand. Bitte laden Sie die Seite neu.',
    'de-simple': 'Inzwischen hat sich etwas geändert. Bitte laden Sie die Seite neu.',
    en: 'This no longer fits the present state. Please reload the page.',
  },
  STEP_UP_REQUIRED: {
    de: 'Bitte bestätigen Sie zur Sicherheit noch einmal, dass Sie es sind.',
    'de-simple': 'Bitte melden Sie sich zur Sicherheit noch einmal an.',
    en: 'For your safety, please confirm once more that it is you.',
  },
  CONSENT_REQUIRED: {
    de: 'Dafür fehlt eine Einwilligung.',
    'de-simple': 'Sie müssen das erst erlauben.',
    en: 'A consent is missing for this.',
  },
  RATE_LIMITED: {
    de: 'Das waren zu viele Anfragen. Bitte warten Sie einen Moment.',
    'de-simple': 'Das war zu oft. Bitte warten Sie kurz.',
    en: 'There were too many requests. Please wait a moment.',
  },
  UPSTREAM_TIMEOUT: {
    de: 'Diese Auskunft braucht gerade länger als üblich. Bitte versuchen Sie es gleich noch einmal.',
    'de-simple': 'Das dauert gerade zu lange. Bitte versuchen Sie es gleich noch einmal.',
    en: 'This takes longer than usual at the moment. Please try again shortly.',
  },
  UPSTREAM_UNAVAILABLE: {
    de: 'Diese Auskunft ist zurzeit nicht verfügbar. Bitte versuchen Sie es später noch einmal.',
    'de-simple': 'Das geht gerade nicht. Bitte versuchen Sie es später noch einmal.',
    en: 'This is not available at the moment. Please try again later.',
  },
  UPSTREAM_REJECTED: {
    de: 'Das zuständige System hat die Anfrage abgelehnt. Bitte wenden Sie sich an das Kundencenter.',
    'de-simple': 'Das hat nicht geklappt. Bitte fragen Sie im Kundencenter nach.',
    en: 'The system in charge refused the request. Please contact the customer centre.',
  },
  UPSTREAM_MALFORMED: {
    de: 'Diese Auskunft war nicht lesbar. Bitte versuchen Sie es später noch einmal.',
    'de-simple': 'Wir konnten die Daten nicht lesen. Bitte versuchen Sie es später noch einmal.',
    en: 'This information could not be read. Please try again later.',
  },
  INTERNAL: {
    de: 'Bei uns ist ein Fehler aufgetreten. Bitte versuchen Sie es später noch einmal.',
    'de-simple': 'Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es später noch einmal.',
    en: 'Something went wrong on our side. Please try again later.',
  },
};

/** The sentence of a code in a language. */
export function messageOf(code: ErrorCode, language: Language): string {
  return MESSAGES[code][language];
}
