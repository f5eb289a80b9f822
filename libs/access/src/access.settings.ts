import { IsNotEmpty, IsUrl } from 'class-validator';
import { FromEnv } from '#lib/config';

export class AccessSettings {
  /** Issuer of customer tokens, exactly as in their `iss`. */
  @FromEnv('OIDC_ISSUER')
  @IsUrl({ require_tld: false, require_protocol: true })
  issuer: string;

  /** Audience that a token must name. */
  @FromEnv('OIDC_AUDIENCE')
  @IsNotEmpty()
  audience: string;

  /** Where the issuer's keys are, as path below the issuer. */
  @FromEnv('OIDC_JWKS_PATH', { default: '/jwks' })
  @IsNotEmpty()
  jwksPath: string;
}
