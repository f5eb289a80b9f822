import type { WireObject } from '../wire/wire-object.js';
import type { HafasRemark } from './hafas-model.js';

const LONGEST_TEXT = 4_000;

/** Kinds that speak of the present state; everything else is a lasting hint. */
const ABOUT_NOW: ReadonlySet<string> = new Set(['R', 'C', 'D', 'M', 'P', 'Q', 'U']);

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&nbsp;', ' '],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
  ['&amp;', '&'],
]);

/** @returns one entry of a HAFAS `remL`, or null when it says nothing */
export function readRemark(remark: WireObject): HafasRemark | null {
  const text = plainText(remark.optionalText('txtN', LONGEST_TEXT) ?? remark.optionalText('txtL', LONGEST_TEXT));
  if (text === '') return null;
  const kind = ABOUT_NOW.has(remark.optionalText('type', 10) ?? '') ? 'STATUS' : 'HINT';
  return { kind, code: remark.optionalText('code', 100), title: null, text };
}

/** @returns one entry of a HAFAS `himL`, or null when it says nothing */
export function readMessage(message: WireObject): HafasRemark | null {
  const title = plainText(message.optionalText('head', LONGEST_TEXT));
  const text = plainText(message.optionalText('text', LONGEST_TEXT)) || title;
  if (text === '') return null;
  return { kind: 'WARNING', code: message.optionalText('hid', 100), title: title || null, text };
}

/** Operators write HTML: markup goes, words stay. */
function plainText(text: string | null): string {
  return (text ?? '')
    .replaceAll(/<\/?[a-z][^<>]*>/gi, ' ')
    .replaceAll(/&(?:nbsp|lt|gt|quot|#39|amp);/g, (entity) => ENTITIES.get(entity) ?? entity)
    .replaceAll(/\s+/g, ' ')
    .trim();
}
