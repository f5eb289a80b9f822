import type { IncomingMessage, ServerResponse } from 'node:http';
import { strToU8 } from 'fflate';
import { keepFile, sendFile, zipAt, type ExportedFile } from '../exported-file.js';
import { applyFault } from '../fault-gate.js';
import { send, urlOf } from '../http.js';
import type { CreateSystem } from '../legacy-system.js';
import { alerts } from './alerts.js';
import { feedPeriod } from './services.js';
import { tripUpdates } from './trip-updates.js';
import { vehiclePositions } from './vehicle-positions.js';
import { writeFeed } from './write-feed.js';

const NAME = 'gtfs';
const PLAIN = 'text/plain; charset=utf-8';

const REALTIME = new Map<string, (now: number) => Uint8Array>([
  ['/realtime/trip-updates.pb', tripUpdates],
  ['/realtime/vehicle-positions.pb', vehiclePositions],
  ['/realtime/alerts.pb', alerts],
]);

/** The open data of VMT: the timetable as GTFS, and what the vehicles report as GTFS-Realtime. */
export const createGtfs: CreateSystem = (world) => {
  let last: ExportedFile | null = null;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (await applyFault(world, NAME, null, request, response)) return;
    const path = urlOf(request).pathname;
    const realtime = REALTIME.get(path);
    if (realtime === undefined && path !== '/gtfs.zip') return send(response, 404, PLAIN, 'Not Found');
    if (request.method !== 'GET') return send(response, 405, PLAIN, 'Method Not Allowed', { Allow: 'GET' });
    if (realtime !== undefined) {
      return send(response, 200, 'application/x-protobuf', realtime(world.now()), { 'Cache-Control': 'no-store' });
    }
    last = exportFeed(world.today(), world.now(), last);
    sendFile(request, response, 'application/zip', last);
  }

  return {
    name: NAME,
    environment: (baseUrl) => ({ TRANSIT_GTFS_URL: baseUrl }),
    handle,
    reset: () => {
      last = null;
    },
  };
};

/** The timetable never changes, so the period tells whether it is the same feed. */
function exportFeed(today: string, now: number, last: ExportedFile | null): ExportedFile {
  const period = feedPeriod(today);
  return keepFile(last, period.first, now, () =>
    zipAt(now, Object.fromEntries(Object.entries(writeFeed(period)).map(([name, text]) => [name, strToU8(text)]))),
  );
}
