import { describe, expect, it } from '@jest/globals';
import { inflateSync } from 'node:zlib';
import { uicBarcode, vdvBarcode } from './ticket-barcode.js';

const FACTS = { id: 'T-00000815-202611', product: 'Deutschlandticket', firstDay: '2026-11-01', lastDay: '2026-12-01' };

describe('barcodes of tickets', () => {
  it('are the same for the same ticket and others for another one', () => {
    const another = { ...FACTS, id: 'T-00000815-202612' };
    for (const barcode of [uicBarcode, vdvBarcode]) {
      expect(barcode(FACTS)).toEqual(barcode(FACTS));
      expect(barcode(FACTS)).not.toEqual(barcode(another));
    }
  });

  it('by UIC 918.3 hold head, signature and as many compressed bytes as they say', () => {
    const bytes = uicBarcode(FACTS);
    expect(bytes.toString('latin1', 0, 14)).toBe('#UT01341600007');
    expect(bytes.toString('hex', 14, 18)).toBe('302c0214');
    expect(Number(bytes.toString('latin1', 64, 68))).toBe(bytes.length - 68);
    const records = inflateSync(bytes.subarray(68)).toString('latin1');
    expect(records.slice(0, 53)).toBe('U_HEAD0100533416T-00000815-202611   0111202600000DEEN');
    expect(records.slice(53, 65)).toBe(`U_TLAY01${String(records.length - 53).padStart(4, '0')}`);
    expect(records.slice(65)).toBe(
      'RCT20003' +
        '0000017200017Deutschlandticket' +
        '0100017200021gueltig ab 01.11.2026' +
        '0200017200022gueltig bis 01.12.2026',
    );
  });

  it('by VDV-KA begin with the signature and carry mark, certificate and authority', () => {
    const bytes = vdvBarcode(FACTS);
    expect(bytes.toString('hex', 0, 3)).toBe('9e8180');
    expect(bytes.toString('latin1', 143, 146)).toBe('VDV');
    expect(bytes.toString('hex', 148, 152)).toBe('7f2181c8');
    expect(bytes.toString('latin1', bytes.length - 8, bytes.length - 3)).toBe('DEVDV');
  });
});
