import { IsNotEmpty, IsOptional, IsUrl, Matches } from 'class-validator';
import { FromEnv } from '#lib/config';

const BASE_URL = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

/** How the systems of the pools are reached. */
export class PoolsSettings {
  /** Base URL of the till server; the service's own path is appended. */
  @FromEnv('POOLS_TILL_URL')
  @IsUrl(BASE_URL)
  tillUrl: string;

  @FromEnv('POOLS_TILL_USER')
  @IsNotEmpty()
  tillUser: string;

  @FromEnv('POOLS_TILL_PASSWORD', { secret: true })
  @IsNotEmpty()
  tillPassword: string;

  /** Payment mode of the till under which top-ups are booked; without it cards cannot be topped up here. */
  @FromEnv('POOLS_TILL_PAYMENT_ID')
  @IsOptional()
  @Matches(/^\d{1,19}$/)
  tillPaymentId?: string;

  @FromEnv('POOLS_TICOS_URL')
  @IsUrl(BASE_URL)
  ticosUrl: string;

  /** Tenant of the pools at TICOS: a number or a GUID, sent as a header. */
  @FromEnv('POOLS_TICOS_TENANT')
  @Matches(/^[0-9A-Za-z-]{1,64}$/)
  ticosTenant: string;

  /** Base URL of the calendar server that publishes the opening hours. */
  @FromEnv('POOLS_CALENDAR_URL')
  @IsUrl(BASE_URL)
  calendarUrl: string;
}
