import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { CompactSign, compactVerify, importJWK } from 'jose';
import { ServerKeys } from './server-keys.js';

const SECRET = 'one-secret-for-every-instance-of-it';

describe('the keys of the authorization server', () => {
  const keys = new ServerKeys(SECRET);
  const others = new ServerKeys(`${SECRET}-another`);

  it('are the same on every instance, and others with another secret', () => {
    const same = new ServerKeys(SECRET);
    expect([same.signingKey(), same.cookieKey()]).toEqual([keys.signingKey(), keys.cookieKey()]);
    expect(others.signingKey()).not.toEqual(keys.signingKey());
    expect(others.cookieKey()).not.toBe(keys.cookieKey());
  });

  it('sign so that the public half verifies', async () => {
    const { d: _private, ...publicKey } = keys.signingKey() as unknown as Record<string, string>;
    const token = await new CompactSign(Buffer.from('text'))
      .setProtectedHeader({ alg: 'EdDSA' })
      .sign(await importJWK(keys.signingKey() as Parameters<typeof importJWK>[0], 'EdDSA'));
    await expect(compactVerify(token, await importJWK(publicKey, 'EdDSA'))).resolves.toBeDefined();
  });

  it('name one customer differently to each partner, and always alike to the same', () => {
    expect(keys.pairwiseSubject('app', 'c-1')).toBe(keys.pairwiseSubject('app', 'c-1'));
    const names = [
      keys.pairwiseSubject('app', 'c-1'),
      keys.pairwiseSubject('app', 'c-2'),
      keys.pairwiseSubject('till', 'c-1'),
      others.pairwiseSubject('app', 'c-1'),
      keys.pairwiseSubject('ap', 'pc-1'),
    ];
    expect(new Set(names).size).toBe(names.length);
    expect(names.join()).not.toContain('c-1');
  });

  it('know a form by its request and its customer alone', () => {
    const token = keys.formToken('request', 'c-1');
    expect(keys.isFormToken(token, 'request', 'c-1')).toBe(true);
    expect(keys.isFormToken(token, 'another', 'c-1')).toBe(false);
    expect(keys.isFormToken(token, 'request', 'c-2')).toBe(false);
    expect(keys.isFormToken('', 'request', 'c-1')).toBe(false);
    expect(keys.isFormToken('ü'.repeat(43), 'request', 'c-1')).toBe(false);
  });

  it('are not shown when printed', () => {
    expect(inspect(keys, { showHidden: true, depth: 5 })).not.toContain(SECRET);
  });
});
