import { hkdfSync } from 'node:crypto';

/** A key for one purpose only (HKDF-SHA-256, RFC 5869), 32 bytes. */
export function subkey(master: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, '', `saaltor redis ${purpose}`, 32));
}
