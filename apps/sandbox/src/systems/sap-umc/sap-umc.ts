import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { World } from '../../world/world.js';
import { applyFault } from '../fault-gate.js';
import { BodyTooLarge, readBody, send, sendNoContent, urlOf } from '../http.js';
import type { Booking, LegacySystem } from '../legacy-system.js';
import { type Answer, answerChangeset, answerError, answerRead, answerWrite, type Wishes } from './answer.js';
import { batchAnswer, type BatchPart, batchParts, type PartAnswer } from './batch.js';
import type { Backend } from './books/backend.js';
import { Ledger } from './books/ledger.js';
import type { ServiceModel, ServicePack } from './model/service-model.js';
import { ownerOf, type Read } from './read-resource.js';
import { errorXml } from './render/error-body.js';
import { SapError } from './sap-error.js';
import { type Admission, bearsToken, type Credentials, fetchesToken, SessionDesk } from './session-desk.js';
import { LOGIN_FORM, LOGON_FAILED, NO_SUCH_NODE, TOO_LARGE } from './sign-on-pages.js';
import { serviceInPath, serviceRoot, type Services, targetInBatch, umcServices } from './umc-services.js';
import type { Write } from './write/write-resource.js';

const NAME = 'sap-umc';
/** The technical user of the sandbox. Good for nothing else. */
const CREDENTIALS: Credentials = { user: 'SAALTOR_UMC', password: 'sandbox-sap-umc' };
/** The Bundesbank's own example of a creditor identifier: nobody's. */
const CREDITOR_ID = 'DE98ZZZ09999999999';
const SERVER_HEADERS: OutgoingHttpHeaders = {
  'sap-processing-info': 'ODataBEP=,crp=,RAL=,st=,MedCacheHub=Table,codeployed=X,softstate=',
  'sap-server': 'true',
};
const HTML = 'text/html; charset=utf-8';

/** SAP IS-U behind SAP Multichannel Foundation for Utilities: two OData v2 services of one ABAP server. */
export function createSapUmc(
  world: World,
  { servicePack = 'newer' }: { servicePack?: ServicePack } = {},
): LegacySystem {
  return new SapUmc(world, umcServices(servicePack));
}

/** One request with all that the server knows about it before it answers. */
interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly read: Read;
  readonly wishes: Wishes;
  readonly body: Buffer;
  /** The parts of a batch, or why it could not be read; null for any other request. */
  readonly batch: readonly BatchPart[] | SapError | null;
}

class SapUmc implements LegacySystem {
  readonly name = NAME;
  private readonly sessions: SessionDesk;
  private readonly ledger = new Ledger();
  private readonly backend: Backend;

  constructor(
    private readonly world: World,
    private readonly services: Services,
  ) {
    this.backend = { world, ledger: this.ledger };
    this.sessions = new SessionDesk(world, CREDENTIALS);
  }

  environment(baseUrl: string): Readonly<Record<string, string>> {
    return {
      ENERGY_SAP_URL: baseUrl,
      ENERGY_SAP_USER: CREDENTIALS.user,
      ENERGY_SAP_PASSWORD: CREDENTIALS.password,
      ENERGY_CREDITOR_ID: CREDITOR_ID,
    };
  }

  reset(): void {
    this.sessions.reset();
    this.ledger.forget();
  }

  resetHousehold(householdNumber: number): void {
    this.ledger.forget(householdNumber);
  }

  books(): readonly Booking[] {
    return this.ledger.bookings();
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = urlOf(request);
    const place = serviceInPath(pathname);
    const service = this.services.get(place?.name ?? '');
    if (place === null || service === undefined) return await this.refuseNode(place?.name ?? null, request, response);
    const read: Read = { service, path: place.path, query: search.slice(1) };
    const wishes: Wishes = { accept: request.headers.accept ?? '', root: serviceRoot(request.headers.host, service) };
    try {
      const body = await readBody(request);
      await this.answer({ request, response, read, wishes, body, batch: batchOf(request, read, body) });
    } catch (error) {
      if (!(error instanceof BodyTooLarge)) throw error;
      send(response, 413, HTML, TOO_LARGE);
    }
  }

  private async answer(call: Call): Promise<void> {
    const { request, response, read } = call;
    const admission = this.sessions.admit(request.headers);
    if (await this.isSpoilt(call, admission)) return;
    if (admission.kind !== 'open') return refuseSignOn(admission, response);
    if (isReading(request)) {
      const token = fetchesToken(request.headers) ? { 'x-csrf-token': admission.token } : {};
      return sendAnswer(response, answerRead(this.backend, read, call.wishes), {
        ...opened(admission, request),
        ...token,
      });
    }
    if (!bearsToken(request.headers, admission.token)) {
      const headers = { ...SERVER_HEADERS, ...opened(admission, request), 'x-csrf-token': 'Required' };
      return send(response, 403, 'text/plain; charset=utf-8', 'CSRF token validation failed', headers);
    }
    if (call.batch === null || call.batch instanceof SapError) {
      const answer =
        call.batch === null
          ? answerWrite(this.backend, writeOf(call), call.wishes)
          : answerError(this.world, call.batch, read, call.wishes);
      return sendAnswer(response, answer, opened(admission, request));
    }
    const { contentType, body } = batchAnswer(call.batch.map((part) => this.answerPart(part, call)));
    send(response, 202, contentType, body, {
      ...SERVER_HEADERS,
      ...opened(admission, request),
      dataserviceversion: '2.0',
    });
  }

  private answerPart(part: BatchPart, { read: { service }, wishes }: Call): PartAnswer | readonly PartAnswer[] {
    const wishesOf = ({ accept }: { readonly accept: string }): Wishes =>
      accept === '' ? wishes : { ...wishes, accept };
    if (part.kind === 'get') {
      return { answer: answerRead(this.backend, readOf(part.target, service), wishesOf(part)), contentId: '' };
    }
    const writes = part.writes.map((one) => ({
      write: { ...one, ...readOf(one.target, service) },
      wishes: wishesOf(one),
    }));
    const answers = answerChangeset(this.backend, writes);
    if ('status' in answers) return { answer: answers, contentId: '' };
    return answers.map((answer, index) => ({ answer, contentId: part.writes[index]?.contentId ?? '' }));
  }

  /**
   * Lets faults happen: once for each household that the request concerns, or once for the system. A write that is not
   * let in changes nothing.
   */
  private async isSpoilt(call: Call, admission: Admission): Promise<boolean> {
    const { request, response, read, batch } = call;
    const modifies = isWrite(call) && admission.kind === 'open' && bearsToken(request.headers, admission.token);
    const reads = batch === null || batch instanceof SapError ? [read] : readsOf(batch, read.service);
    const numbers = new Set(reads.map((one) => this.householdOf(one) ?? this.householdInBody(call)));
    const bodies = isWrite(call) ? bodiesOf(call) : [];
    for (const named of bodies.flatMap((one) => partnersIn(one))) {
      numbers.delete(null);
      numbers.add(this.world.byEnergyAccount(named)?.number ?? null);
    }
    const faults = new Set<unknown>();
    for (const number of numbers.size === 0 ? [null] : numbers) {
      const fault = this.world.faults.find(NAME, number, modifies);
      if (fault === undefined || faults.has(fault)) continue;
      faults.add(fault);
      if (await applyFault(this.world, NAME, number, request, response, modifies)) return true;
    }
    return false;
  }

  /** Null for public data and for what cannot be read: the answer will say so. */
  private householdOf(read: Read): number | null {
    try {
      return ownerOf(this.world, read)?.number ?? null;
    } catch (error) {
      if (error instanceof SapError) return null;
      throw error;
    }
  }

  /** New entities name their customer inside. */
  private householdInBody({ batch, body }: Call): number | null {
    const account = batch === null ? /"AccountID"\s*:\s*"(\d{1,10})"/.exec(body.toString('latin1'))?.[1] : undefined;
    return (account !== undefined && this.world.byEnergyAccount(account)?.number) || null;
  }

  /** No service of that name, or not even the OData node. Faults of the whole system happen here, too. */
  private async refuseNode(service: string | null, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (await applyFault(this.world, NAME, null, request, response, false)) return;
    const admission = this.sessions.admit(request.headers);
    if (admission.kind !== 'open') return refuseSignOn(admission, response);
    if (service === null) return send(response, 404, HTML, NO_SUCH_NODE, SERVER_HEADERS);
    const text = `Kein Service für Namensraum '', Name '${service}', Version '0001' gefunden`;
    const body = errorXml(new SapError(403, '/IWFND/MED/170', text), service, this.world.now());
    send(response, 403, 'application/xml; charset=utf-8', body, { ...SERVER_HEADERS, ...opened(admission, request) });
  }
}

function batchOf(request: IncomingMessage, read: Read, body: Buffer): readonly BatchPart[] | SapError | null {
  if (request.method !== 'POST' || read.path !== '$batch') return null;
  try {
    return batchParts(request.headers['content-type'] ?? '', body);
  } catch (error) {
    if (error instanceof SapError) return error;
    throw error;
  }
}

function readsOf(batch: readonly BatchPart[], service: ServiceModel): Read[] {
  const targets = batch.flatMap((part) =>
    part.kind === 'get' ? [part.target] : part.writes.map(({ target }) => target),
  );
  return targets.map((target) => readOf(target, service));
}

function readOf(target: string, service: ServiceModel): Read {
  return { service, ...targetInBatch(target, service) };
}

function bodiesOf({ batch, body }: Call): string[] {
  if (batch === null || batch instanceof SapError) return [body.toString('utf8')];
  return batch.flatMap((part) => (part.kind === 'get' ? [] : part.writes.map((write) => write.body)));
}

/** What is inserted into a set names the customer in its body only. */
function partnersIn(body: string): string[] {
  return [...body.matchAll(/"AccountID"\s*:\s*"(\d{1,10})"/g)].flatMap(([, number]) => number ?? []);
}

/** A batch is one when it has a changeset. */
function isWrite({ request, batch }: Call): boolean {
  if (batch instanceof SapError) return false;
  return batch === null ? !isReading(request) : batch.some(({ kind }) => kind === 'changeset');
}

function isReading({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** A write by its own method, or by POST where a proxy lets nothing else through. */
function writeOf({ request, read, body }: Call): Write {
  const tunnelled = request.method === 'POST' ? String(request.headers['x-http-method'] ?? '').toUpperCase() : '';
  return {
    ...read,
    method: tunnelled === '' ? (request.method ?? '') : tunnelled,
    contentType: request.headers['content-type'] ?? '',
    body: body.toString('utf8'),
  };
}

function refuseSignOn({ kind }: Exclude<Admission, { kind: 'open' }>, response: ServerResponse): void {
  if (kind === 'expired') return send(response, 200, HTML, LOGIN_FORM, SERVER_HEADERS);
  const realm = 'Basic realm="SAP NetWeaver Application Server [GM6/100]"';
  send(response, 401, HTML, LOGON_FAILED, { ...SERVER_HEADERS, 'www-authenticate': realm });
}

/** Cookies of a session that was just opened, and the token's own cookie when the token is asked for. */
function opened(
  { cookies, tokenCookie }: Extract<Admission, { kind: 'open' }>,
  request: IncomingMessage,
): OutgoingHttpHeaders {
  const all = fetchesToken(request.headers) ? [...cookies, tokenCookie] : [...cookies];
  return all.length === 0 ? {} : { 'set-cookie': all };
}

function sendAnswer(response: ServerResponse, answer: Answer, headers: OutgoingHttpHeaders): void {
  if (answer.status === 204) return sendNoContent(response, { ...SERVER_HEADERS, ...answer.headers, ...headers });
  send(response, answer.status, answer.contentType, answer.body, { ...SERVER_HEADERS, ...answer.headers, ...headers });
}
