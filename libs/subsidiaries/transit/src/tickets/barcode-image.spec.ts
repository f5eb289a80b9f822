import bwip from 'bwip-js';
import { describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { barcodePng, barcodeSvg } from './barcode-image.js';

/** Every byte there is, so that none of them is lost or changed on the way. */
const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, index) => index);
const QUIET = 2;
const PIXELS = 8;

/** The code drawn another way: from escapes for each byte. */
function expectedModules(payload: Uint8Array): { size: number; dark: number } {
  const text = [...payload].map((byte) => `^${String(byte).padStart(3, '0')}`).join('');
  const [code] = bwip.raw({ bcid: 'azteccode', text, parse: true });
  if (code === undefined || !('pixs' in code)) throw new Error('a matrix code was expected');
  return { size: code.pixx, dark: code.pixs.filter((module) => module === 1).length };
}

/** Area of all outlines of a drawing, holes counted against the rest, in modules. */
function darkArea(svg: string): number {
  const outlines = [...svg.matchAll(/M([\d.]+) ([\d.]+)((?:L[\d.]+ [\d.]+)+)Z/g)].map(([outline]) =>
    [...outline.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const),
  );
  const areas = outlines.map((points) =>
    points.reduce((sum, [x, y], index) => {
      const [nextX, nextY] = points[(index + 1) % points.length]!;
      return sum + (x * nextY - nextX * y) / 2;
    }, 0),
  );
  return Math.abs(areas.reduce((sum, area) => sum + area, 0)) / PIXELS ** 2;
}

describe('barcodeSvg', () => {
  it.each([
    ['a single byte', Uint8Array.of(0)],
    ['every byte there is', ALL_BYTES],
    ['bytes that are no text', Uint8Array.from({ length: 90 }, (_, index) => 255 - index)],
  ])('draws a square that holds %s', (_case, payload) => {
    const { size, dark } = expectedModules(payload);
    const edge = (size + 2 * QUIET) * PIXELS;
    const svg = barcodeSvg(payload);
    expect(svg).toMatch(new RegExp(`^<svg viewBox="0 0 ${edge} ${edge}"`));
    expect(darkArea(svg)).toBe(dark);
  });

  it('draws as much as may be', () => {
    expect(barcodeSvg(new Uint8Array(1_000).fill(0xe4))).toContain('<path');
  });

  it('draws another picture for another byte', () => {
    expect(barcodeSvg(Uint8Array.of(1, 2, 0xff))).not.toBe(barcodeSvg(Uint8Array.of(1, 2, 0xfe)));
  });

  it.each([
    ['is empty', new Uint8Array(0)],
    ['is longer than 1000 bytes', new Uint8Array(1_001)],
  ])('refuses a payload that %s', (reason, payload) => {
    expect(() => barcodeSvg(payload)).toThrow(new AppError('INVALID_INPUT', `payload: ${reason}`));
  });
});

describe('barcodePng', () => {
  it('draws the same square as a picture', async () => {
    const png = await barcodePng(ALL_BYTES);
    const edge = (expectedModules(ALL_BYTES).size + 2 * QUIET) * PIXELS;
    expect(png.toString('latin1', 1, 4)).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([edge, edge]);
  });

  it('refuses what is too long', async () => {
    await expect(barcodePng(new Uint8Array(2_000))).rejects.toBeInstanceOf(AppError);
  });
});
