import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { odataKey } from '#lib/formats';
import type { HttpResponse } from '#lib/upstream';
import { batchAnswer, readsOf } from '../../../fixtures/fake-batch.js';
import { fixture, jsonAnswer, pageAnswer, printed } from '../../../fixtures/fake-sap.js';
import { batchOutcome, batchRequest } from './batch-message.js';
import { documentOf } from './gateway-answer.js';
import { odataFilter } from './odata-filter.js';
import { CONTRACT_ACCOUNTS, ERP, INVOICES } from '../umc.wire.js';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);
const target = (account: string): string => `Accounts(${odataKey(account)})/${INVOICES}`;

describe('the request of a batch', () => {
  it('is what SAP expects, byte for byte', () => {
    const request = batchRequest(ERP, [`Accounts('0004471100')/${CONTRACT_ACCOUNTS}`, target('0004471100')]);
    const lines = printed(request).split('\r\n');
    expect(lines.join('')).not.toMatch(/\r/);
    // The file has plain line ends, which no editor and no git changes.
    expect(lines.join('\n')).toBe(fixture('batch.request.txt').toString('utf8'));
  });

  it.each([
    ["a quote that would end the key: 1')/Contracts('9"],
    ['a line end that would begin another part: 1\r\n--batch\r\n\r\nDELETE Accounts(1) HTTP/1.1'],
    ['a blank that would end the address: 1 HTTP/1.1'],
    ['an operator: 1 or 1 eq 1'],
    ['a question mark, a hash and an ampersand: ?a#b&$top=1'],
    ['dots and slashes: ../../X'],
    ['an element: </x>'],
    ['a letter of two bytes and one beyond: ü 🜁 \ud800'],
  ])('holds one read whatever stands in a key or a filter, such as %s', (value) => {
    const filter = odataFilter({ property: 'ContractID', is: 'eq', value: { text: value } });
    const targets = [target(value), `ProfileValues?${filter}`, target('0004471100')];
    const request = batchRequest(ERP, targets);
    expect(readsOf(request).map(({ path }) => path)).toEqual(targets.map((one) => `${ERP}/${one}`));
    const text = String(request.body);
    expect(text.match(/^[A-Z]+ \S+ HTTP\/1\.1\r$/gm)).toHaveLength(3);
    expect(text.match(/^--/gm)).toHaveLength(4);
    // Nothing but line ends and what can be seen.
    expect(text).toMatch(/^[\r\n\x20-\x7e]*$/);
  });

  it('holds one read for any account', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 1, maxLength: 20 }), (values) => {
        const targets = values.map(target);
        expect(readsOf(batchRequest(ERP, targets)).map(({ path }) => path)).toEqual(
          targets.map((one) => `${ERP}/${one}`),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it.each(['A\r\nX: 1', 'A HTTP/1.1', '', 'Ä'])('refuses a target that is no address (%j)', (wrong) => {
    expect(() => batchRequest(ERP, [wrong])).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});

describe('the outcome of a batch', () => {
  it('is what each read would have been answered by itself', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ status: fc.integer({ min: 200, max: 599 }), body: fc.string({ unit: 'binary' }) }), {
          minLength: 1,
          maxLength: 20,
        }),
        (parts) => {
          const answers = parts.map(({ status, body }) => jsonAnswer(body, status));
          const outcome = batchOutcome(batchAnswer(answers), answers.length);
          const shown = (answer: HttpResponse): unknown => [
            answer.status,
            answer.headers['content-type'],
            answer.body.toString('hex'),
          ];
          if (outcome.kind !== 'answered') throw new Error(`was ${outcome.kind}`);
          expect(outcome.answers.map(shown)).toEqual(answers.map(shown));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it.each([
    ['CRLF', '\r\n'],
    ['LF', '\n'],
  ])('is read from an answer in %s with lengths that are wrong or missing', (_case, lineEnd) => {
    const body = Buffer.from(fixture('batch.answer.txt').toString('utf8').replaceAll('\n', lineEnd));
    const headers = { 'content-type': 'multipart/mixed; boundary=5A11E0A7D0F00D50' };
    const outcome = batchOutcome({ status: 202, headers, body }, 2);
    if (outcome.kind !== 'answered') throw new Error(`was ${outcome.kind}`);
    const [there, missing] = outcome.answers;
    expect(documentOf(there!)).toMatchObject({ d: { results: [{ AccountID: '0004471100' }] } });
    expect(() => documentOf(missing!)).toThrow(
      expect.objectContaining({
        code: 'UPSTREAM_REJECTED',
        details: { upstreamCode: '005056A509B11EE1B9A8FEC11C21D78E' },
      }),
    );
  });

  it.each([
    ['429', { ...jsonAnswer('{}', 429), headers: { 'retry-after': '7' } }, false, { retryAfterSeconds: 7 }],
    ['500', pageAnswer('<html>dump', 500), true, {}],
    ['503', jsonAnswer('{"error":{"code":"X/1"}}', 503), false, { upstreamCode: 'X/1' }],
    ['401', jsonAnswer('{}', 401), false, {}],
    ['a redirect', pageAnswer('', 302), false, {}],
    ['a logon page', pageAnswer(fixture('logon.answer.html')), false, {}],
  ])('is an outage for all after %s', (_case, response, isPoisoned, details) => {
    const outcome = batchOutcome(response, 2);
    expect(outcome).toMatchObject({ kind: 'down', isPoisoned, error: { code: 'UPSTREAM_UNAVAILABLE', details } });
  });

  it('is unreadable with the answer to a changeset that nobody sent', () => {
    const [inner, outer] = ['INNER', 'F00DFACE0'];
    const part = 'Content-Type: application/http\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n';
    const set = `--${inner}\r\n${part}\r\n--${inner}--\r\n`;
    const body = `--${outer}\r\nContent-Type: multipart/mixed; boundary=${inner}\r\n\r\n${set}\r\n--${outer}--\r\n`;
    const response = { ...batchAnswer([]), body: Buffer.from(body) };
    expect(batchOutcome(response, 1)).toEqual({ kind: 'unreadable' });
  });

  it('is never a mix-up or a crash, however the answer is damaged', () => {
    const whole = batchAnswer([jsonAnswer('{"d":{"results":[]}}'), jsonAnswer('{"error":{}}', 404)]);
    const damage = fc.array(fc.tuple(fc.nat(whole.body.length), fc.nat(60), fc.uint8Array({ maxLength: 12 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(damage, fc.constantFrom(200, 202, 206, 301, 404, 500), (edits, status) => {
        const body = edits.reduce(
          (bytes, [at, gap, put]) => Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + gap)]),
          whole.body,
        );
        const outcome = batchOutcome({ ...whole, status, body }, 2);
        expect(['answered', 'refused', 'unreadable', 'down']).toContain(outcome.kind);
        if (outcome.kind === 'answered') expect(outcome.answers).toHaveLength(2);
      }),
      { numRuns: RUNS },
    );
  });
});
