import { Type } from 'class-transformer';
import { IsIn, IsInt, IsNotEmpty, IsOptional, IsUrl, Matches, Max, Min } from 'class-validator';
import { FromEnv } from '#lib/config';
import type { DocumentMode } from '#lib/graph';

export class GatewaySettings {
  @FromEnv('PORT', { default: '4000' })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65535)
  port: number;

  @FromEnv('HOST', { default: '127.0.0.1' })
  @IsNotEmpty()
  host: string;

  /**
   * Control endpoint of the sandbox. With it the gateway runs in sandbox mode: customers and links come from there,
   * GraphiQL and introspection are on. Without it nobody is known and only public data are served.
   */
  @FromEnv('SANDBOX_URL')
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true })
  sandboxUrl?: string;

  /** Which documents GraphQL takes: `require` only registered ones, `off` any; unless set, `off` in sandbox mode only. */
  @FromEnv('TRUSTED_DOCUMENTS')
  @IsOptional()
  @IsIn(['off', 'require'])
  trustedDocuments?: DocumentMode;

  /** Bearer token that opens `/metrics`. Without one it answers this machine only. */
  @FromEnv('METRICS_TOKEN', { secret: true })
  @IsOptional()
  @Matches(/^[\x21-\x7e]{16,200}$/, { message: '$property must be 16 to 200 printable characters without blanks' })
  metricsToken?: string;
}
