import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../../world/world.js';
import { applyFault } from '../fault-gate.js';
import { readBody, send, urlOf } from '../http.js';
import type { CreateSystem } from '../legacy-system.js';
import { NotXml } from '../tenancy/xml.js';
import { findClients, householdOf, IllegalArgument, listClients, type TillClient } from './find-clients.js';
import { NotDispatched, readRequest, type TillRequest } from './read-request.js';
import { writeClient } from './write-client.js';
import { encoded, encodedArray, writeFault, writeReturn } from './write-encoded.js';

const NAME = 'till';
const PATH = '/soap/ITPAPIPOS';
const USER = { name: 'saaltor', password: 'sandbox-till' };

const OK = { code: 0, message: 'ok' };
const AUTHENTICATION_ERROR = { code: 2, message: 'Authentication error' };
const NOT_PROCESSED = { code: 7, message: 'Deposits are not accepted at this workstation' };

type Result = typeof OK;

/** The till of the pools: unTill TPAPI-POS, SOAP 1.1 RPC/encoded, HTTP 200 whatever happens. */
export const createTill: CreateSystem = (world) => ({
  name: NAME,
  environment: (baseUrl) => ({
    POOLS_TILL_URL: baseUrl,
    POOLS_TILL_USER: USER.name,
    POOLS_TILL_PASSWORD: USER.password,
  }),
  handle: (request, response) => handle(world, request, response),
  reset: () => undefined,
});

async function handle(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const call = tryRead(request.headers['soapaction'], await readBody(request));
  const household = call instanceof Error ? undefined : householdOf(world, call);
  if (await applyFault(world, NAME, household?.number ?? null, request, response)) return;
  if (urlOf(request).pathname !== PATH) return send(response, 404, 'text/html', '<html><body>Not found</body></html>');
  const xml = call instanceof Error ? writeFault(call.message) : answer(world, call);
  send(response, 200, 'text/xml; charset="utf-8"', xml);
}

function tryRead(soapAction: string | string[] | undefined, body: Buffer): TillRequest | NotXml | NotDispatched {
  try {
    return readRequest(typeof soapAction === 'string' ? soapAction : undefined, body);
  } catch (error) {
    if (error instanceof NotXml || error instanceof NotDispatched) return error;
    throw error;
  }
}

function answer(world: World, call: TillRequest): string {
  const signedIn = call.user === USER.name && call.password === USER.password;
  switch (call.operation) {
    case 'GetClients':
      return signedIn ? writeClients(call, OK, listClients(world)) : writeClients(call, AUTHENTICATION_ERROR, []);
    case 'GetClientsEx':
      return signedIn ? answerFiltered(world, call) : writeClients(call, AUTHENTICATION_ERROR, []);
    case 'ClientDeposit':
      return writeDeposit(signedIn ? NOT_PROCESSED : AUTHENTICATION_ERROR);
    default:
      return writeFault('the interface has no such method');
  }
}

function answerFiltered(world: World, call: TillRequest): string {
  try {
    return writeClients(call, OK, findClients(world, call));
  } catch (error) {
    if (error instanceof IllegalArgument) return writeClients(call, { code: 3, message: error.message }, []);
    throw error;
  }
}

function writeClients(call: TillRequest, result: Result, clients: readonly TillClient[]): string {
  const list = encodedArray('Clients', 'TClient', clients.map(writeClient));
  return writeReturn(call.operation, 'TGetClientsResponse', result, list);
}

function writeDeposit(result: Result): string {
  const balances = encoded('OldBalance', 'double', '0') + encoded('NewBalance', 'double', '0');
  return writeReturn('ClientDeposit', 'TClientAccountDepositResponse', result, balances);
}
