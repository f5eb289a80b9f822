import { describe, expect, it } from '@jest/globals';
import { BarcodeDrawer } from './barcode-drawer.js';
import { barcodeSvg } from './barcode-image.js';

const PAYLOAD = Buffer.from('#UT01beispiel').toString('base64');

describe('a ticket’s code as picture', () => {
  it('is drawn, and the same each time', async () => {
    const drawer = new BarcodeDrawer();
    const drawings = await Promise.all([drawer.draw('AZTEC', PAYLOAD), drawer.draw('AZTEC', PAYLOAD)]);
    const expected = barcodeSvg(Buffer.from(PAYLOAD, 'base64'));
    expect(drawings).toEqual([expected, expected]);
    expect(await drawer.draw('AZTEC', PAYLOAD)).toBe(expected);
  });

  it.each([
    ['of another kind', 'QR', PAYLOAD],
    ['without content', 'AZTEC', ''],
    ['that is too long', 'AZTEC', Buffer.alloc(1_001).toString('base64')],
  ])('is null for a code %s', async (_what, symbology, payload) => {
    expect(await new BarcodeDrawer().draw(symbology, payload)).toBeNull();
  });

  it('is refused when too many wait, and drawn again afterwards', async () => {
    const drawer = new BarcodeDrawer();
    const codes = Array.from({ length: 201 }, () => drawer.draw('AZTEC', ''));
    await expect(codes.at(-1)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await Promise.all(codes.slice(0, -1));
    expect(await drawer.draw('AZTEC', PAYLOAD)).toContain('<svg');
  });
});
