import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min, Validate } from 'class-validator';
import { FromEnv } from '#lib/config';
import { IsReceiptKey } from './receipts/private-key.js';

export class ProcessesSettings {
  /** What this instance does: `web` answers requests, `worker` carries processes out. */
  @FromEnv('SAALTOR_ROLES', { default: 'web,worker' })
  @Matches(/^(web|worker|web,worker|worker,web)$/, { message: '$property must be web, worker or web,worker' })
  roles: string;

  /** Processes that this instance carries out at once. */
  @FromEnv('PROCESSES_CONCURRENT', { default: '16' })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  concurrent: number;

  /** Of them, in one subsidiary: a hung one must not take all places. */
  @FromEnv('PROCESSES_PER_SUBSIDIARY', { default: '8' })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  perSubsidiary: number;

  /** Ed25519 private key that signs receipts, PKCS8 PEM or JWK. Only a sandbox makes its own. */
  @FromEnv('RECEIPT_KEY', { secret: true })
  @IsOptional()
  @Validate(IsReceiptKey)
  receiptKey?: string;
}
