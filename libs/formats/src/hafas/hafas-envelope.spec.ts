import { describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { hafasResult } from './hafas-envelope.js';
import { hafasErrorFacts } from './hafas-errors.js';

const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const service = (part: object) => bytes({ ver: '1.78', err: 'OK', svcResL: [part] });

function refusal(input: Buffer): AppError {
  try {
    hafasResult(input, 'LocMatch');
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('hafasResult', () => {
  it('gives the result of the service', () => {
    const result = hafasResult(service({ meth: 'LocMatch', err: 'OK', res: { match: {} } }), 'LocMatch');
    expect(result.has('match')).toBe(true);
    expect(result.path).toBe('svcResL[0].res');
  });

  it.each([
    ['AUTH', 'UPSTREAM_REJECTED'],
    ['PARSE', 'UPSTREAM_REJECTED'],
    ['FAIL', 'UPSTREAM_UNAVAILABLE'],
    ['SOMETHING_NEW', 'UPSTREAM_UNAVAILABLE'],
  ])('takes the error %s of the whole answer as %s, although the status is 200', (err, code) => {
    const error = refusal(bytes({ ver: '1.78', err, errTxt: 'secret words' }));
    expect(error).toMatchObject({ code, details: { path: 'err', upstreamCode: err } });
    expect(error.message).not.toContain('secret');
  });

  it.each([
    ['H890', 'UPSTREAM_REJECTED'],
    ['H9360', 'UPSTREAM_REJECTED'],
    ['LOCATION', 'UPSTREAM_REJECTED'],
    ['CGI_READ_FAILED', 'UPSTREAM_UNAVAILABLE'],
  ])('takes the error %s of a service as %s, even if it has a result', (err, code) => {
    const error = refusal(service({ meth: 'LocMatch', err, errTxt: 'secret words', res: {} }));
    expect(error).toMatchObject({ code, details: { path: 'svcResL[0].err', upstreamCode: err } });
    expect(error.message).not.toContain('secret');
  });

  it.each([
    ['an error page', bytes('<html>Wartung</html>'), '$'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), '$'],
    ['a list', bytes([]), ''],
    ['no services', bytes({ err: 'OK' }), 'svcResL'],
    ['an empty list of services', bytes({ err: 'OK', svcResL: [] }), 'svcResL'],
    ['another method', service({ meth: 'LocGeoPos', err: 'OK', res: {} }), 'svcResL[0].meth'],
    ['no result', service({ meth: 'LocMatch', err: 'OK' }), 'svcResL[0].res'],
    ['a sentence as error code', bytes({ err: 'Kunde Muster' }), 'err'],
    [
      'a result under an inherited name',
      bytes('{"err":"OK","svcResL":[{"meth":"LocMatch","__proto__":{"res":{}}}]}'),
      'svcResL[0].res',
    ],
  ])('refuses %s', (_name, input, path) => {
    expect(refusal(input)).toMatchObject({ code: 'UPSTREAM_MALFORMED', details: { path } });
  });
});

describe('hafasErrorFacts', () => {
  it('says who is to blame and whether another try helps', () => {
    expect(hafasErrorFacts('H890')).toMatchObject({ blame: 'NOBODY', retry: false });
    expect(hafasErrorFacts('H9360')).toMatchObject({ blame: 'CALLER', retry: false });
    expect(hafasErrorFacts('AUTH')).toMatchObject({ blame: 'GATEWAY', retry: false });
    expect(hafasErrorFacts('CGI_READ_FAILED')).toMatchObject({ blame: 'SYSTEM', retry: true });
    expect(hafasErrorFacts('constructor')).toMatchObject({ blame: 'SYSTEM', retry: true });
  });
});
