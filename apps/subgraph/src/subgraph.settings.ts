import { Type } from 'class-transformer';
import { IsInt, IsNotEmpty, IsOptional, IsUrl, Max, Min } from 'class-validator';
import { FromEnv } from '#lib/config';

export class SubgraphSettings {
  @FromEnv('PORT', { default: '4001' })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65535)
  port: number;

  @FromEnv('HOST', { default: '127.0.0.1' })
  @IsNotEmpty()
  host: string;

  /** Control endpoint of the sandbox. With it introspection is on and the key of receipts may be made here. */
  @FromEnv('SANDBOX_URL')
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true })
  sandboxUrl?: string;
}
