import {
  constants,
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  privateEncrypt,
  type KeyObject,
} from 'node:crypto';
import type { VdvAuthorityKey } from '../vdv/read-vdv.js';
import { VDV_HEAD } from './uic-fixture.js';

const REFERENCE = Buffer.from('4445564456990126', 'hex');

interface Pair {
  readonly secret: KeyObject;
  readonly modulus: Buffer;
}

function pair(bits: number): Pair {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: bits, publicExponent: 65_537 });
  const { n = '' } = privateKey.export({ format: 'jwk' });
  return {
    secret: createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    modulus: Buffer.from(n, 'base64url'),
  };
}

function field(tag: string, content: Buffer): Buffer {
  const length = content.length < 128 ? [content.length] : [0x81, content.length];
  return Buffer.concat([Buffer.from(tag, 'hex'), Buffer.from(length), content]);
}

/** Signs by ISO/IEC 9796-2, scheme 1: as much of the message as fits goes into the signature. */
function sign({ secret, modulus }: Pair, message: Buffer): { signature: Buffer; rest: Buffer } {
  const inside = modulus.length - 22;
  const hash = createHash('sha1').update(message).digest();
  const block = Buffer.concat([Buffer.from([0x6a]), message.subarray(0, inside), hash, Buffer.from([0xbc])]);
  const signature = privateEncrypt({ key: secret, padding: constants.RSA_NO_PADDING }, block);
  return { signature, rest: message.subarray(inside) };
}

/** A barcode by VDV-KA with the key of the authority that certified its issuer. */
export function vdvFixture(): { barcode: Buffer; authority: VdvAuthorityKey } {
  const authority = pair(1_536);
  const issuer = pair(1_024);
  const product = Buffer.concat([
    field('db', Buffer.concat([Buffer.from([1]), Buffer.from('19640812', 'hex'), Buffer.from('Erika#Geheim')])),
    field('da', Buffer.from('0101000000000002001870076c00270f', 'hex')),
  ]);
  const ends = Buffer.concat([Buffer.alloc(17), field('8a', Buffer.alloc(0)), Buffer.alloc(12)]);
  const body = Buffer.concat([VDV_HEAD, field('85', product), ends]);
  const padding = Buffer.alloc(Math.max(0, 106 - body.length));
  const message = sign(issuer, Buffer.concat([body, padding, Buffer.from('VDV'), Buffer.from('1109', 'hex')]));
  const holder = Buffer.concat([Buffer.alloc(4), Buffer.from('JNVKA'), Buffer.from('100124', 'hex')]);
  const oid = Buffer.from('2a864886f70d010105', 'hex');
  const key = Buffer.concat([issuer.modulus, Buffer.from('00010001', 'hex')]);
  const rights = Buffer.concat([Buffer.alloc(7), Buffer.from('20281231', 'hex')]);
  const certificate = sign(authority, Buffer.concat([Buffer.from([4]), REFERENCE, holder, rights, oid, key]));
  const barcode = Buffer.concat([
    field('9e', message.signature),
    field('9a', message.rest),
    field('7f21', Buffer.concat([field('5f37', certificate.signature), field('5f38', certificate.rest)])),
    field('42', REFERENCE),
  ]);
  const exponent = Buffer.from('010001', 'hex');
  return { barcode, authority: { reference: REFERENCE.toString('hex'), modulus: authority.modulus, exponent } };
}
