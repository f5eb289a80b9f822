import { AppError } from '#lib/kernel';

/** RFC 5321, section 4.5.3.1.3, less the brackets of a path. */
const LONGEST = 254;
/**
 * Dot-atoms and host names (RFC 5322, section 3.2.3; RFC 1123, section 2.1): nothing that needs quotes, so no blank, line
 * end or second address fits in. Every part has one way to match.
 */
const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const ADDRESS = new RegExp(`^${ATOM}(?:\\.${ATOM})*@${LABEL}(?:\\.${LABEL})+$`);
const LONGEST_LOCAL = 64;

/**
 * Where the receipt is sent, as the client gave it.
 * @param path name of the input
 * @returns null for none
 * @throws AppError INVALID_INPUT with that path; the address itself is in no error
 */
export function receiptAddress(text: string | null | undefined, path = 'receiptTo'): string | null {
  if (text === null || text === undefined || text === '') return null;
  const fits = text.length <= LONGEST && text.indexOf('@') <= LONGEST_LOCAL && ADDRESS.test(text);
  if (fits) return text;
  throw new AppError('INVALID_INPUT', 'not an e-mail address', {
    path,
    reason: 'must be one e-mail address such as kim@example.org',
  });
}
