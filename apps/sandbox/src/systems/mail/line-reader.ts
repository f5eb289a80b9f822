const CRLF = Buffer.from('\r\n', 'latin1');

/** A line went on past the limit without an end. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
}

/** Cuts what arrives into lines. Only CR and LF together end one (RFC 5321, section 2.3.8). */
export class LineReader {
  private rest: Buffer = Buffer.alloc(0);

  /** @param longest of a line, in bytes without its end */
  constructor(private readonly longest: number) {}

  /**
   * The lines that are complete now, without their ends.
   * @throws LineTooLong
   */
  *read(chunk: Buffer): Generator<Buffer> {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    for (let end = this.rest.indexOf(CRLF); end !== -1; end = this.rest.indexOf(CRLF)) {
      if (end > this.longest) throw new LineTooLong('a line is too long');
      const line = this.rest.subarray(0, end);
      this.rest = this.rest.subarray(end + CRLF.length);
      yield line;
    }
    // One more than the longest line may be its CR.
    if (this.rest.length > this.longest + 1) throw new LineTooLong('a line is too long');
  }
}
