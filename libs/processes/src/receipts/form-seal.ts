import { CompactSign, compactVerify, importJWK } from 'jose';
import { AppError, type Clock } from '#lib/kernel';
import type { ReceiptSigner } from './receipt-signer.js';

/** `typ` of the header: no receipt can be taken for a form, nor a form for a receipt. */
const FORM_TYPE = 'saaltor-form+jws';
const ALGORITHM = 'EdDSA';
const LONGEST = 8_000;

/** A filled-in form between its two steps: nothing of it is kept here. */
export interface SealedForm {
  /** Kind of the command that the second step submits. */
  readonly kind: string;
  /** Makes the second step one wish, however often it is sent. */
  readonly key: string;
  readonly content: unknown;
  /** Clock time in milliseconds. */
  readonly expiresAt: number;
}

/** Signs the form, for its sender to bring back. @returns the compact JWS */
export async function sealForm(signer: ReceiptSigner, form: SealedForm): Promise<string> {
  const { kid, key } = await signer.signingKey();
  return new CompactSign(new TextEncoder().encode(JSON.stringify(form)))
    .setProtectedHeader({ alg: ALGORITHM, typ: FORM_TYPE, kid })
    .sign(key);
}

/** @returns the form; undefined for anything that was not sealed here for that kind, or is too old */
export async function openForm(
  signer: ReceiptSigner,
  clock: Clock,
  kind: string,
  token: string,
): Promise<SealedForm | undefined> {
  if (token.length > LONGEST) return undefined;
  const keys = await signer.publicKeys();
  try {
    const { payload, protectedHeader } = await compactVerify(
      token,
      ({ kid }) => {
        const key = keys.keys.find((each) => each.kid === kid && each.kty === 'OKP');
        if (key === undefined) throw new AppError('INVALID_INPUT', 'signed with none of the keys');
        return importJWK(key, ALGORITHM);
      },
      { algorithms: [ALGORITHM] },
    );
    const form = JSON.parse(new TextDecoder().decode(payload)) as SealedForm;
    const isGood = protectedHeader.typ === FORM_TYPE && form.kind === kind && clock.now() < form.expiresAt;
    return isGood ? form : undefined;
  } catch {
    return undefined;
  }
}
