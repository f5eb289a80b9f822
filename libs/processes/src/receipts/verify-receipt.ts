import { compactVerify, importJWK, type JSONWebKeySet } from 'jose';
import { AppError } from '#lib/kernel';
import type { ReceiptFacts } from './receipt.js';

/** `typ` of a receipt's header, so that no other signed thing can be taken for one. */
export const RECEIPT_TYPE = 'saaltor-receipt+jws';
/** The only algorithm; a receipt cannot choose another one. */
export const RECEIPT_ALGORITHM = 'EdDSA';
/** No receipt is longer. */
const LONGEST_RECEIPT = 10_000;

/**
 * The facts of a genuine receipt. Needs no network: `keys` are those of `/.well-known/saaltor-receipt-keys.json`, and
 * nothing in the receipt can name others.
 * @throws AppError INVALID_INPUT with the reason when it is not genuine
 */
export async function verifyReceipt(signed: string, keys: JSONWebKeySet): Promise<ReceiptFacts> {
  if (signed.length > LONGEST_RECEIPT) throw notGenuine('too long');
  try {
    const { payload, protectedHeader } = await compactVerify(
      signed,
      ({ kid }) => {
        const key = keys.keys.find((each) => each.kid === kid && each.kty === 'OKP' && each.crv === 'Ed25519');
        if (key === undefined) throw notGenuine('signed with none of the keys');
        return importJWK(key, RECEIPT_ALGORITHM);
      },
      { algorithms: [RECEIPT_ALGORITHM] },
    );
    if (protectedHeader.typ !== RECEIPT_TYPE) throw notGenuine('not a receipt');
    return JSON.parse(new TextDecoder().decode(payload)) as ReceiptFacts;
  } catch (error) {
    throw error instanceof AppError ? error : notGenuine('the signature does not fit', error);
  }
}

function notGenuine(reason: string, cause?: unknown): AppError {
  return new AppError('INVALID_INPUT', 'not a genuine receipt', { path: 'receipt', reason }, cause);
}
