import { XML_NAMESPACE } from '../xml/xml-element.js';
import type { OjpElement } from './ojp-element.js';
import type { OjpText } from './ojp-model.js';

/**
 * Reads a text in all its languages. TRIAS repeats the element with `Text` and `Language`; OJP repeats `Text` with
 * `xml:lang` inside one element; some fields are plain text in one version and this in another.
 */
export function readText(parent: OjpElement, ...names: readonly string[]): OjpText {
  return parent.list(...names).flatMap((element) => {
    const texts = element.list('Text');
    const language = element.optionalText('Language') ?? languageOf(element);
    const parts = texts.length === 0 ? [element] : texts;
    return parts
      .map((part) => ({ language: languageOf(part) ?? language, text: part.content }))
      .filter(({ text }) => text !== '');
  });
}

function languageOf(element: OjpElement): string | null {
  return element.attribute(XML_NAMESPACE, 'lang');
}

/** The text in that language, else in no particular one, else the first; null when there is none. */
export function ojpText(text: OjpText, language: string): string | null {
  const tagged = text.find((each) => each.language === language || each.language?.startsWith(`${language}-`));
  return (tagged ?? text.find((each) => each.language === null) ?? text[0])?.text ?? null;
}
