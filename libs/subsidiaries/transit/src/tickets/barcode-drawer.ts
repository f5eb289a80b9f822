import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AppError } from '#lib/kernel';

/** A drawing has about 30,000 characters, the largest 80,000. */
const MOST_CHARACTERS = 8_000_000;
/** Drawings that may wait; at 50 ms each the last one then is ready within the longest patience. */
const MOST_WAITING = 200;

/**
 * Draws ticket codes for clients that cannot. One takes 50 ms in which nothing else runs, so they are drawn one at a
 * time with a turn for everything else in between, and are kept, the least recently used going first.
 */
@Injectable()
export class BarcodeDrawer {
  private readonly drawings = new LRUCache<string, string>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (svg) => svg.length,
  });
  private waiting = 0;
  private last: Promise<unknown> = Promise.resolve();

  /**
   * The code as SVG.
   * @param payload base64
   * @returns null for another kind of code than Aztec, and for a payload that is empty or longer than 1,000 bytes
   * @throws AppError RATE_LIMITED when too many drawings wait already
   */
  async draw(symbology: string, payload: string): Promise<string | null> {
    if (symbology !== 'AZTEC') return null;
    const bytes = Buffer.from(payload, 'base64');
    const key = createHash('sha256').update(bytes).digest('base64');
    const known = this.drawings.get(key);
    if (known !== undefined) return known;
    if (this.waiting >= MOST_WAITING) throw new AppError('RATE_LIMITED', 'too many drawings', { retryAfterSeconds: 5 });
    this.waiting += 1;
    const turn = this.last.then(() => nextTurn());
    const drawing = turn.then(() => this.drawings.get(key) ?? drawn(bytes));
    this.last = drawing.catch(() => undefined).finally(() => (this.waiting -= 1));
    const svg = await drawing;
    if (svg !== null) this.drawings.set(key, svg);
    return svg;
  }
}

/** The drawing library is loaded with the first drawing: it knows a hundred kinds of codes, which every start would pay for. */
async function drawn(payload: Buffer): Promise<string | null> {
  const { barcodeSvg } = await import('./barcode-image.js');
  try {
    return barcodeSvg(payload);
  } catch (error) {
    if (error instanceof AppError && error.code === 'INVALID_INPUT') return null;
    throw error;
  }
}
