import { createHmac, createPrivateKey, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { JWK } from 'oidc-provider';

/** DER around the 32 bytes of an Ed25519 private key (RFC 8410 §7). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Keys of the authorization server, all made from one secret, so that every instance has the same. */
export class ServerKeys {
  readonly #secret: string;

  /** @param secret at least 32 characters */
  constructor(secret: string) {
    this.#secret = secret;
  }

  /** Signs ID tokens. */
  signingKey(): JWK {
    const der = Buffer.concat([PKCS8_ED25519, this.derive('id-token')]);
    const jwk = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' });
    return { ...jwk, use: 'sig', alg: 'EdDSA' } as JWK;
  }

  /** Signs the cookies of requests under way. */
  cookieKey(): string {
    return this.derive('cookies').toString('base64url');
  }

  /** The customer as this partner knows them: no two partners can tell that they speak of the same person. */
  pairwiseSubject(clientId: string, customerId: string): string {
    return createHmac('sha256', this.derive('pairwise'))
      .update(JSON.stringify([clientId, customerId]))
      .digest('base64url');
  }

  /** Goes into the consent form, so that no other site can send it: bound to the request and to the customer. */
  formToken(uid: string, customerId: string): string {
    return createHmac('sha256', this.derive('consent-form'))
      .update(JSON.stringify([uid, customerId]))
      .digest('base64url');
  }

  isFormToken(token: string, uid: string, customerId: string): boolean {
    const [given, right] = [Buffer.from(token), Buffer.from(this.formToken(uid, customerId))];
    return given.length === right.length && timingSafeEqual(given, right);
  }

  private derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#secret, '', `saaltor partner ${purpose}`, 32));
  }
}
