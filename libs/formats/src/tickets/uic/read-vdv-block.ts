import { money } from '#lib/kernel';
import { malformed } from '../../wire/wire-object.js';
import { PRODUCT_HEAD_BYTES, readProductHead, type VdvProduct } from '../vdv/vdv-product.js';
import type { UicBlock } from './uic-container.js';

const COMMON_BYTES = 7;
const COUNT_AT = 6;
/** Head, price (3), number of the security module's transaction (4), length of the area list (1). */
const PRODUCT_BYTES = PRODUCT_HEAD_BYTES + 8;

/**
 * Block 0080VU: local transport products by VDV-KA inside a railway ticket, one for each authorisation.
 * @throws AppError UPSTREAM_MALFORMED when it is cut off
 */
export function readVdvBlock({ content }: UicBlock): readonly VdvProduct[] {
  if (content.length < COMMON_BYTES) throw malformed('0080VU', 'is cut off');
  const products: VdvProduct[] = [];
  let at = COMMON_BYTES;
  while (products.length < content.readUInt8(COUNT_AT)) {
    if (at + PRODUCT_BYTES > content.length) throw malformed(`0080VU[${products.length}]`, 'is cut off');
    const cents = content.readUIntBE(at + PRODUCT_HEAD_BYTES, 3);
    // The railway ticket has the price of the whole, so none here is the rule.
    const price = cents === 0 ? null : money(`${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`);
    products.push({ ...readProductHead(content, at), travelClass: null, price });
    at += PRODUCT_BYTES + content.readUInt8(at + PRODUCT_BYTES - 1);
  }
  return products;
}
