import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { readTicket } from './read-ticket.js';
import * as uic from './testing/uic-fixture.js';
import { vdvFixture } from './testing/vdv-fixture.js';
import type { UicTicket } from './ticket-model.js';

function uicOf(...blocks: readonly Buffer[]): UicTicket {
  const ticket = readTicket(uic.uicBarcode(blocks));
  if (ticket.kind !== 'UIC') throw new Error('a UIC barcode was expected');
  return ticket;
}

function refusalOf(bytes: Uint8Array): string {
  try {
    readTicket(bytes);
  } catch (error) {
    if (error instanceof AppError && error.code === 'UPSTREAM_MALFORMED') return error.message;
    throw error;
  }
  return 'was read';
}

describe('a barcode by UIC 918.3', () => {
  it('tells signer, key and shape of the signature in both versions', () => {
    const head = { signer: '3416', keyId: '00042', signatureShaped: true };
    expect(readTicket(uic.uicBarcode([uic.HEAD]))).toMatchObject({ version: 1, ...head });
    expect(readTicket(uic.uicBarcode([uic.HEAD], 2))).toMatchObject({ version: 2, ...head });
  });

  it('reads U_HEAD', () => {
    expect(uicOf(uic.HEAD).head).toEqual({
      issuer: '3416',
      ticketKey: 'JNV-77120',
      editedAt: '2026-05-04T08:15:00.000Z',
      international: true,
      specimen: true,
      languages: ['DE', 'EN'],
    });
  });

  it('lists blocks it cannot read by name and size', () => {
    expect(uicOf(uic.HEAD, uic.block('118199', '01', '{"V":"2605040000"}')).blocks).toEqual([
      { name: 'U_HEAD', version: '01', bytes: 41, read: true },
      { name: '118199', version: '01', bytes: 18, read: false },
    ]);
  });

  it('keeps the other blocks when one is broken', () => {
    const ticket = uicOf(uic.HEAD, uic.block('0080BL', '03', '029'), uic.VDV_BLOCK);
    expect(ticket.omissions).toEqual([{ path: '0080BL', reason: 'is cut off' }]);
    expect(ticket.vdvProducts).toHaveLength(1);
  });

  it('reports what follows the last whole block', () => {
    const content = Buffer.concat([uic.HEAD, Buffer.from('U_TLAY019999RCT2')]);
    expect(readTicket(uic.packBarcode(content)).omissions).toEqual([{ path: 'data[53]', reason: 'is no whole block' }]);
  });

  it('does not mind a wrong length in front of the compressed part', () => {
    const barcode = uic.uicBarcode([uic.HEAD]);
    barcode.write('9999', 64);
    expect(readTicket(barcode)).toMatchObject({ head: { issuer: '3416' } });
  });
});

describe('printed layout', () => {
  it('reads fields and withholds the name on a railway ticket', () => {
    const ticket = uicOf(
      uic.layoutBlock('RCT2', [0, 18, 'Fahrkarte'], [0, 52, 'Geheim Erika'], [1, 18, 'Monatskarte']),
    );
    expect(ticket.layout).toMatchObject({
      standard: 'RCT2',
      withheld: 1,
      fields: [{ text: 'Fahrkarte' }, { text: 'Monatskarte' }],
    });
    expect(JSON.stringify(ticket)).not.toContain('Geheim');
    expect(ticket.summary.product).toBe('Monatskarte');
  });

  it('takes a period of two dates for the validity', () => {
    const text = 'Gültig vom 04.05.2026 05:00\nbis 03.06.2026';
    expect(uicOf(uic.layoutBlock('PLAI', [0, 0, 'geboren 12.08.1964'], [1, 0, text])).summary.validity).toEqual({
      from: '2026-05-04T03:00:00.000Z',
      until: '2026-06-03T21:59:59.000Z',
    });
  });

  it('understands lengths in characters instead of bytes', () => {
    const fields = '0000012000004Jäö10100012000003ßüx';
    const block = uic.block('U_TLAY', '01', `RCT20002${fields}`);
    expect(uicOf(block).layout?.fields.map(({ text }) => text)).toEqual(['Jäö1', 'ßüx']);
  });

  it('understands ISO-8859-1', () => {
    const content = Buffer.from('RCT200010000012000003Büx', 'latin1');
    expect(uicOf(uic.block('U_TLAY', '01', content)).layout?.fields[0]?.text).toBe('Büx');
  });
});

describe('order data of Deutsche Bahn', () => {
  it.each([['02', '88776655'] as const, ['03', '8877665544'] as const])('reads version %s', (version, serial) => {
    const fields = {
      '001': 'Flexpreis',
      '014': 'S2',
      '015': 'Jena',
      '016': 'Erfurt',
      '021': 'VIA: WEI',
      '028': 'Erika#Geheim',
    };
    const ticket = uicOf(uic.orderBlock(fields, version));
    expect(ticket.order).toEqual({
      product: 'Flexpreis',
      travelClass: 'SECOND',
      from: 'Jena',
      to: 'Erfurt',
      route: 'VIA: WEI',
      certificates: [{ firstDay: '2026-05-04', lastDay: '2026-05-06', serial }],
      fields: Object.keys(fields),
    });
    expect(ticket.summary.validity).toEqual({ from: '2026-05-03T22:00:00.000Z', until: '2026-05-06T21:59:59.000Z' });
    expect(JSON.stringify(ticket)).not.toContain('Geheim');
  });
});

describe('local transport products in a railway ticket', () => {
  it('reads number, organisations, validity and price', () => {
    expect(uicOf(uic.VDV_BLOCK).vdvProducts).toEqual([
      {
        ticketId: '123456',
        issuerOrg: 6_251,
        productNumber: 9_999,
        ownerOrg: 6_252,
        validity: { from: '2026-04-30T22:00:00.000Z', until: '2026-05-31T21:59:58.000Z' },
        travelClass: null,
        price: { amount: '62.00', currency: 'EUR' },
      },
    ]);
    expect(uicOf(uic.VDV_BLOCK).summary.product).toBe('Deutschlandticket');
  });
});

describe('flexible content in a barcode', () => {
  it.each([1, 2] as const)('is what the summary trusts most, in version %s', (version) => {
    const pass = { pass: { ...(uic.PASS_OF_MAY.pass as object), validFromDay: 0 } };
    const ticket = uicOf(uic.orderBlock({ '001': 'Flexpreis' }), uic.flexTicket(version, pass));
    expect(ticket.summary).toMatchObject({
      number: 'JNV77120',
      product: 'Deutschlandticket',
      price: { amount: '63.00' },
    });
    expect(JSON.stringify(ticket)).not.toMatch(/Erika|Geheim/);
  });
});

describe('a barcode by VDV-KA', () => {
  const { barcode, authority } = vdvFixture();

  it('is recognised without keys, and what is inside stays unread', () => {
    expect(readTicket(barcode)).toEqual({
      kind: 'VDV_KA',
      version: '1109',
      authority: authority.reference,
      signature: 'UNCHECKED',
      summary: { number: null, product: null, validity: null, travelClass: null, price: null },
      certificateEnd: null,
      product: null,
      omissions: [{ path: 'signature', reason: 'is signed by an authority whose key is not at hand' }],
    });
  });

  it('is verified and read with the key of the authority', () => {
    const ticket = readTicket(barcode, [authority]);
    expect(ticket).toMatchObject({
      signature: 'VALID',
      certificateEnd: '2028-12-31',
      summary: { number: '123456', product: 'Deutschlandticket', travelClass: 'SECOND', price: { amount: '62.56' } },
      product: { issuerOrg: 6_251, productNumber: 9_999, ownerOrg: 6_252 },
      omissions: [],
    });
    expect(ticket.summary.validity?.until).toBe('2026-05-31T21:59:58.000Z');
    expect(JSON.stringify(ticket)).not.toMatch(/Erika|1964/);
  });

  it.each([
    ['the ticket', 10, 'is not signed by its issuer'],
    ['the certificate', 300, 'has a certificate its authority did not sign'],
  ])('tells a forgery in %s', (_case, at, reason) => {
    const forged = Buffer.from(barcode);
    forged.writeUInt8(forged.readUInt8(at) ^ 1, at);
    expect(readTicket(forged, [authority])).toMatchObject({
      signature: 'INVALID',
      product: null,
      omissions: [{ reason }],
    });
  });

  it('is refused when it is cut off or lacks its mark', () => {
    expect(refusalOf(barcode.subarray(0, 100))).toBe('signature: is cut off');
    expect(refusalOf(barcode.subarray(0, -9))).toBe('authority: is missing');
    const unmarked = Buffer.from(barcode);
    unmarked.write('XYZ', unmarked.indexOf('VDV'));
    expect(refusalOf(unmarked)).toBe('rest: has no mark VDV');
  });
});

describe('what is refused', () => {
  const packed = uic.uicBarcode([uic.HEAD]);

  it.each([
    ['nothing', Buffer.alloc(0), '$: begins neither like a UIC 918.3 nor like a VDV-KA barcode'],
    [
      'another mark',
      Buffer.from('#XT01'.padEnd(90, '0')),
      '$: begins neither like a UIC 918.3 nor like a VDV-KA barcode',
    ],
    ['another version', Buffer.from('#UT07'.padEnd(90, '0')), 'head.version: is neither 01 nor 02'],
    ['a head alone', packed.subarray(0, 68), 'data: is missing'],
    [
      'a length of letters',
      Buffer.concat([packed.subarray(0, 64), Buffer.from('abcd'), packed.subarray(68)]),
      'length: is not four digits',
    ],
    [
      'a damaged compressed part',
      Buffer.concat([packed.subarray(0, 72), Buffer.alloc(20)]),
      'data: is not valid zlib data',
    ],
    ['a compressed part without blocks', uic.packBarcode(Buffer.alloc(100)), 'data: has no block'],
    [
      'a bomb',
      Buffer.concat([packed.subarray(0, 68), deflateSync(Buffer.alloc(1_000_000))]),
      'data: unpacks to more than 64 KiB',
    ],
    [
      'what no barcode can hold',
      Buffer.concat([packed, Buffer.alloc(10_000)]),
      '$: is larger than 10000 bytes, so no barcode',
    ],
  ])('refuses %s', (_case, bytes, reason) => {
    expect(refusalOf(bytes)).toBe(reason);
  });
});
