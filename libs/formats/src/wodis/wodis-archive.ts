import { malformed } from '../wire/wire-object.js';
import { isZip, listZip, unzip } from '../zip/zip-archive.js';

/** Name of the list of objects inside an export; some installations give it another one. */
const OBJECTS = /(?:^|\/)objects\.csv$/i;
const ANY_LIST = /\.csv$/i;
const MOST_CSV_BYTES = 16 * 1024 * 1024;

/**
 * The bytes of `objects.csv`, from an export as it is delivered (ZIP with images) or from the bare file. Images stay
 * packed.
 * @throws AppError UPSTREAM_MALFORMED for a broken or dangerous archive, and when it is not clear which file is meant
 */
export function wodisObjectsCsv(bytes: Buffer): Buffer {
  if (!isZip(bytes)) return bytes;
  const lists = listZip(bytes).filter(({ name }) => ANY_LIST.test(name));
  const named = lists.filter(({ name }) => OBJECTS.test(name));
  const [entry, ...others] = named.length > 0 ? named : lists;
  if (entry === undefined || others.length > 0) throw malformed('zip', 'has not exactly one list of objects');
  return unzip(bytes, entry, MOST_CSV_BYTES);
}
