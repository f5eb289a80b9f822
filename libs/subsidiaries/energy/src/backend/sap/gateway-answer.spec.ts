import { describe, expect, it } from '@jest/globals';
import { fixture, jsonAnswer, pageAnswer } from '../../../fixtures/fake-sap.js';
import { documentOf } from './gateway-answer.js';

function failureOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

describe('documentOf', () => {
  it('gives the document of a JSON answer', () => {
    expect(documentOf(jsonAnswer('{"d":{"results":[]}}'))).toEqual({ d: { results: [] } });
  });

  it('tells a business refusal by its code and without its text', () => {
    const failure = failureOf(() => documentOf(jsonAnswer(fixture('error.answer.json'), 404)));
    expect(failure).toMatchObject({
      code: 'UPSTREAM_REJECTED',
      message: 'SAP answered 404',
      details: { upstreamCode: '/IWBEP/CM_MGW_RT/020' },
    });
  });

  it('takes 429 and 5xx for an outage and passes on how long it lasts', () => {
    const busy = { ...jsonAnswer('{}', 503), headers: { 'retry-after': '30' } };
    expect(failureOf(() => documentOf(busy))).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      details: { retryAfterSeconds: 30 },
    });
    expect(failureOf(() => documentOf(jsonAnswer('{}', 429)))).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  it('does not take pages with status 200 for answers', () => {
    const logon = pageAnswer(fixture('logon.answer.html'));
    const firewall = pageAnswer(fixture('firewall.answer.html'));
    expect(failureOf(() => documentOf(logon))).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(failureOf(() => documentOf(firewall))).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(failureOf(() => documentOf(pageAnswer('<html>Hinweis</html>')))).toMatchObject({
      code: 'UPSTREAM_MALFORMED',
    });
  });

  it('never quotes a code that is no code', () => {
    const body = JSON.stringify({ error: { code: 'Frau\nMuster', message: { value: 'x' } } });
    expect(failureOf(() => documentOf(jsonAnswer(body, 400)))).toMatchObject({ details: {} });
  });
});
