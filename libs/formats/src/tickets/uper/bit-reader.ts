import { malformed } from '../../wire/wire-object.js';

/** Reads bits from the highest to the lowest of each byte, as the packed encoding rules write them. */
export class BitReader {
  private at = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly path: string,
  ) {}

  /** The next 0 to 32 bits as unsigned number. @throws AppError UPSTREAM_MALFORMED beyond the end */
  bits(count: number): number {
    if (this.at + count > this.bytes.length * 8) throw malformed(this.path, 'ends too early');
    let value = 0;
    for (const end = this.at + count; this.at < end; this.at += 1) {
      const bit = ((this.bytes[this.at >> 3] ?? 0) >> (7 - (this.at & 7))) & 1;
      value = value * 2 + bit;
    }
    return value;
  }

  flag(): boolean {
    return this.bits(1) === 1;
  }

  octets(count: number): Uint8Array {
    if (this.at + count * 8 > this.bytes.length * 8) throw malformed(this.path, 'ends too early');
    return Uint8Array.from({ length: count }, () => this.bits(8));
  }
}
