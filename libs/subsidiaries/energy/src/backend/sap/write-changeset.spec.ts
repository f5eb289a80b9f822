import { describe, expect, it } from '@jest/globals';
import { changesetAnswer } from '../../../fixtures/fake-money.js';
import { fixture, jsonAnswer, pageAnswer, tokenRefused } from '../../../fixtures/fake-sap.js';
import { readChangeset } from './write-changeset.js';

const taken = { status: 204, headers: {}, body: Buffer.alloc(0) };

/** How SAP answers a changeset of which nothing was carried out. */
function failed(status: number, body: Buffer) {
  const head = `Content-Type: application/http\r\n\r\nHTTP/1.1 ${status} Said\r\nContent-Type: application/json\r\n`;
  const part = `--b\r\n${head}Content-Length: ${body.length}\r\n\r\n${body.toString('utf8')}\r\n--b--\r\n`;
  return { status: 202, headers: { 'content-type': 'multipart/mixed; boundary=b' }, body: Buffer.from(part) };
}

describe('the answer to a changeset', () => {
  it('says that all is done', () => {
    expect(readChangeset(changesetAnswer(taken))).toEqual({ kind: 'taken' });
  });

  it('gives the refusal in the place of the changeset', () => {
    expect(readChangeset(failed(400, fixture('not-possible.answer.json')))).toMatchObject({
      kind: 'refused',
      refusal: { code: 'EL/459' },
    });
  });

  it.each([
    ['a logon page', pageAnswer(fixture('logon.answer.html')), 'UPSTREAM_UNAVAILABLE', true],
    ['a refused token', tokenRefused(), 'UPSTREAM_UNAVAILABLE', true],
    ['a server error', jsonAnswer('{}', 500), 'UPSTREAM_UNAVAILABLE', undefined],
    ['an error inside', failed(500, Buffer.from('{}')), 'UPSTREAM_UNAVAILABLE', undefined],
    ['no part', { ...changesetAnswer(taken), body: Buffer.from('--outer--\r\n') }, 'UPSTREAM_MALFORMED', undefined],
    ['half of it', { ...changesetAnswer(taken), body: Buffer.from('--outer\r\n') }, 'UPSTREAM_MALFORMED', undefined],
  ])('leaves no doubt about %s where there is none', (_what, response, code, unsent) => {
    expect(() => readChangeset(response)).toThrow(
      expect.objectContaining({ code, details: expect.objectContaining(unsent === undefined ? {} : { unsent }) }),
    );
  });
});
