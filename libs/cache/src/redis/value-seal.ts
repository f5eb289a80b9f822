import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { subkey } from './subkey.js';

const ALGORITHM = 'aes-256-gcm';
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = SALT_BYTES + NONCE_BYTES + TAG_BYTES;

/**
 * Encrypts values (AES-256-GCM), each bound to the name under which it stands: put elsewhere, it does not open.
 * Every value has a key of its own, made of a random salt: random nonces under one key would be safe for 2^32 values only
 * (NIST SP 800-38D, 8.3), which a busy house writes in weeks.
 */
export class ValueSeal {
  private readonly key: Buffer;

  /** @param master 32 random bytes */
  constructor(master: Buffer) {
    this.key = subkey(master, 'values');
  }

  /** Salt, nonce, tag, encrypted content. */
  seal(content: Buffer, name: string): Buffer {
    const salt = randomBytes(SALT_BYTES);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.keyOf(salt), nonce).setAAD(Buffer.from(name));
    const body = Buffer.concat([cipher.update(content), cipher.final()]);
    return Buffer.concat([salt, nonce, cipher.getAuthTag(), body]);
  }

  /** @throws Error when it was sealed with another key or for another name, or was changed */
  open(sealed: Buffer, name: string): Buffer {
    if (sealed.length < HEAD_BYTES) throw new Error('too short');
    const salt = sealed.subarray(0, SALT_BYTES);
    const nonce = sealed.subarray(SALT_BYTES, SALT_BYTES + NONCE_BYTES);
    const decipher = createDecipheriv(ALGORITHM, this.keyOf(salt), nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(name))
      .setAuthTag(sealed.subarray(SALT_BYTES + NONCE_BYTES, HEAD_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES)), decipher.final()]);
  }

  private keyOf(salt: Buffer): Buffer {
    return createHmac('sha256', this.key).update(salt).digest();
  }
}
