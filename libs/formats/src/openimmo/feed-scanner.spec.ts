import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FeedScanner, type ScanEvent } from './feed-scanner.js';
import { estateXml, feedXml } from './testing/sample-feed.js';

const DOCUMENT = Buffer.from(
  `\ufeff${feedXml([estateXml('1'), '<!-- a > b -->', '<x:y xmlns:x="urn:x" a=">"/>', '<immobilie><![CDATA[</immobilie>]]></immobilie>'])}\n<!-- end -->\n`,
);

function scanned(chunks: readonly Uint8Array[], portion?: number): readonly ScanEvent[] {
  const scanner = new FeedScanner(portion);
  return [...chunks.flatMap((chunk) => scanner.push(chunk)), ...scanner.end()];
}

describe('a scanner of feeds', () => {
  it('finds the same wherever the bytes are split', () => {
    const whole = scanned([DOCUMENT]);
    fc.assert(
      fc.property(fc.infiniteStream(fc.integer({ min: 1, max: 40 })), (sizes) => {
        const chunks: Uint8Array[] = [];
        for (let at = 0; at < DOCUMENT.length;) {
          const size = sizes.next().value;
          chunks.push(DOCUMENT.subarray(at, at + size));
          at += size;
        }
        expect(scanned(chunks, 1)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  it('names each element by its place', () => {
    const pieces = scanned([DOCUMENT]).flatMap((event) => (event.kind === 'piece' ? [event.path] : []));
    expect(pieces).toEqual([
      'openimmo.uebertragung[0]',
      'openimmo.anbieter[0].anbieternr[0]',
      'openimmo.anbieter[0].firma[0]',
      'openimmo.anbieter[0].openimmo_anid[0]',
      'openimmo.anbieter[0].immobilie[0]',
      'openimmo.anbieter[0].y[0]',
      'openimmo.anbieter[0].immobilie[1]',
    ]);
  });

  it('does not keep what is too large', () => {
    const scanner = new FeedScanner();
    scanner.push(Buffer.from('<openimmo><anbieter><immobilie><lage>'));
    for (let megabyte = 0; megabyte < 20; megabyte += 1) scanner.push(Buffer.alloc(1024 * 1024, 'x'));
    scanner.push(Buffer.from('</lage></immobilie><immobilie/></anbieter></openimmo>'));
    const pieces = scanner.end().flatMap((event) => (event.kind === 'piece' ? [event.bytes?.toString()] : []));
    expect(pieces).toEqual([undefined, '<piece><immobilie/></piece>']);
  });

  it.each([
    ['a comment', '<!--'],
    ['a tag', '<openimmo a="'],
    ['a tag of many attributes', '<openimmo '],
  ])('refuses %s without an end before it takes all memory', (_case, start) => {
    const scanner = new FeedScanner();
    const flood = (): void => {
      scanner.push(Buffer.from(start));
      for (let megabyte = 0; megabyte < 40; megabyte += 1) scanner.push(Buffer.alloc(1024 * 1024, ' '));
    };
    expect(flood).toThrow(expect.objectContaining({ code: 'UPSTREAM_MALFORMED' }));
  });

  it('refuses more than 200 MiB', () => {
    const scanner = new FeedScanner();
    const blank = Buffer.alloc(1024 * 1024, ' ');
    const flood = (): void => {
      scanner.push(Buffer.from('<openimmo>'));
      for (let megabyte = 0; megabyte < 201; megabyte += 1) scanner.push(blank);
    };
    expect(flood).toThrow('is larger than 209715200 bytes');
  });
});
