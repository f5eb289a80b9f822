import { Transform } from 'class-transformer';
import { IsNotEmpty, isIP, IsOptional, Matches, ValidateBy } from 'class-validator';
import { FromEnv } from '#lib/config';

/** An address, or a network as address/bits. */
const isProxy = (value: unknown): boolean => {
  const [, address, bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(String(value)) ?? [];
  return isIP(address) && Number(bits ?? 0) <= (isIP(address, 4) ? 32 : 128);
};

/** The browser channels and what their sign-in needs. */
export class ChannelSettings {
  /**
   * The channels as JSON: `[{"name", "origin", "audience": "customer"|"agent", "clientId", "clientSecretEnv"}]`; the
   * secret itself as `clientSecret` in place of the variable that holds it. Without channels nobody signs in by browser.
   */
  @FromEnv('CHANNELS', { default: '[]', secret: true })
  @IsNotEmpty()
  channels: string;

  /** Addresses or networks (comma-separated) whose `X-Forwarded-*` headers are believed. */
  @FromEnv('TRUSTED_PROXIES', { default: '' })
  @Transform(({ value }: { value: string }) => value.split(',').flatMap((address) => address.trim() || []))
  @ValidateBy(
    { name: 'isProxy', validator: { validate: isProxy } },
    { each: true, message: '$property must list addresses or networks, separated by commas' },
  )
  trustedProxies: string[] = [];

  /** 32 bytes in base64 or base64url; what sessions keep is encrypted with it. The same on all instances. */
  @FromEnv('SESSION_KEY', { secret: true })
  @IsOptional()
  @Matches(/^[A-Za-z0-9+/_-]{43}=?$/, { message: '$property must be 32 bytes in base64' })
  sessionKey?: string;
}
