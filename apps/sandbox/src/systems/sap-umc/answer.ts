import type { World } from '../../world/world.js';
import type { Backend } from './books/backend.js';
import { type Found, type Read, readResource } from './read-resource.js';
import { atomBody } from './render/atom.js';
import { errorJson, errorXml } from './render/error-body.js';
import { jsonBody } from './render/json.js';
import { metadata } from './render/metadata.js';
import { badRequest, SapError } from './sap-error.js';
import { rawOptions } from './uri/query-options.js';
import { type Write, writeResource } from './write/write-resource.js';

/** A finished answer of the OData layer, ready for the wire or for a part of a batch. */
export interface Answer {
  readonly status: number;
  /** Empty for 204, which has no body. */
  readonly contentType: string;
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** What decides how an answer looks. */
export interface Wishes {
  /** The Accept header; empty without one. */
  readonly accept: string;
  /** Absolute URI of the service with a slash at the end. */
  readonly root: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const ODATA_HEADERS = { 'cache-control': 'no-store, no-cache', dataserviceversion: '2.0' };

/** Answers one GET; a refusal becomes SAP's error body. */
export function answerRead(backend: Backend, read: Read, wishes: Wishes): Answer {
  return orRefusal(backend.world, read, wishes, () => {
    refuseFormat(read);
    return shown(readResource(backend, read), backend.world, read, wishes);
  });
}

/** Carries out one write; what was made is shown with what was made below it. */
export function answerWrite(backend: Backend, write: Write, wishes: Wishes): Answer {
  return orRefusal(backend.world, write, wishes, () => {
    refuseFormat(write);
    const written = writeResource(backend, write);
    if (written.kind === 'changed') return { status: 204, contentType: '', body: '', headers: ODATA_HEADERS };
    const { path } = written;
    const query = written.kind === 'created' ? `$expand=${written.expand}` : '';
    const answer = shown(readResource(backend, { service: write.service, path, query }), backend.world, write, wishes);
    if (written.kind === 'called') return answer;
    return { ...answer, status: 201, headers: { ...answer.headers, location: `${wishes.root}${path}` } };
  });
}

/** Carries out all writes of a changeset, or none: then there is only the refusal of the first that failed. */
export function answerChangeset(
  backend: Backend,
  writes: readonly { readonly write: Write; readonly wishes: Wishes }[],
): Answer | readonly Answer[] {
  try {
    return backend.ledger.atOnce(() =>
      writes.map(({ write, wishes }) => {
        const answer = answerWrite(backend, write, wishes);
        if (answer.status >= 400) throw new ChangesetFailed(answer);
        return answer;
      }),
    );
  } catch (error) {
    if (error instanceof ChangesetFailed) return error.answer;
    throw error;
  }
}

class ChangesetFailed extends Error {
  constructor(readonly answer: Answer) {
    super('a write of a changeset was refused');
  }
}

function orRefusal(world: World, read: Read, wishes: Wishes, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SapError)) throw error;
    return answerError(world, error, read, wishes);
  }
}

/** A refusal in JSON or XML, whichever was asked for. */
export function answerError(world: World, error: SapError, read: Read, { accept }: Wishes): Answer {
  const asJson = asksForJson(read.query, accept);
  const write = asJson ? errorJson : errorXml;
  return {
    status: error.status,
    contentType: asJson ? JSON_TYPE : 'application/xml; charset=utf-8',
    body: write(error, read.service.name, world.now()),
    headers: { ...ODATA_HEADERS, dataserviceversion: '1.0' },
  };
}

function refuseFormat(read: Read): void {
  const format = rawOptions(read.query).get('$format');
  if (format !== undefined && !['json', 'atom', 'xml'].includes(format)) {
    throw badRequest("Ungültiger Wert für die System-Query-Option '$format'");
  }
}

function shown(found: Found, world: World, read: Read, { accept, root }: Wishes): Answer {
  const origin = { service: read.service, root };
  const ok = { status: 200, headers: ODATA_HEADERS };
  if (found.kind === 'metadata') return { ...ok, contentType: 'application/xml', body: metadata(read.service) };
  if (found.kind === 'bytes') {
    return {
      ...ok,
      headers: { ...ODATA_HEADERS, ...found.headers },
      contentType: found.contentType,
      body: found.bytes,
    };
  }
  if (asksForJson(read.query, accept)) return { ...ok, contentType: JSON_TYPE, body: jsonBody(found, origin) };
  const atom = atomBody(found, origin, new Date(world.now()).toISOString());
  return { ...ok, contentType: `${atom.contentType}; charset=utf-8`, body: atom.body };
}

/** JSON only on request: by `$format`, which wins, or by Accept. Lenient, because it decides about errors, too. */
function asksForJson(query: string, accept: string): boolean {
  const format = new URLSearchParams(query).get('$format');
  return format === null ? /application\/json/i.test(accept) : format === 'json';
}
