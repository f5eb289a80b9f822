import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendFile, type ExportedFile } from '../exported-file.js';
import { applyFault } from '../fault-gate.js';
import { send, urlOf } from '../http.js';
import type { CreateSystem } from '../legacy-system.js';
import { isSignedIn } from '../tenancy/basic-auth.js';
import { exportFlats } from './export-file.js';

const NAME = 'wodis';
const PATH = '/export/wodis.zip';
const USER = { name: 'svc-saaltor-export', password: 'sandbox-export' };
const PLAIN = 'text/plain; charset=utf-8';

/** The nightly Wodis Sigma export of flats to let, fetched from a web server with Basic and entity tags. */
export const createWodis: CreateSystem = (world) => {
  let last: ExportedFile | null = null;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (await applyFault(world, NAME, null, request, response)) return;
    if (!isSignedIn(request, USER)) {
      return send(response, 401, PLAIN, 'Unauthorized', { 'WWW-Authenticate': 'Basic realm="export"' });
    }
    if (urlOf(request).pathname !== PATH) return send(response, 404, PLAIN, 'Not Found');
    if (request.method !== 'GET') return send(response, 405, PLAIN, 'Method Not Allowed', { Allow: 'GET' });
    last = exportFlats(world.listings(), world.now(), last);
    sendFile(request, response, 'application/zip', last);
  }

  return {
    name: NAME,
    environment: (baseUrl) => ({
      HOUSING_LISTINGS_URL: baseUrl,
      HOUSING_LISTINGS_USER: USER.name,
      HOUSING_LISTINGS_PASSWORD: USER.password,
    }),
    handle,
    reset: () => {
      last = null;
    },
  };
};
