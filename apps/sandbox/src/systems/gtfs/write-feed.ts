import { csvTable, quoted } from './csv.js';
import { agencies, routes, stops, WEBSITE } from './network-tables.js';
import type { FeedPeriod } from './services.js';
import { calendar, calendarDates, frequencies, stopTimes, trips } from './timetable-tables.js';
import { gtfsDate } from './wire-values.js';

const BYTE_ORDER_MARK = '\uFEFF';
const PUBLISHER = 'Verkehrsverbund Mittelthüringen GmbH';

/**
 * The tables of the feed (GTFS Schedule) by file name, UTF-8. Shapes, transfers and fares are left out, as many feeds
 * do; `stops.txt` passed through a spreadsheet and begins with a byte order mark.
 */
export function writeFeed(period: FeedPeriod): Readonly<Record<string, string>> {
  return {
    'agency.txt': agencies(),
    'stops.txt': BYTE_ORDER_MARK + stops(),
    'routes.txt': routes(),
    'calendar.txt': calendar(period),
    'calendar_dates.txt': calendarDates(period),
    'trips.txt': trips(),
    'stop_times.txt': stopTimes(),
    'frequencies.txt': frequencies(),
    'feed_info.txt': feedInfo(period),
  };
}

function feedInfo({ first, last }: FeedPeriod): string {
  return csvTable(
    ['feed_publisher_name', 'feed_publisher_url', 'feed_lang', 'feed_start_date', 'feed_end_date', 'feed_version'],
    [[quoted(PUBLISHER), quoted(WEBSITE), 'de', gtfsDate(first), gtfsDate(last), quoted(first)]],
  );
}
