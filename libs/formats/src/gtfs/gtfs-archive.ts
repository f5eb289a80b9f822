import { malformed } from '../wire/wire-object.js';
import { listZip, unzip } from '../zip/zip-archive.js';

const MOST_UNPACKED_BYTES = 300 * 1024 * 1024;

/** Gives the bytes of one file of a feed, e.g. `stops.txt`; null where the feed has none or an empty one. */
export type GtfsFiles = (name: string) => Buffer | null;

/**
 * Opens a feed as it is delivered, a ZIP archive. Files are unpacked when they are asked for, 300 MiB at most in all;
 * they may lie in a folder, the outermost of a name counts.
 * @throws AppError UPSTREAM_MALFORMED for a broken or dangerous archive, also from the function it gives
 */
export function openGtfs(archive: Buffer): GtfsFiles {
  const entries = listZip(archive).toSorted((left, right) => depthOf(left.name) - depthOf(right.name));
  let bytesLeft = MOST_UNPACKED_BYTES;
  return (name) => {
    const entry = entries.find((each) => each.name.split('/').at(-1) === name && !each.name.startsWith('__MACOSX/'));
    if (entry === undefined || entry.sizeBytes === 0) return null;
    if (entry.sizeBytes > bytesLeft)
      throw malformed(name, `unpacks the feed to more than ${MOST_UNPACKED_BYTES} bytes`);
    bytesLeft -= entry.sizeBytes;
    return unzip(archive, entry, MOST_UNPACKED_BYTES);
  };
}

function depthOf(name: string): number {
  return name.split('/').length;
}
