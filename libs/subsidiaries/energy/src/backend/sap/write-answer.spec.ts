import { describe, expect, it } from '@jest/globals';
import type { HttpResponse } from '#lib/upstream';
import { fixture, jsonAnswer, pageAnswer, tokenRefused } from '../../../fixtures/fake-sap.js';
import { readWritten } from './write-answer.js';

const empty = (status: number): HttpResponse => ({ status, headers: {}, body: Buffer.alloc(0) });

function failureOf(response: HttpResponse): { code: string; unsent: boolean } {
  try {
    readWritten(response);
  } catch (error) {
    const { code, details } = error as { code: string; details: { unsent?: true } };
    return { code, unsent: details.unsent === true };
  }
  throw new Error('it was read');
}

describe('the answer to a change', () => {
  it.each([
    ['201 with an entity', jsonAnswer('{"d":{}}', 201)],
    ['201 with a body that is cut', jsonAnswer('{"d":', 201)],
    ['204', empty(204)],
    ['200 with JSON', jsonAnswer('{"d":{}}')],
  ])('says with %s that it is done', (_, response) => {
    expect(readWritten(response)).toEqual({ kind: 'taken' });
  });

  it('tells an implausible reading by its single message, not by the summary', () => {
    const read = readWritten(jsonAnswer(fixture('implausible.answer.json'), 400));
    expect(read).toMatchObject({ kind: 'refused', refusal: { isImplausible: true, code: 'EL/140' } });
    const error = fixture('implausible.answer.json').toString('utf8').replace('"warning"', '"error"');
    expect(readWritten(jsonAnswer(error, 400))).toMatchObject({ refusal: { isImplausible: false } });
  });

  it('gives the words of a refusal that speaks of the matter, without control characters', () => {
    expect(readWritten(jsonAnswer(fixture('not-possible.answer.json'), 400))).toEqual({
      kind: 'refused',
      refusal: {
        code: 'EL/459',
        message: 'Zählerstand kann derzeit nicht erfasst werden',
        isImplausible: false,
        isOutdated: false,
      },
    });
  });

  it('tells a changed version', () => {
    expect(readWritten(jsonAnswer(fixture('error.answer.json'), 412))).toMatchObject({
      refusal: { isOutdated: true, message: null },
    });
  });

  it.each([
    ['a logon page', pageAnswer(fixture('logon.answer.html')), 'UPSTREAM_UNAVAILABLE', true],
    ['a refused token', tokenRefused(), 'UPSTREAM_UNAVAILABLE', true],
    ['a firewall', pageAnswer(fixture('firewall.answer.html')), 'UPSTREAM_UNAVAILABLE', true],
    ['429', jsonAnswer('{}', 429), 'UPSTREAM_UNAVAILABLE', true],
    ['500', jsonAnswer(fixture('not-possible.answer.json'), 500), 'UPSTREAM_UNAVAILABLE', false],
    ['503', pageAnswer('down', 503), 'UPSTREAM_UNAVAILABLE', false],
    ['a page with status 200', pageAnswer('<html>hello</html>'), 'UPSTREAM_MALFORMED', false],
    ['an empty 200', empty(200), 'UPSTREAM_MALFORMED', false],
    ['a technical refusal', jsonAnswer(fixture('error.answer.json'), 404), 'UPSTREAM_REJECTED', false],
    ['400 without a code', jsonAnswer('{}', 400), 'UPSTREAM_REJECTED', false],
  ])('says of %s whether it may have had an effect', (_, response, code, unsent) => {
    expect(failureOf(response)).toEqual({ code, unsent });
  });
});
