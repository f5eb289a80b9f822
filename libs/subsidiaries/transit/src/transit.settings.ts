import { Type } from 'class-transformer';
import { IsInt, IsNotEmpty, IsOptional, IsUrl, Matches, Max, Min } from 'class-validator';
import { FromEnv } from '#lib/config';

const BASE_URL = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };
const IS_PATH = { message: '$property must be a path that begins with one slash' };
const PATH = /^\/(?!\/)[\w./?=&%~-]{1,500}$/;

/** How the systems of Jenaer Nahverkehr are reached. */
export class TransitSettings {
  /** Base URL of the timetable system; `/bin/mgate.exe` is appended. */
  @FromEnv('TRANSIT_HAFAS_URL')
  @IsUrl(BASE_URL)
  hafasUrl: string;

  /** Access id that VMT assigned. */
  @FromEnv('TRANSIT_HAFAS_AID')
  @IsNotEmpty()
  hafasAid: string;

  /** Bytes that sign requests, written as hexadecimal digits. */
  @FromEnv('TRANSIT_HAFAS_SALT', { secret: true })
  @Matches(/^(?:[0-9a-f]{2}){1,64}$/i, { message: '$property must be pairs of hexadecimal digits' })
  hafasSalt: string;

  /** Base URL of the open data (GTFS, GTFS Realtime). Without it there are no alerts and nothing stands in for HAFAS. */
  @FromEnv('TRANSIT_GTFS_URL')
  @IsOptional()
  @IsUrl(BASE_URL)
  gtfsUrl?: string;

  /** Where below it the timetable lies. */
  @FromEnv('TRANSIT_GTFS_TIMETABLE', { default: '/gtfs.zip' })
  @Matches(PATH, IS_PATH)
  gtfsTimetablePath: string;

  @FromEnv('TRANSIT_GTFS_TRIP_UPDATES', { default: '/realtime/trip-updates.pb' })
  @Matches(PATH, IS_PATH)
  gtfsTripUpdatesPath: string;

  @FromEnv('TRANSIT_GTFS_ALERTS', { default: '/realtime/alerts.pb' })
  @Matches(PATH, IS_PATH)
  gtfsAlertsPath: string;

  /** Minutes after which the timetable is looked for again. */
  @FromEnv('TRANSIT_GTFS_REFRESH_MINUTES', { default: '60' })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_440)
  gtfsRefreshMinutes: number;

  /** Base URL of the fare-subscription shop; `/oauth/token` and `/api/v2` are appended. */
  @FromEnv('TRANSIT_SHOP_URL')
  @IsUrl(BASE_URL)
  shopUrl: string;

  /** OAuth client of this gateway at the shop. */
  @FromEnv('TRANSIT_SHOP_CLIENT_ID')
  @IsNotEmpty()
  shopClientId: string;

  @FromEnv('TRANSIT_SHOP_CLIENT_SECRET', { secret: true })
  @IsNotEmpty()
  shopClientSecret: string;
}
