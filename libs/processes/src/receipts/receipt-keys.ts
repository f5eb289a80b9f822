import { createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, type JSONWebKeySet, type JWK } from 'jose';
import { instantOf, type Clock } from '#lib/kernel';
import type { Store } from '#lib/store';
import type { ProcessTables } from '../tables/process-tables.js';
import { RECEIPT_ALGORITHM } from './verify-receipt.js';

/** The key that signs, and the name under which its public half is found. */
export interface SigningKey {
  readonly kid: string;
  readonly key: KeyObject;
}

/** All keys that ever signed here stay known, so that old receipts verify after a change of key. */
const MOST_KEYS = 100;

/**
 * The key that was set, its public half written down for all times.
 * @throws AppError UPSTREAM_* when the store is out of reach
 */
export async function keepSetKey(store: Store, clock: Clock, key: KeyObject): Promise<SigningKey> {
  const { kid, publicJwk } = await describe(key);
  await insertKey(store, { kid, public_jwk: publicJwk, private_jwk: null, created_at: instantOf(clock.now()) });
  return { kid, key };
}

/** For a sandbox: the one key in the database, made by whichever instance comes first. */
export async function keepMadeKey(store: Store, clock: Clock): Promise<SigningKey> {
  const made = generateKeyPairSync('ed25519').privateKey;
  const { kid, publicJwk } = await describe(made);
  const row = {
    kid,
    public_jwk: publicJwk,
    private_jwk: JSON.stringify(made.export({ format: 'jwk' })),
    created_at: instantOf(clock.now()),
  };
  await insertKey(store, row);
  const kept = await store
    .tables<ProcessTables>()
    .selectFrom('receipt_key')
    .select(['kid', 'private_jwk'])
    .where('private_jwk', 'is not', null)
    .executeTakeFirstOrThrow();
  const jwk = JSON.parse(kept.private_jwk ?? '') as JsonWebKey;
  return { kid: kept.kid, key: createPrivateKey({ key: jwk, format: 'jwk' }) };
}

/** The public halves, newest first, as `/.well-known/saaltor-receipt-keys.json` shows them. */
export async function listPublicKeys(store: Store): Promise<JSONWebKeySet> {
  const rows = await store.read<ProcessTables, { public_jwk: string }[]>((reader) =>
    reader.selectFrom('receipt_key').select('public_jwk').orderBy('created_at', 'desc').limit(MOST_KEYS).execute(),
  );
  return { keys: rows.map(({ public_jwk: jwk }) => JSON.parse(jwk) as JWK) };
}

/** The name is the thumbprint (RFC 7638), so the same key has the same name everywhere. */
async function describe(key: KeyObject): Promise<{ kid: string; publicJwk: string }> {
  const jwk = await exportJWK(createPublicKey(key));
  const kid = await calculateJwkThumbprint(jwk);
  return { kid, publicJwk: JSON.stringify({ ...jwk, kid, use: 'sig', alg: RECEIPT_ALGORITHM }) };
}

/** Another instance may have been first; then its row stays. */
async function insertKey(store: Store, row: ProcessTables['receipt_key']): Promise<void> {
  await store
    .tables<ProcessTables>()
    .insertInto('receipt_key')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
