import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '#lib/kernel';
import { readBatchFile } from './read-batch-file.js';
import { readBatch, type BatchAnswer } from './read-batch.js';
import { writeBatch, type BatchRequest } from './write-batch.js';

const TYPE = 'multipart/mixed; boundary=ABC0';
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);

function response(status: string, body: string, headers = `Content-Length: ${Buffer.byteLength(body)}`): string {
  return [
    'Content-Type: application/http',
    'content-transfer-encoding: binary',
    '',
    `HTTP/1.1 ${status}`,
    'Content-Type: application/json',
    headers,
    '',
    body,
  ].join('\r\n');
}

function answer(...parts: readonly string[]): string {
  return [...parts.map((part) => `--ABC0\r\n${part}\r\n`), '--ABC0--\r\n'].join('');
}

function changeset(...parts: readonly string[]): string {
  const inner = parts.map((part) => `--SET1\r\n${part}\r\n`).join('');
  return `Content-Type: multipart/mixed; boundary="SET1"\r\nContent-Length: 7\r\n\r\n${inner}--SET1--\r\n`;
}

const read = (text: string, type = TYPE): readonly BatchAnswer[] => readBatch(type, Buffer.from(text));
const plain = (answers: readonly BatchAnswer[]): unknown =>
  answers.map((each) =>
    each.kind === 'changeset'
      ? each.responses.map(({ status, body, contentId }) => [status, body.toString(), contentId])
      : [each.status, each.body.toString(), each.contentId],
  );

const write = (change: object): BatchRequest => ({
  kind: 'changeset',
  writes: [{ method: 'POST', target: 'A', ...change }],
});

describe('readBatch', () => {
  const WHOLE = answer(
    response('200 OK', '{"d":{"City":"Jena-Göschwitz"}}'),
    response('404 Not Found', '{"error":{}}'),
    changeset(response('201 Created', '{"d":{}}', 'Content-ID: 7'), response('204 No Content', '')),
  );
  const EXPECTED = [
    [200, '{"d":{"City":"Jena-Göschwitz"}}', null],
    [404, '{"error":{}}', null],
    [
      [201, '{"d":{}}', '7'],
      [204, '', null],
    ],
  ];

  it('reads reads, refusals and changesets in their order', () => {
    expect(plain(read(WHOLE))).toEqual(EXPECTED);
  });

  it.each([
    ['a quoted boundary', WHOLE, 'Multipart/Mixed;charset=utf-8; boundary="ABC0"'],
    ['line feeds alone', WHOLE.replaceAll('\r\n', '\n'), TYPE],
    ['no line end after the last delimiter', WHOLE.trimEnd(), TYPE],
    ['text before and after', `preamble\r\n${WHOLE}epilogue --ABC0\r\n`, TYPE],
    ['blanks behind the delimiters', WHOLE.replaceAll('--ABC0\r\n', '--ABC0 \t\r\n'), TYPE],
    ['empty lines before the status', WHOLE.replaceAll('HTTP/1.1', '\r\nHTTP/1.1'), TYPE],
  ])('reads %s', (_case, text, type) => {
    expect(plain(read(text, type))).toEqual(EXPECTED);
  });

  it.each([
    ['too short by characters counted as bytes', 30],
    ['too long', 3000],
    ['no number', 'x'],
  ])('keeps the whole body when its length is %s', (_case, length) => {
    const body = '{"d":{"City":"Jena-Göschwitz"}}';
    expect(plain(read(answer(response('200 OK', body, `Content-Length: ${length}`))))).toEqual([[200, body, null]]);
  });

  it('cuts off line ends beyond the declared length and keeps those within', () => {
    const text = answer(response('200 OK', 'ab\r\n\r\n', 'Content-Length: 4'));
    expect(plain(read(text))).toEqual([[200, 'ab\r\n', null]]);
  });

  it('joins folded and repeated headers', () => {
    const [first] = read(answer(response('200 OK', '', 'sap-message: one\r\n\t two\r\nVia: a\r\nVIA: b')));
    if (first?.kind !== 'response') throw new Error('a response was expected');
    expect([first.headers.get('sap-message'), first.headers.get('via')]).toEqual(['one two', 'a, b']);
  });

  it('does not take a delimiter inside a line for one', () => {
    const body = '{"d":"--ABC0\\r\\n x --ABC0--"}';
    expect(plain(read(answer(response('200 OK', body))))).toEqual([[200, body, null]]);
  });

  it('reads an answer kept without its headers as plain data', () => {
    const xml = '<error><code>E/1</code><message>m</message></error>';
    const refusal = response('400 Bad Request', xml).replace('json', 'xml');
    const text = answer(
      response('200 OK', '{"d":{"City":"Jena"}}'),
      refusal,
      changeset(response('204 No Content', '')),
    );
    expect(readBatchFile(Buffer.from(text))).toEqual([
      { status: 200, contentId: null, document: { kind: 'entity', entity: { City: 'Jena' } } },
      { status: 400, contentId: null, document: { kind: 'error', error: { code: 'E/1', message: 'm', details: [] } } },
      [{ status: 204, contentId: null, document: null }],
    ]);
    expect(() => readBatchFile(Buffer.from('{}'))).toThrow('$: does not begin with a delimiter');
  });

  it.each([
    ['another content type', 'application/json', WHOLE, '$'],
    ['no boundary', 'multipart/mixed', WHOLE, '$'],
    ['a cut answer', TYPE, WHOLE.slice(0, -20), '$'],
    ['another boundary', 'multipart/mixed; boundary=ABC1', WHOLE, '$'],
    ['a part of another type', TYPE, answer('Content-Type: text/html\r\n\r\n<p>'), 'parts[0]'],
    ['a part without status', TYPE, answer('Content-Type: application/http\r\n\r\nhello'), 'parts[0]'],
    ['a line that is no header', TYPE, answer('hello there\r\n\r\nx'), 'parts[0]'],
    ['a set within a set', TYPE, answer(changeset(changeset(response('200 OK', '')))), 'parts[0][0]'],
    ['a cut set', TYPE, answer(changeset(response('200 OK', '')).replace('--SET1--', '')), 'parts[0]'],
    ['too many parts', TYPE, answer(...Array.from({ length: 1001 }, () => response('200 OK', ''))), '$'],
    ['endless headers', TYPE, answer(response('200 OK', '', 'A: 1\r\n'.repeat(200).trimEnd())), 'parts[0]'],
    ['an endless line', TYPE, answer(`X: ${'a'.repeat(100_000)}`), 'parts[0]'],
  ])('refuses %s', (_case, type, text, path) => {
    expect(() => read(text, type)).toThrow(
      expect.objectContaining({ code: 'UPSTREAM_MALFORMED', details: expect.objectContaining({ path }) }),
    );
  });

  it('answers any mangled batch with data or a reasoned refusal', () => {
    const cuts = fc.array(fc.tuple(fc.nat(WHOLE.length), fc.nat(40), fc.string({ maxLength: 12 })), { maxLength: 6 });
    const bytes = fc.oneof(
      cuts.map((edits) =>
        Buffer.from(edits.reduce((text, [at, gap, put]) => text.slice(0, at) + put + text.slice(at + gap), WHOLE)),
      ),
      fc.uint8Array({ maxLength: 200 }).map((noise) => Buffer.concat([Buffer.from('--ABC0\r\n'), noise])),
    );
    fc.assert(
      fc.property(bytes, (body) => {
        try {
          expect(Array.isArray(readBatch(TYPE, body))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('writeBatch', () => {
  it('writes reads and changesets as the bytes that SAP Gateway expects', () => {
    const { contentType, body } = writeBatch([
      { kind: 'read', target: "Accounts('1')?$expand=Contracts" },
      {
        kind: 'changeset',
        writes: [
          { method: 'PUT', target: "Plans('2')", body: '{"Amount":"49.00"}', contentId: '1' },
          { method: 'DELETE', target: "Notes('3')", headers: { 'If-Match': '*' } },
        ],
      },
    ]);
    const boundary = /^multipart\/mixed; boundary=(batch_[0-9a-f]{32})$/.exec(contentType)?.[1] ?? '';
    const set = /boundary=(changeset_[0-9a-f]{32})\r\n/.exec(body.toString())?.[1] ?? '';
    expect(body.toString().replaceAll(boundary, 'B').replaceAll(set, 'S').split('\r\n')).toEqual([
      '--B',
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      '',
      "GET Accounts('1')?$expand=Contracts HTTP/1.1",
      'Accept: application/json',
      '',
      '',
      '--B',
      'Content-Type: multipart/mixed; boundary=S',
      '',
      '--S',
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      'Content-ID: 1',
      '',
      "PUT Plans('2') HTTP/1.1",
      'Accept: application/json',
      'Content-Type: application/json',
      'Content-Length: 18',
      '',
      '{"Amount":"49.00"}',
      '--S',
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      '',
      "DELETE Notes('3') HTTP/1.1",
      'Accept: application/json',
      'If-Match: *',
      '',
      '',
      '--S--',
      '',
      '--B--',
      '',
    ]);
  });

  it('lets headers replace the defaults, whatever their case', () => {
    const headers = { accept: 'application/pdf', 'content-type': 'application/xml' };
    const text = writeBatch([write({ headers, body: 'ü' })]).body.toString();
    expect(text.match(/accept: [^\r]+/gi)).toEqual(['accept: application/pdf']);
    expect(text).toContain('Content-Length: 2\r\naccept');
  });

  it('writes equal requests as equal bytes', () => {
    const requests: readonly BatchRequest[] = [{ kind: 'read', target: 'Divisions' }];
    expect(writeBatch(requests)).toEqual(writeBatch(requests));
  });

  it.each([
    ['a line end in a target', { kind: 'read', target: 'A\r\nX: 1' } as const, 'requests[0].target'],
    ['a blank in a target', { kind: 'read', target: 'A HTTP/1.1' } as const, 'requests[0].target'],
    ['an umlaut in a target', write({ target: 'Ä' }), 'requests[0].writes[0].target'],
    ['a line end in a header', write({ headers: { A: '1\r\nB: 2' } }), 'requests[0].writes[0].headers.A'],
    ['a colon in a header name', write({ headers: { 'A:': '1' } }), 'requests[0].writes[0].headers'],
    [
      'a length of its own',
      write({ headers: { 'content-length': '0' } }),
      'requests[0].writes[0].headers.content-length',
    ],
    ['a line end in a content id', write({ contentId: '1\n' }), 'requests[0].writes[0].contentId'],
    ['an empty changeset', { kind: 'changeset', writes: [] } as const, 'requests[0].writes'],
  ])('refuses %s', (_case, request, path) => {
    expect(() => writeBatch([request])).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) }),
    );
  });

  it('refuses a batch of nothing and one of too much', () => {
    expect(() => writeBatch([])).toThrow('requests: are empty');
    const many = Array.from({ length: 101 }, () => ({ kind: 'read', target: 'A' }) as const);
    expect(() => writeBatch(many)).toThrow('requests: are more than 100');
  });

  it('lets no body break out of its part', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (first, second) => {
        const writes = [first, second].map((body) => ({ method: 'POST', target: 'A', body }) as const);
        const { contentType, body } = writeBatch([{ kind: 'changeset', writes }]);
        // Requests and answers differ in their first lines only.
        const echoed = body.toString().replaceAll('POST A HTTP/1.1\r\n', 'HTTP/1.1 200 OK\r\n');
        expect(plain(readBatch(contentType, Buffer.from(echoed)))).toEqual([
          [first, second].map((text) => [200, Buffer.from(text).toString(), null]),
        ]);
      }),
      { numRuns: RUNS },
    );
  });
});
