const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Texts on tickets are UTF-8 today; issuers that never moved on from ISO-8859-1 are still about. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}
