import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../../world/world.js';
import type { HookedSystem } from '../control-hooks.js';
import { applyFault } from '../fault-gate.js';
import { readBody, send, urlOf } from '../http.js';
import { NotXml } from '../tenancy/xml.js';
import { Counter, isBooking } from './counter.js';
import { reportDeposits } from './deposits-report.js';
import { findClients, householdOf, listClients } from './find-clients.js';
import { bookForeign } from './foreign-bookings.js';
import { Ledger } from './ledger.js';
import { ARTICLES, ONLINE_PAYMENT, PAYMENTS, writeArticle, writePayment } from './price-list.js';
import { NotDispatched, readRequest, type TillRequest } from './read-request.js';
import { AUTHENTICATION_ERROR, OK, Refused, type Result } from './return-code.js';
import { writeClient } from './write-client.js';
import { encodedArray, writeFault, writeReturn } from './write-encoded.js';

const NAME = 'till';
const PATH = '/soap/ITPAPIPOS';
const USER = { name: 'saaltor', password: 'sandbox-till' };

/** What the interface lists, by operation. */
interface Listing {
  readonly answerType: string;
  readonly listName: string;
  readonly itemType: string;
  /** The items, already written. @throws Refused */
  rows(world: World, ledger: Ledger, request: TillRequest): readonly string[];
}

const CLIENTS = { answerType: 'TGetClientsResponse', listName: 'Clients', itemType: 'TClient' };

const LISTINGS: ReadonlyMap<string, Listing> = new Map<string, Listing>([
  ['GetClients', { ...CLIENTS, rows: (world, ledger) => listClients(world, ledger).map(writeClient) }],
  [
    'GetClientsEx',
    { ...CLIENTS, rows: (world, ledger, request) => findClients(world, ledger, request).map(writeClient) },
  ],
  [
    'GetPaymentsInfo',
    {
      answerType: 'TGetPaymentsInfoResponse',
      listName: 'Payments',
      itemType: 'TPaymentInfo',
      rows: () => PAYMENTS.map(writePayment),
    },
  ],
  [
    'GetArticlesInfo',
    {
      answerType: 'TGetArticlesInfoResponse',
      listName: 'Articles',
      itemType: 'TArticleInfo',
      rows: () => ARTICLES.map(writeArticle),
    },
  ],
  [
    'GetDepositsReport',
    {
      answerType: 'TGetDepositsReportResponse',
      listName: 'Items',
      itemType: 'TDepositItem',
      rows: (_, ledger, request) => reportDeposits(ledger, request),
    },
  ],
]);

/** The till of the pools: unTill TPAPI-POS, SOAP 1.1 RPC/encoded, HTTP 200 whatever happens. */
export function createTill(world: World): HookedSystem {
  const ledger = new Ledger(world);
  const counter = new Counter(world, ledger);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = tryRead(request.headers['soapaction'], await readBody(request));
    const isWriting = !(call instanceof Error) && isBooking(call);
    if (await applyFault(world, NAME, concerned(call), request, response, isWriting)) return;
    if (urlOf(request).pathname !== PATH) {
      return send(response, 404, 'text/html', '<html><body>Not found</body></html>');
    }
    const xml = call instanceof Error ? writeFault(call.message) : answer(call);
    send(response, 200, 'text/xml; charset="utf-8"', xml);
  }

  function concerned(call: TillRequest | Error): number | null {
    if (call instanceof Error) return null;
    return isBooking(call) ? counter.householdOf(call) : (householdOf(world, call)?.number ?? null);
  }

  function answer(call: TillRequest): string {
    const signedIn = call.user === USER.name && call.password === USER.password;
    if (isBooking(call)) return counter.answer(call, signedIn);
    const listing = LISTINGS.get(call.operation);
    if (listing === undefined) return writeFault('the interface has no such method');
    if (!signedIn) return writeListing(call, listing, AUTHENTICATION_ERROR, []);
    try {
      return writeListing(call, listing, OK, listing.rows(world, ledger, call));
    } catch (error) {
      if (error instanceof Refused) return writeListing(call, listing, error, []);
      throw error;
    }
  }

  return {
    name: NAME,
    environment: (baseUrl) => ({
      POOLS_TILL_URL: baseUrl,
      POOLS_TILL_USER: USER.name,
      POOLS_TILL_PASSWORD: USER.password,
      POOLS_TILL_PAYMENT_ID: String(ONLINE_PAYMENT),
    }),
    handle,
    reset: () => {
      ledger.clear();
      counter.clear();
    },
    resetHousehold: (household) => {
      ledger.clearHousehold(household);
      counter.clearHousehold(household);
    },
    books: () => ledger.list(),
    hooks: [
      { method: 'POST', path: '/foreign-bookings', answer: (body) => bookForeign(world, ledger, body) },
      { method: 'POST', path: '/till-codes', answer: (body) => ({ codes: counter.codes.order(body) }) },
      { method: 'GET', path: '/till-codes', answer: () => ({ codes: counter.codes.list() }) },
    ],
  };
}

function tryRead(soapAction: string | string[] | undefined, body: Buffer): TillRequest | NotXml | NotDispatched {
  try {
    return readRequest(typeof soapAction === 'string' ? soapAction : undefined, body);
  } catch (error) {
    if (error instanceof NotXml || error instanceof NotDispatched) return error;
    throw error;
  }
}

function writeListing(call: TillRequest, listing: Listing, result: Result, rows: readonly string[]): string {
  const list = encodedArray(listing.listName, listing.itemType, rows);
  return writeReturn(call.operation, listing.answerType, result, list);
}
