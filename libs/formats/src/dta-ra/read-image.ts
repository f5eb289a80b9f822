import { checkedBase64 } from '../base64/base64.js';
import { malformed } from '../wire/wire-object.js';
import type { DamageImage } from './dta-ra-model.js';

const LARGEST_IMAGE = 5 * 1024 * 1024;
/** Apps often leave the prefix of the data URL that the browser gave them. */
const DATA_URL = /^data:image\/[a-z]{1,10};base64,/;
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Reads a picture in base64.
 * @throws AppError UPSTREAM_MALFORMED for anything but JPEG and PNG and for more than 5 MiB
 */
export function readImage(text: string, path: string): DamageImage {
  const base64 = checkedBase64(text.replace(DATA_URL, ''), path, LARGEST_IMAGE);
  const start = Buffer.from(base64.slice(0, 16), 'base64');
  if (start.subarray(0, JPEG.length).equals(JPEG)) return { format: 'JPEG', base64 };
  if (start.subarray(0, PNG.length).equals(PNG)) return { format: 'PNG', base64 };
  throw malformed(path, 'is neither JPEG nor PNG');
}
