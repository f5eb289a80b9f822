import { generateKeyPairSync } from 'node:crypto';
import { CompactSign, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { loadSettings } from '#lib/config';
import { ProcessesSettings } from '../processes.settings.js';
import { canonicalJson, digestOf } from '../submit/canonical-json.js';
import { ProcessHouse, type Engine } from '../testing/process-house.js';
import { verifyReceipt } from './verify-receipt.js';

const pem = (): string => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;

describe('a receipt', () => {
  let house: ProcessHouse;
  let engine: Engine;

  beforeAll(async () => {
    house = await ProcessHouse.open();
  }, 60_000);
  beforeEach(async () => {
    await house.clear();
    await house.tables.deleteFrom('receipt_key').execute();
    engine = house.engine();
  });
  afterAll(() => house.close());

  it('says when what was accepted, and nothing about whom', async () => {
    const { id, receipt } = await house.submit(engine, house.keyed, { slot: 's', value: '42' });
    expect(receipt.number).toMatch(/^2026-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(await verifyReceipt(receipt.signed, await engine.signer.publicKeys())).toEqual({
      number: receipt.number,
      at: '2026-11-22T12:00:00.000Z',
      kind: 'shed.keyed',
      title: 'Vermerk',
      subsidiaries: ['SHED'],
      process: id,
      inputHash: digestOf('{"slot":"s","value":"42"}'),
    });
  });

  it('verifies with the keys of any instance, and those are one key', async () => {
    const engines = [1, 2, 3, 4].map(() => house.engine());
    const sets = await Promise.all(engines.map(({ signer }) => signer.publicKeys()));
    expect(new Set(sets.map(({ keys }) => keys[0]?.kid)).size).toBe(1);
    expect(sets[0]?.keys).toHaveLength(1);
    expect(sets[0]?.keys[0]).not.toHaveProperty('d');
    const { receipt } = await house.submit(engine, house.keyed);
    expect((await verifyReceipt(receipt.signed, sets[3]!)).number).toBe(receipt.number);
  });

  it('still verifies after a change of key', async () => {
    const { receipt } = await house.submit(house.engine({ receiptKey: pem() }), house.keyed);
    const later = house.engine({ receiptKey: pem() });
    await house.clock.advance(1_000);
    await house.submit(later, house.keyed);
    const keys = await later.signer.publicKeys();
    expect(keys.keys).toHaveLength(2);
    expect((await verifyReceipt(receipt.signed, keys)).number).toBe(receipt.number);
  });

  it('needs a key that was set where there is no sandbox', async () => {
    const real = house.engine({ sandbox: false });
    await expect(real.signer.onApplicationBootstrap()).rejects.toThrow('RECEIPT_KEY is missing');
    await expect(house.submit(real, house.keyed)).rejects.toThrow('RECEIPT_KEY is missing');
    await house.engine({ sandbox: false, receiptKey: pem() }).signer.onApplicationBootstrap();
  });

  it('takes an Ed25519 key as PEM, also in one line, or JWK, and no other key', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const load = (key: string) => loadSettings([ProcessesSettings], { RECEIPT_KEY: key });
    for (const key of [pem(), pem().replaceAll('\n', '\\n'), JSON.stringify(privateKey.export({ format: 'jwk' }))]) {
      expect(() => load(key)).not.toThrow();
    }
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
    const wrong = [rsa.export({ type: 'pkcs8', format: 'pem' }) as string, 'secret', '{"kty":"OKP"}'];
    for (const key of wrong) expect(() => load(key)).toThrow('RECEIPT_KEY must be an Ed25519 private key');
  });

  it('is not genuine when anything of it was changed, or others signed it', async () => {
    const { receipt } = await house.submit(engine, house.keyed);
    const keys = await engine.signer.publicKeys();
    const [header = '', payload = '', signature = ''] = receipt.signed.split('.');
    const facts = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const own = generateKeyPairSync('ed25519');
    const kid = keys.keys[0]!.kid!;
    const bytes = new TextEncoder().encode(JSON.stringify(facts));
    const forged = [
      `${header}.${encoded({ ...facts, number: '2026-AAAA-AAAA' })}.${signature}`,
      `${encoded({ alg: 'none', typ: 'saaltor-receipt+jws', kid })}.${payload}.`,
      await new CompactSign(bytes)
        .setProtectedHeader({ alg: 'EdDSA', typ: 'saaltor-receipt+jws', kid })
        .sign(own.privateKey),
      await new CompactSign(bytes)
        .setProtectedHeader({
          alg: 'EdDSA',
          typ: 'saaltor-receipt+jws',
          kid,
          jwk: own.publicKey.export({ format: 'jwk' }),
        })
        .sign(own.privateKey),
      await new CompactSign(bytes)
        .setProtectedHeader({ alg: 'EdDSA', typ: 'saaltor-receipt+jws', kid: 'x', jku: 'https://evil.example/keys' })
        .sign(own.privateKey),
      await new SignJWT({ ...facts })
        .setProtectedHeader({ alg: 'HS256', typ: 'saaltor-receipt+jws', kid })
        .sign(new TextEncoder().encode(keys.keys[0]!.x)),
      'x'.repeat(20_000),
      '',
    ];
    for (const each of forged) {
      await expect(verifyReceipt(each, keys)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
  });

  it('is not genuine when the same key signed something else', async () => {
    const { receipt } = await house.submit(engine, house.keyed);
    const keys = await engine.signer.publicKeys();
    const { private_jwk: jwk } = await house.tables.selectFrom('receipt_key').selectAll().executeTakeFirstOrThrow();
    const signed = await new CompactSign(Buffer.from(receipt.signed.split('.')[1]!, 'base64url'))
      .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', kid: keys.keys[0]!.kid })
      .sign(JSON.parse(jwk!) as never);
    await expect(verifyReceipt(signed, keys)).rejects.toMatchObject({ details: { reason: 'not a receipt' } });
  });
});

describe('canonical JSON', () => {
  it('is the same whatever the order of properties, at any depth', () => {
    const left = { b: [{ d: 1, c: 'x' }], a: null, gone: undefined };
    const right = { a: null, b: [{ c: 'x', d: 1 }] };
    expect([canonicalJson(left), canonicalJson(right)]).toEqual(Array(2).fill('{"a":null,"b":[{"c":"x","d":1}]}'));
  });

  it('keeps the order of lists and treats __proto__ as a name', () => {
    expect(canonicalJson([2, 1])).toBe('[2,1]');
    expect(canonicalJson(JSON.parse('{"__proto__":1,"a":2}'))).toBe('{"__proto__":1,"a":2}');
  });
});
