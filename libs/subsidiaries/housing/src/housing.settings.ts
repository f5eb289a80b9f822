import { Type } from 'class-transformer';
import { IsInt, IsNotEmpty, IsOptional, IsUrl, Max, Min, ValidateIf } from 'class-validator';
import { FromEnv } from '#lib/config';

const BASE_URL = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

/** How jenawohnen's systems are reached. */
export class HousingSettings {
  /** Base URL of the tenancy ERP; the service's own path is appended. */
  @FromEnv('HOUSING_ERP_URL')
  @IsUrl(BASE_URL)
  erpUrl: string;

  @FromEnv('HOUSING_ERP_USER')
  @IsNotEmpty()
  erpUser: string;

  @FromEnv('HOUSING_ERP_PASSWORD', { secret: true })
  @IsNotEmpty()
  erpPassword: string;

  /** Base URL of the web server that holds the Wodis export. */
  @FromEnv('HOUSING_LISTINGS_URL')
  @IsUrl(BASE_URL)
  listingsUrl: string;

  @FromEnv('HOUSING_LISTINGS_USER')
  @IsNotEmpty()
  listingsUser: string;

  @FromEnv('HOUSING_LISTINGS_PASSWORD', { secret: true })
  @IsNotEmpty()
  listingsPassword: string;
  /** Base URL of the web server that holds the OpenImmo portal feed; without it the Wodis export is the only feed. */
  @FromEnv('HOUSING_OPENIMMO_URL')
  @IsOptional()
  @IsUrl(BASE_URL)
  openImmoUrl?: string;

  @FromEnv('HOUSING_OPENIMMO_USER')
  @ValidateIf(hasOpenImmo)
  @IsNotEmpty()
  openImmoUser?: string;

  @FromEnv('HOUSING_OPENIMMO_PASSWORD', { secret: true })
  @ValidateIf(hasOpenImmo)
  @IsNotEmpty()
  openImmoPassword?: string;

  /** Seconds between two questions whether a feed has changed. */
  @FromEnv('HOUSING_FEEDS_REFRESH_SECONDS', { default: '300' })
  @Type(() => Number)
  @IsInt()
  @Min(10)
  @Max(86_400)
  feedsRefreshSeconds: number;
}

function hasOpenImmo({ openImmoUrl }: HousingSettings): boolean {
  return openImmoUrl !== undefined;
}
