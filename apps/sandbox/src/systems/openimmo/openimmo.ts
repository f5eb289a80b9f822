import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Zippable } from 'fflate';
import type { World } from '../../world/world.js';
import { keepFile, sendFile, zipAt, type ExportedFile } from '../exported-file.js';
import { applyFault } from '../fault-gate.js';
import { BodyTooLarge, readBody, send, sendJson, urlOf } from '../http.js';
import type { CreateSystem } from '../legacy-system.js';
import { isSignedIn } from '../tenancy/basic-auth.js';
import { jpegOf } from '../wodis/jpeg.js';
import { PORTAL_FLATS } from './portal-flats.js';
import { BadFeedback, readFeedback, type Enquiry } from './read-feedback.js';
import { exportedNumbers, writeDelta, writeFull } from './write-export.js';

const NAME = 'openimmo';
const USER = { name: 'portal-saaltor', password: 'sandbox-openimmo' };
const PLAIN = 'text/plain; charset=utf-8';
const FEEDBACK = '/feedback';
/** Older documents are forgotten. */
const MOST_DOCUMENTS = 200;

/** The enquiries of one document. */
interface Received {
  readonly receivedAt: string;
  readonly enquiries: readonly Enquiry[];
}

/** The document is fine, but about a flat that is not on offer. */
class UnknownFlat extends Error {}

const REFUSALS = [
  [BadFeedback, 400],
  [UnknownFlat, 422],
  [BodyTooLarge, 413],
] as const;

/** The portal interface of jenawohnen: OpenImmo exports to fetch, and a letter box for enquiries. */
export const createOpenimmo: CreateSystem = (world) => {
  const files = new Map<string, ExportedFile>();
  let received: readonly Received[] = [];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (await applyFault(world, NAME, null, request, response)) return;
    if (!isSignedIn(request, USER)) {
      return send(response, 401, PLAIN, 'Unauthorized', { 'WWW-Authenticate': 'Basic realm="openimmo"' });
    }
    const path = urlOf(request).pathname;
    if (path === FEEDBACK && request.method === 'POST') return await receive(request, response);
    const exported = EXPORTS.get(path);
    if (exported === undefined && path !== FEEDBACK) return send(response, 404, PLAIN, 'Not Found');
    if (request.method !== 'GET') return send(response, 405, PLAIN, 'Method Not Allowed', { Allow: 'GET' });
    if (exported === undefined) return sendJson(response, 200, received);
    const document = exported.write(world);
    const file = keepFile(files.get(path) ?? null, document, world.now(), () => exported.pack(document, world));
    files.set(path, file);
    sendFile(request, response, exported.contentType, file);
  }

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const enquiries = readFeedback(await readBody(request));
      const known = exportedNumbers(world.listings());
      if (!enquiries.every(({ flatNumber }) => known.has(flatNumber))) throw new UnknownFlat('oobj_id is unknown');
      const receivedAt = new Date(world.now()).toISOString();
      received = [...received, { receivedAt, enquiries }].slice(-MOST_DOCUMENTS);
      send(response, 202, PLAIN, 'Accepted');
    } catch (error) {
      sendError(response, error);
    }
  }

  return {
    name: NAME,
    environment: (baseUrl) => ({
      HOUSING_OPENIMMO_URL: baseUrl,
      HOUSING_OPENIMMO_USER: USER.name,
      HOUSING_OPENIMMO_PASSWORD: USER.password,
    }),
    handle,
    reset: () => {
      files.clear();
      received = [];
    },
  };
};

interface Export {
  readonly contentType: string;
  write(world: World): Buffer;
  pack(document: Buffer, world: World): Uint8Array;
}

const EXPORTS = new Map<string, Export>([
  [
    '/export/openimmo.zip',
    {
      contentType: 'application/zip',
      write: (world) => writeFull(world.listings(), world.today()),
      pack: packWithImages,
    },
  ],
  [
    '/export/openimmo-teil.xml',
    {
      contentType: 'application/xml',
      write: (world) => writeDelta(world.today()),
      pack: (document) => document,
    },
  ],
]);

function packWithImages(document: Buffer, world: World): Uint8Array {
  const entries: Zippable = { 'openimmo.xml': document };
  for (const { images } of [...world.listings(), ...PORTAL_FLATS]) {
    for (const { file } of images) entries[file] = [jpegOf(file), { level: 0 }];
  }
  return zipAt(world.now(), entries);
}

/** The letter box is an old web form: it says what is wrong on a page. */
function sendError(response: ServerResponse, error: unknown): void {
  const status = REFUSALS.find(([refusal]) => error instanceof refusal)?.[1];
  if (status === undefined) throw error;
  const page = `<html><body><h1>Fehler</h1><p>${(error as Error).message}</p></body></html>`;
  send(response, status, 'text/html; charset=utf-8', page);
}
