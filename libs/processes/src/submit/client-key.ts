import { AppError } from '#lib/kernel';
import { digestOf } from './canonical-json.js';

/** What makes two submissions the same wish. */
export interface WishKey {
  readonly key: string;
  /** Made here from what the wish is about, since the client sent none. */
  readonly derived: boolean;
}

/** Printable ASCII, so that it fits into a header (RFC 9110), an index and a log. */
const KEY = /^[\x20-\x7e]{1,255}$/;
/** No client's key begins so by chance. */
const DERIVED = 'natural:';

/**
 * The client's key, or one from the natural key.
 * @param naturalKey of all steps, where every one of them has one
 * @throws AppError INVALID_INPUT when it is no key, or there is none although nothing else tells two wishes apart
 */
export function wishKeyOf(key: string | null | undefined, naturalKey: string | null): WishKey {
  if (key === null || key === undefined) {
    if (naturalKey !== null) return { key: DERIVED + digestOf(naturalKey), derived: true };
    throw invalid('missing: make one before the first try and send it again with each further one');
  }
  if (!KEY.test(key)) throw invalid('must be 1 to 255 printable ASCII characters');
  if (key.startsWith(DERIVED)) throw invalid(`must not begin with ${DERIVED}`);
  return { key, derived: false };
}

function invalid(reason: string): AppError {
  return new AppError('INVALID_INPUT', 'no usable key', { path: 'key', reason });
}
