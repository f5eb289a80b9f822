import { AppError } from '#lib/kernel';

/** `{"payload":…,"protected":…,"signature":…}` (RFC 7515, section 7.2.2), or the same as a member `signedJson`. */
interface Flattened {
  readonly payload?: unknown;
  readonly protected?: unknown;
  readonly signature?: unknown;
  readonly signedJson?: unknown;
}

/**
 * The compact JWS of a receipt, from the file of a mail (`.jws`) or from `signedJson` of the graph.
 * @throws AppError INVALID_INPUT when the text holds neither
 */
export function readReceipt(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') && !trimmed.startsWith('"')) return trimmed;
  const json = parse(trimmed);
  if (typeof json === 'string') return readReceipt(json);
  const { payload, protected: header, signature, signedJson } = (json ?? {}) as Flattened;
  if (typeof signedJson === 'string') return readReceipt(signedJson);
  const parts = [header, payload, signature];
  if (parts.every((part) => typeof part === 'string')) return parts.join('.');
  throw noReceipt();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw noReceipt();
  }
}

function noReceipt(): AppError {
  const reason = 'must be a signed receipt: a .jws file or the text of signedJson';
  return new AppError('INVALID_INPUT', 'no receipt', { path: 'receipt', reason });
}
