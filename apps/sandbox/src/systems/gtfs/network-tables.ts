import { displayName, LINES, type Line } from '../hafas/network.js';
import { getStop } from '../hafas/stops.js';
import { csvTable, quoted } from './csv.js';
import { feedStops } from './feed-stops.js';
import { routeId } from './wire-values.js';

/** Site of the publisher and of the companies. */
export const WEBSITE = 'https://www.vmt.example/';

/** Extended route types of GTFS (Hierarchical Vehicle Types). */
const ROUTE_TYPES: Readonly<Record<string, number>> = { prod_tram: 900, prod_bus: 704, prod_reg: 106 };
const NIGHT_BUS = 705;
const COLORS: Readonly<Record<string, string>> = { prod_tram: 'CC142B', prod_bus: '963C8C', prod_reg: '14783C' };

/** `agency.txt` */
export function agencies(): string {
  const operators = new Map(LINES.map(({ operator }) => [operator.id, operator]));
  return csvTable(
    ['agency_id', 'agency_name', 'agency_url', 'agency_timezone', 'agency_lang', 'agency_phone'],
    [...operators.values()].map(({ id, name }) => [id, quoted(name), quoted(WEBSITE), 'Europe/Berlin', 'de', '']),
  );
}

/** `stops.txt` */
export function stops(): string {
  return csvTable(
    [
      'stop_id',
      'stop_code',
      'stop_name',
      'stop_desc',
      'stop_lat',
      'stop_lon',
      'location_type',
      'parent_station',
      'wheelchair_boarding',
      'platform_code',
    ],
    feedStops().map(({ id, stop, locationType, parent, platform }) => [
      quoted(id),
      quoted(stop.id),
      quoted(stop.name),
      quoted(platform === null ? '' : `Steig ${platform}`),
      quoted(degrees(stop.y)),
      quoted(degrees(stop.x)),
      locationType === 1 ? 1 : '',
      parent === null ? '' : quoted(parent),
      1,
      quoted(platform ?? ''),
    ]),
  );
}

/** `routes.txt` */
export function routes(): string {
  return csvTable(
    ['route_id', 'agency_id', 'route_short_name', 'route_long_name', 'route_type', 'route_color', 'route_text_color'],
    LINES.map((line) => {
      const { icon } = line.vehicle;
      const isNightBus = icon === 'prod_bus' && line.name.startsWith('N');
      const type = isNightBus ? NIGHT_BUS : (ROUTE_TYPES[icon] ?? 3);
      return [routeId(line), line.operator.id, line.name, longName(line), type, COLORS[icon] ?? '', 'FFFFFF'];
    }),
  );
}

function longName(line: Line): string {
  const [from, to] = [line.calls[0], line.calls.at(-1)].map((call) => getStop(call?.[0] ?? '').name);
  return `${displayName(line)}: ${from} – ${to}`;
}

/** Millionths of a degree as decimal degrees. */
function degrees(millionths: number): string {
  return (millionths / 1e6).toFixed(6);
}
