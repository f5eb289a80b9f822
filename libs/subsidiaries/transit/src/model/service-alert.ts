import type { Instant, Language } from '#lib/kernel';
import type { Stop } from './stop.js';

/** Causes and effects of GTFS Realtime; what the feed does not tell, or in words this house does not know, is OTHER. */
export const ALERT_CAUSES = [
  'TECHNICAL_PROBLEM',
  'STRIKE',
  'DEMONSTRATION',
  'ACCIDENT',
  'HOLIDAY',
  'WEATHER',
  'MAINTENANCE',
  'CONSTRUCTION',
  'POLICE_ACTIVITY',
  'MEDICAL_EMERGENCY',
  'SPECIAL_EVENT',
  'OTHER',
] as const;
export const ALERT_EFFECTS = [
  'NO_SERVICE',
  'REDUCED_SERVICE',
  'SIGNIFICANT_DELAYS',
  'DETOUR',
  'ADDITIONAL_SERVICE',
  'MODIFIED_SERVICE',
  'STOP_MOVED',
  'NO_EFFECT',
  'ACCESSIBILITY_ISSUE',
  'OTHER',
] as const;

/** A message about disturbed service (Störungsmeldung). */
export interface ServiceAlert {
  /** Name of the message in its feed. */
  readonly key: string;
  readonly header: readonly TranslatedText[];
  readonly text: readonly TranslatedText[];
  /** The period it is in force, or the next one; null is open. */
  readonly from: Instant | null;
  readonly until: Instant | null;
  readonly cause: (typeof ALERT_CAUSES)[number];
  readonly effect: (typeof ALERT_EFFECTS)[number];
  /** Lines as passengers know them. */
  readonly lines: readonly string[];
  readonly stops: readonly Stop[];
}

/** Language as BCP 47 tag; null when the feed does not tell. */
export interface TranslatedText {
  readonly text: string;
  readonly language: string | null;
}

/** The text in the reader's language, else in the feed's own, else in German, else in any; null when there is none. */
export function textIn(texts: readonly TranslatedText[], language: Language): string | null {
  const wishes: readonly (string | null)[] = language === 'en' ? ['en', null, 'de'] : [language, 'de', null];
  for (const wish of wishes) {
    const found = texts.find((text) => isIn(text, wish));
    if (found !== undefined) return found.text;
  }
  return texts[0]?.text ?? null;
}

function isIn({ language }: TranslatedText, wish: string | null): boolean {
  if (language === null || wish === null) return language === wish;
  const tag = language.toLowerCase();
  return tag === wish || tag.startsWith(`${wish}-`);
}
