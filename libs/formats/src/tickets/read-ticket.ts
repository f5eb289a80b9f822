import { malformed } from '../wire/wire-object.js';
import type { Ticket } from './ticket-model.js';
import { readUic } from './uic/read-uic.js';
import { isUicBarcode } from './uic/uic-container.js';
import { isVdvBarcode, readVdv, type VdvAuthorityKey } from './vdv/read-vdv.js';

/**
 * Reads the payload of a ticket's barcode: UIC 918.3 and 918.9, or VDV-KA.
 * @param keys of authorities by VDV-KA; without them such tickets are recognised and not read
 * @throws AppError UPSTREAM_MALFORMED when it is neither or cannot be opened
 */
export function readTicket(bytes: Uint8Array, keys: readonly VdvAuthorityKey[] = []): Ticket {
  const payload = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUicBarcode(payload)) return readUic(payload);
  if (isVdvBarcode(payload)) return readVdv(payload, keys);
  throw malformed('$', 'begins neither like a UIC 918.3 nor like a VDV-KA barcode');
}
