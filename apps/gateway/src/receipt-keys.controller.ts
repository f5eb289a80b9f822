import { Controller, Get, Header } from '@nestjs/common';
import { Allow } from '#lib/access';
import { ReceiptSigner } from '#lib/processes';

/** The keys by which anyone can verify a receipt of ours, without asking us again. */
@Controller('.well-known')
export class ReceiptKeysController {
  constructor(private readonly signer: ReceiptSigner) {}

  /** A JWKS (RFC 7517) of Ed25519 keys, old ones included: receipts stay verifiable after a change of key. */
  @Allow({ callers: 'anyone' })
  @Get('saaltor-receipt-keys.json')
  @Header('cache-control', 'public, max-age=300')
  @Header('content-type', 'application/jwk-set+json; charset=utf-8')
  async keys(): Promise<object> {
    return this.signer.publicKeys();
  }
}
