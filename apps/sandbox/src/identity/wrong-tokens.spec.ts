import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPublicKey, createHmac } from 'node:crypto';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import { startSandbox, type Sandbox } from '../start-sandbox.js';
import { accessClaims } from './testing/channel.js';
import { askControl } from './testing/control.js';
import { WRONGS } from './wrong-tokens.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ ports: 0 });
  // Whatever the time is there: what is expired or not yet valid is so on both clocks.
  await askControl(sandbox, 'PUT', '/clock', { offsetMs: -5 * 86_400_000 });
});
afterAll(async () => await sandbox.close());

async function order(wrong: string): Promise<string> {
  const { json } = await askControl(sandbox, 'POST', '/tokens', { persona: 'agent-energy-service', wrong });
  return json['access_token'] as string;
}

function claimsIn(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString('utf8')) as Record<string, unknown>;
}

async function keySet(path: string): Promise<JSONWebKeySet> {
  return (await (await fetch(sandbox.issuer + path)).json()) as JSONWebKeySet;
}

/** Why somebody who reads tokens as they should refuses this one. */
async function refusalOf(token: string): Promise<unknown> {
  return await accessClaims(sandbox.issuer, token).then(
    () => 'accepted',
    ({ code, claim }: { code: string; claim?: string }) => (claim === undefined ? code : `${code} ${claim}`),
  );
}

describe('a token that is wrong on demand', () => {
  it.each([
    ['expired', 'ERR_JWT_EXPIRED exp'],
    ['not-yet', 'ERR_JWT_CLAIM_VALIDATION_FAILED nbf'],
    ['issuer', 'ERR_JWT_CLAIM_VALIDATION_FAILED iss'],
    ['audience', 'ERR_JWT_CLAIM_VALIDATION_FAILED aud'],
    ['type', 'ERR_JWT_CLAIM_VALIDATION_FAILED typ'],
    ['id-token', 'ERR_JWT_CLAIM_VALIDATION_FAILED typ'],
    ['no-subject', 'ERR_JWT_CLAIM_VALIDATION_FAILED sub'],
    ['no-expiry', 'ERR_JWT_CLAIM_VALIDATION_FAILED exp'],
    ['none', 'ERR_JOSE_ALG_NOT_ALLOWED'],
    ['hs256', 'ERR_JOSE_ALG_NOT_ALLOWED'],
    ['kid-path', 'ERR_JOSE_ALG_NOT_ALLOWED'],
    ['unknown-kid', 'ERR_JWKS_NO_MATCHING_KEY'],
    ['signature', 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
    ['tampered', 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
    ['jku', 'ERR_JWKS_NO_MATCHING_KEY'],
    ['x5u', 'ERR_JWKS_NO_MATCHING_KEY'],
    ['jwk', 'ERR_JWKS_NO_MATCHING_KEY'],
    ['crit', 'ERR_JOSE_NOT_SUPPORTED'],
  ])('is refused for being %s', async (wrong, reason) => {
    expect(await refusalOf(await order(wrong))).toBe(reason);
  });

  it('has an agent claim that is not as agreed, and nothing else wrong', async () => {
    const token = await order('agent');
    expect(await refusalOf(token)).toBe('accepted');
    expect(claimsIn(token)['saaltor_agent']).toBe('ENERGY');
  });

  it.each(WRONGS.filter((wrong) => wrong !== 'agent'))('is in all else what a right one is, when %s', async (wrong) => {
    const claims = claimsIn(await order(wrong));
    expect(claims).toMatchObject({ saaltor_agent: { subsidiary: 'ENERGY', role: 'service' } });
    expect(claims['auth_time']).toEqual(expect.any(Number));
  });

  it('is expired, or not yet valid, by the sandbox clock as well', async () => {
    const now = sandbox.world.now() / 1_000;
    expect(claimsIn(await order('expired'))['exp']).toBeLessThan(now - 3_000);
    expect(claimsIn(await order('not-yet'))['nbf']).toBeGreaterThan(Date.now() / 1_000 + 3_000);
  });

  it('verifies for whoever takes the public key for a secret', async () => {
    const [header, claims, signature] = (await order('hs256')).split('.');
    const { keys } = await keySet('/jwks');
    const { kid } = decodeProtectedHeader(`${header}.${claims}.${signature}`);
    const jwk = keys.find((key) => key.kid === kid)!;
    const secret = createPublicKey({ key: { ...jwk }, format: 'jwk' }).export({ format: 'pem', type: 'spki' });
    expect(createHmac('sha256', secret).update(`${header}.${claims}`).digest('base64url')).toBe(signature);
  });

  it.each(['jku', 'x5u'])('verifies for whoever fetches keys as %s tells, which is counted', async (wrong) => {
    await askControl(sandbox, 'DELETE', '/identity/requests');
    const token = await order(wrong);
    expect(decodeProtectedHeader(token)).toMatchObject({ [wrong]: `${sandbox.issuer}/foreign-keys` });
    expect((await askControl(sandbox, 'GET', '/identity/requests')).json).toEqual({});
    const foreign = createLocalJWKSet(await keySet('/foreign-keys'));
    expect((await jwtVerify(token, foreign)).payload.sub).toBe('agent-energy-service');
    expect((await askControl(sandbox, 'GET', '/identity/requests')).json).toEqual({ '/foreign-keys': 1 });
  });
});
