import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Household } from '../../world/household.js';
import type { World } from '../../world/world.js';
import { applyFault } from '../fault-gate.js';
import { readBody, send, sendJson, urlOf } from '../http.js';
import type { LegacySystem } from '../legacy-system.js';
import { AccessTokens, TOKEN_LIFETIME } from './access-tokens.js';
import { berlinHour, berlinTimestamp } from './berlin.js';
import { type Contract, PauseBook } from './pause-book.js';
import { PauseDesk } from './pause-desk.js';
import { writeSubscription } from './write-subscription.js';

const SYSTEM = 'fare-shop';
const CLIENT_ID = 'saaltor-gateway';
const CLIENT_SECRET = 'sandbox-fahrschein-7c1e';
const SCOPE = 'subscriptions.read';
const SUBSCRIPTIONS = /^\/api\/v2\/customers\/([^/]{1,100})\/subscriptions$/;
const PAUSE = /^\/subscriptions\/([^/]{1,100})\/pause$/;
/** The shop is closed for new prices in the first two hours of a year. */
const HOURS_OF_MAINTENANCE = 2;
const RETRY_AFTER_SECONDS = 120;
const MAINTENANCE_PAGE =
  '<!DOCTYPE html><html lang="de"><head><title>Wartung</title></head>' +
  '<body><h1>Der Abo-Shop wird gerade gewartet</h1><p>Wir sind in Kürze zurück.</p></body></html>';

/** The shop for fare subscriptions of Jenaer Nahverkehr: JSON over HTTP behind OAuth 2.0 client credentials. */
export function createFareShop(world: World): LegacySystem {
  const tokens = new AccessTokens();
  const pauses = new PauseBook(world);
  const desk = new PauseDesk(world, pauses);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = readPath(urlOf(request).pathname);
    const household = householdOf(world, asked);
    // Who is turned away for an old token changes nothing, so that a counted fault waits for the true request.
    const modifies = asked.kind === 'pause' && tokens.isValid(bearerOf(request), world.now());
    if (await applyFault(world, SYSTEM, household?.number ?? null, request, response, modifies)) return;
    if (isMaintained(world)) {
      send(response, 503, 'text/html; charset=utf-8', MAINTENANCE_PAGE, { 'Retry-After': RETRY_AFTER_SECONDS });
    } else if (asked.kind === 'token' && request.method === 'POST') {
      await answerToken(request, response, tokens, world.now());
    } else if (!METHODS[asked.kind].includes(request.method ?? '')) {
      sendError(response, 404, 'NOT_FOUND', 'Unbekannte Adresse.');
    } else if (!tokens.isValid(bearerOf(request), world.now())) {
      sendJson(response, 401, { error: 'invalid_token' }, { 'WWW-Authenticate': 'Bearer error="invalid_token"' });
    } else if (asked.kind === 'pause') {
      await desk.handle(asked.number, contractOf(household, asked.number), request, response);
    } else if (!household?.transit) {
      sendError(response, 404, 'CUSTOMER_NOT_FOUND', 'Zu dieser Kundennummer gibt es kein Kundenkonto.');
    } else {
      sendJson(response, 200, {
        data: household.transit.subscriptions.map((book) => writeSubscription(book, pauses.of(book), world.today())),
        meta: { generatedAt: berlinTimestamp(world.now()) },
      });
    }
  }

  return {
    name: SYSTEM,
    environment: (baseUrl) => ({
      TRANSIT_SHOP_URL: baseUrl,
      TRANSIT_SHOP_CLIENT_ID: CLIENT_ID,
      TRANSIT_SHOP_CLIENT_SECRET: CLIENT_SECRET,
    }),
    handle,
    reset: () => {
      tokens.forgetAll();
      pauses.clear();
      desk.forget();
    },
    resetHousehold: (number) => {
      pauses.clearHousehold(number);
      desk.forget((subscriptionId) => world.bySubscription(subscriptionId)?.number === number);
    },
    books: () => pauses.list(),
  };
}

interface Asked {
  readonly kind: 'token' | 'list' | 'pause' | 'unknown';
  /** Of the customer or the subscription. */
  readonly number: string;
}

const METHODS: Readonly<Record<Asked['kind'], readonly string[]>> = {
  token: [],
  list: ['GET'],
  pause: ['PUT', 'DELETE'],
  unknown: [],
};

function readPath(pathname: string): Asked {
  if (pathname === '/oauth/token') return { kind: 'token', number: '' };
  const customerNumber = SUBSCRIPTIONS.exec(pathname)?.[1];
  if (customerNumber !== undefined) return { kind: 'list', number: decoded(customerNumber) };
  const subscriptionId = PAUSE.exec(pathname)?.[1];
  return subscriptionId === undefined
    ? { kind: 'unknown', number: '' }
    : { kind: 'pause', number: decoded(subscriptionId) };
}

function householdOf(world: World, { kind, number }: Asked): Household | undefined {
  if (kind === 'list') return world.byTransitCustomer(number);
  return kind === 'pause' ? world.bySubscription(number) : undefined;
}

function contractOf(household: Household | undefined, subscriptionId: string): Contract | undefined {
  const book = household?.transit?.subscriptions.find(({ id }) => id === subscriptionId);
  return household && book ? { household, book } : undefined;
}

/** The token endpoint (RFC 6749, section 4.4). */
async function answerToken(
  request: IncomingMessage,
  response: ServerResponse,
  tokens: AccessTokens,
  now: number,
): Promise<void> {
  const form = new URLSearchParams((await readBody(request)).toString('utf8'));
  const refusal = refusalOf(form);
  if (!isOurClient(request)) {
    sendJson(response, 401, { error: 'invalid_client' }, { 'WWW-Authenticate': 'Basic realm="Abo-Shop"' });
  } else if (refusal !== undefined) {
    sendJson(response, 400, { error: refusal });
  } else {
    const answer = {
      access_token: tokens.issue(now),
      token_type: 'Bearer',
      expires_in: TOKEN_LIFETIME,
      scope: SCOPE,
    };
    sendJson(response, 200, answer, { 'Cache-Control': 'no-store' });
  }
}

/** Client id and secret by HTTP Basic, each of them form-encoded (RFC 6749, section 2.3.1). */
function isOurClient(request: IncomingMessage): boolean {
  const encoded = /^Basic +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const [id, secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':').map(decoded);
  return id === CLIENT_ID && secret === CLIENT_SECRET;
}

function refusalOf(form: URLSearchParams): string | undefined {
  if (!form.has('grant_type')) return 'invalid_request';
  if (form.get('grant_type') !== 'client_credentials') return 'unsupported_grant_type';
  return (form.get('scope') ?? SCOPE) === SCOPE ? undefined : 'invalid_scope';
}

function isMaintained(world: World): boolean {
  const today = world.today();
  return today.endsWith('-01-01') && world.now() < Date.parse(berlinHour(today, HOURS_OF_MAINTENANCE));
}

function sendError(response: ServerResponse, status: number, code: string, message: string): void {
  sendJson(response, status, { error: { code, message } });
}

function bearerOf(request: IncomingMessage): string {
  return /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

/** The text behind percent encoding; a broken one stands for nobody. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
