import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';

/**
 * An Ed25519 private key from PKCS8 PEM (line breaks may be written as \n) or JWK.
 * @returns undefined when the text is no such key
 */
export function parsePrivateKey(text: string): KeyObject | undefined {
  try {
    const key = text.trimStart().startsWith('{')
      ? createPrivateKey({ key: JSON.parse(text) as JsonWebKey, format: 'jwk' })
      : createPrivateKey(text.replaceAll('\\n', '\n'));
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

@ValidatorConstraint()
export class IsReceiptKey implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && parsePrivateKey(value) !== undefined;
  }

  defaultMessage(): string {
    return '$property must be an Ed25519 private key as PKCS8 PEM or JWK';
  }
}
