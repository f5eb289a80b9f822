import { malformed } from '../wire/wire-object.js';
import { LARGEST_FEED } from './feed-scanner.js';
import { listZip, unzip } from '../zip/zip-archive.js';
import { isZip } from '../zip/zip-directory.js';

const FEED_NAME = /\.xml$/i;
const CHUNK_BYTES = 64 * 1024;

/**
 * The feed in a delivery: the bare XML or a ZIP with one XML file and its images. Images stay packed. UTF-16 comes out
 * as UTF-8.
 * @throws AppError UPSTREAM_MALFORMED for a broken or dangerous archive and for one with several feeds
 */
export function* openImmoChunks(bytes: Buffer): Generator<Uint8Array> {
  const feed = isZip(bytes) ? unpackFeed(bytes) : bytes;
  const utf16 = feed[0] === 0xff && feed[1] === 0xfe;
  const chunks = utf16 ? asUtf8(slices(feed)) : slices(feed);
  yield* chunks;
}

function unpackFeed(archive: Buffer): Buffer {
  const feeds = listZip(archive).filter(({ name }) => FEED_NAME.test(name) && !name.startsWith('__MACOSX/'));
  const [entry, ...others] = feeds;
  if (entry === undefined || others.length > 0) throw malformed('zip', 'has not exactly one XML file');
  return unzip(archive, entry, LARGEST_FEED);
}

function* slices(bytes: Buffer): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}

const UTF8_SIGNATURE = Buffer.from([0xef, 0xbb, 0xbf]);

/** With a byte order mark, which counts for more than the declaration that still says UTF-16. */
function* asUtf8(chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  const decoder = new TextDecoder('utf-16le', { fatal: true });
  yield UTF8_SIGNATURE;
  try {
    for (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8');
    decoder.decode();
  } catch {
    throw malformed('$', 'is not valid text in its encoding');
  }
}
