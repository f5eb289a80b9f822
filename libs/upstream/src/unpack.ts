import { pipeline, type Readable, type Transform } from 'node:stream';
import { promisify } from 'node:util';
import {
  brotliDecompress,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  gunzip,
  inflate,
  inflateRaw,
} from 'node:zlib';

/** How answers may be packed for the way (RFC 9110, 8.4.1), for the header `accept-encoding`. */
export const PACKED_AS = 'gzip, deflate, br';

/** An answer with more bytes than allowed, unpacked. */
export class AnswerTooLarge extends Error {}

type Whole = (packed: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const wholeRaw: Whole = promisify(inflateRaw);
const wholeZlib: Whole = promisify(inflate);
/** `deflate` means the zlib format; some send the bare one. A zlib head has the method 8 in its lower half (RFC 1950). */
const wholeDeflated: Whole = (packed, options) =>
  ((packed[0] ?? 0) & 0x0f) === 8 ? wholeZlib(packed, options) : wholeRaw(packed, options);

const WHOLE: Readonly<Record<string, Whole>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: wholeDeflated,
  br: promisify(brotliDecompress),
};
const STREAMS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Whether a body under that `content-encoding` has to be unpacked. */
export function isPacked(encoding: unknown): encoding is string {
  return typeof encoding === 'string' && Object.hasOwn(WHOLE, encoding.toLowerCase());
}

/**
 * @param encoding one that {@link isPacked}
 * @param most bytes
 * @throws AnswerTooLarge as soon as it gets larger; Error with a `code` of zlib when it is damaged or cut
 */
export async function unpack(packed: Buffer, encoding: string, most: number): Promise<Buffer> {
  try {
    return await WHOLE[encoding.toLowerCase()]!(packed, { maxOutputLength: Math.min(most, 2 ** 31) });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? new AnswerTooLarge() : error;
  }
}

/** The same for a stream; whoever ends the one ends the other. */
export function unpacked(packed: Readable, encoding: string): Readable {
  return pipeline(packed, STREAMS[encoding.toLowerCase()]!(), () => undefined);
}
