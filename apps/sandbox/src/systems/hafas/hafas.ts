import { createHash } from 'node:crypto';
import { applyFault } from '../fault-gate.js';
import { readBody, send, urlOf } from '../http.js';
import type { CreateSystem } from '../legacy-system.js';
import { invalidParameter, MessageFault, ServiceFault } from './faults.js';
import type { HafasService } from './hafas-service.js';
import { locGeoPos } from './loc-geo-pos.js';
import { locMatch } from './loc-match.js';
import { readRequest, type RequestReader } from './request-reader.js';
import { stationBoard } from './station-board.js';

const AID = 'sandbox-vmt-4f7d2c';
const SALT = Buffer.from('53616e64626f782d536161', 'hex');
const MOST_SERVICES = 20;

const SERVICES = new Map<string, HafasService>([
  ['LocMatch', locMatch],
  ['LocGeoPos', locGeoPos],
  ['StationBoard', stationBoard],
]);

/**
 * The timetable system of VMT: one path that takes signed JSON messages with one or more service requests each.
 * Whatever goes wrong with a message, the answer is HTTP 200 and a code in the body.
 */
export const createHafas: CreateSystem = (world) => ({
  name: 'hafas',
  environment: (baseUrl) => ({
    TRANSIT_HAFAS_URL: baseUrl,
    TRANSIT_HAFAS_AID: AID,
    TRANSIT_HAFAS_SALT: SALT.toString('hex'),
  }),
  async handle(request, response) {
    if (await applyFault(world, 'hafas', null, request, response)) return;
    const url = urlOf(request);
    if (url.pathname !== '/bin/mgate.exe') {
      send(response, 404, 'text/html; charset=utf-8', '<html><body><h1>404 Not Found</h1></body></html>');
      return;
    }
    const body = await readBody(request);
    const { answer, indented } = answerMessage(body, url.searchParams, world.now());
    send(response, 200, 'application/json; charset=utf-8', JSON.stringify(answer, null, indented ? 2 : undefined));
  },
  reset: () => undefined,
});

function answerMessage(body: Buffer, query: URLSearchParams, now: number): { answer: object; indented: boolean } {
  try {
    checkSignature(body, query);
    const message = readRequest(body);
    const version = message.text('ver');
    if (message.object('auth').text('aid') !== AID) throw denied();
    const requests = message.objects('svcReqL');
    if (requests.length > MOST_SERVICES) throw new MessageFault('PARSE', 'HCI Core: too many service requests');
    const answer = {
      ver: version,
      lang: 'deu',
      id: messageId(body, now),
      err: 'OK',
      graph: { id: 'standard', index: 0 },
      subGraph: { id: 'global', index: 0 },
      view: { id: 'standard', index: 0, type: 'WGS84' },
      svcResL: requests.map((request) => answerService(request, now)),
    };
    return { answer, indented: message.findBoolean('formatted') === true };
  } catch (error) {
    if (!(error instanceof MessageFault)) throw error;
    return { answer: { ver: '1.78', lang: 'deu', err: error.code, errTxt: error.text }, indented: false };
  }
}

function answerService(request: RequestReader, now: number): object {
  const method = request.text('meth');
  const id = request.findText('id');
  const head = { ...(id === undefined ? {} : { id }), meth: method };
  try {
    const service = SERVICES.get(method);
    if (service === undefined) throw invalidParameter();
    return { ...head, err: 'OK', res: service(request.object('req'), now) };
  } catch (error) {
    if (!(error instanceof ServiceFault)) throw error;
    return { ...head, err: error.code, errTxt: error.text, errTxtOut: error.textForPeople };
  }
}

/** `mic` is the MD5 of the body's bytes, `mac` that of mic's hexadecimal text followed by the salt. */
function checkSignature(body: Buffer, query: URLSearchParams): void {
  const mic = createHash('md5').update(body).digest('hex');
  const mac = createHash('md5').update(mic).update(SALT).digest('hex');
  if (query.get('mic') !== mic || query.get('mac') !== mac) throw denied();
}

function denied(): MessageFault {
  return new MessageFault('AUTH', 'HCI Core: authentication missing or invalid');
}

function messageId(body: Buffer, now: number): string {
  return createHash('md5').update(body).update(String(now)).digest('hex').slice(0, 16);
}
