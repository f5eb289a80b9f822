import { IsOptional, IsString, Matches, MinLength } from 'class-validator';
import { FromEnv } from '#lib/config';

export class PartnerSettings {
  /** File with the contracts of all partners (JSON); without it there are none. */
  @FromEnv('PARTNER_CONTRACTS')
  @IsOptional()
  @IsString()
  contractsFile?: string;

  /** Origin under which partners and their customers' browsers reach the authorization server; one of the channels'. */
  @FromEnv('PARTNER_ORIGIN')
  @IsOptional()
  @Matches(/^https?:\/\/[a-z0-9.:[\]-]+$/, {
    message: 'PARTNER_ORIGIN must be an origin such as https://konto.example',
  })
  origin?: string;

  /** Secret of which the authorization server makes its keys; the same on every instance. */
  @FromEnv('PARTNER_KEY', { secret: true })
  @IsOptional()
  @MinLength(32)
  key?: string;
}
