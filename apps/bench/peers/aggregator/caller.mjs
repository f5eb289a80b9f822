// Whose token it is: verified once against the issuer's keys, then remembered until it ends.
import { createRemoteJWKSet, jwtVerify } from 'jose';

const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience } = process.env;
const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
const remembered = new Map();
const MOST_REMEMBERED = 10_000;

/** @returns the subject @throws Error for a token that is not valid */
export async function callerOf(authorization = '') {
  const token = authorization.slice('Bearer '.length);
  const known = remembered.get(token);
  if (known !== undefined && Date.now() < known.until) return known.subject;
  const { payload } = await jwtVerify(token, keys, { issuer, audience, typ: 'at+jwt', requiredClaims: ['sub', 'exp'] });
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(token, { subject: payload.sub, until: payload.exp * 1_000 });
  return payload.sub;
}
