/** German, plain German (DIN SPEC 33429) and English: the three registers every sentence exists in. */
export const LANGUAGES = ['de', 'de-simple', 'en'] as const;

export type Language = (typeof LANGUAGES)[number];

/** Longer headers are cut: no real client sends more, and the work stays bounded. */
const LONGEST_HEADER = 200;

/**
 * Picks the language from an `Accept-Language` header (RFC 9110 §12.5.4) by weight, then by order.
 * @returns `de` when nothing fits
 */
export function parseAcceptLanguage(header: string | undefined): Language {
  const wishes = (header ?? '')
    .slice(0, LONGEST_HEADER)
    .split(',')
    .map(parseWish)
    .filter((wish) => wish.weight > 0)
    .toSorted((left, right) => right.weight - left.weight);
  for (const { tag } of wishes) {
    if (tag === 'de-simple') return 'de-simple';
    if (tag === 'de' || tag.startsWith('de-') || tag === '*') return 'de';
    if (tag === 'en' || tag.startsWith('en-')) return 'en';
  }
  return 'de';
}

function parseWish(text: string): { tag: string; weight: number } {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  const weight = quality === undefined ? 1 : Number(quality.slice(2));
  return { tag, weight: Number.isFinite(weight) ? weight : 0 };
}
