// The fare shop: a client's token for as long as it holds, and one call with it.
import { idOf } from './shapes.mjs';
import { basic, callWell } from './upstream.mjs';

const { TRANSIT_SHOP_URL: URL_OF_SHOP, TRANSIT_SHOP_CLIENT_ID: ID, TRANSIT_SHOP_CLIENT_SECRET: SECRET } = process.env;
const STATES = new Set(['ACTIVE', 'PAUSED', 'CANCELLED']);
const MEDIA = new Set(['APP', 'CHIPCARD']);

let token;

async function signOn() {
  const begun = Date.now();
  const headers = { authorization: basic(ID, SECRET), 'content-type': 'application/x-www-form-urlencoded' };
  const body = 'grant_type=client_credentials&scope=subscriptions.read';
  const { text } = await callWell(URL_OF_SHOP, { method: 'POST', path: '/oauth/token', headers, body });
  const { access_token: value, expires_in: seconds } = JSON.parse(text);
  return { value, until: begun + (seconds - 30) * 1_000 };
}

async function currentToken() {
  token ??= signOn();
  const held = await token;
  if (Date.now() < held.until) return held.value;
  token = signOn();
  return (await token).value;
}

export async function transitOf(account) {
  const headers = { authorization: `Bearer ${await currentToken()}`, accept: 'application/json' };
  const { text } = await callWell(URL_OF_SHOP, { path: `/api/v2/customers/${account}/subscriptions`, headers });
  const { data } = JSON.parse(text);
  return {
    id: idOf('TransitCustomer', account),
    fareSubscriptions: data.map(subscriptionOf),
    tickets: data.flatMap(({ product, tickets }) => tickets.map((ticket) => ticketOf(ticket, product.name))),
  };
}

function subscriptionOf({ id, product, state, startsOn, endsOn, price, medium, cancellableUntil }) {
  const digits = String(price.cents).padStart(3, '0');
  const { cardNumber } = medium;
  return {
    id: idOf('FareSubscription', id),
    number: id,
    product: product.name,
    state: STATES.has(state) ? state : 'OTHER',
    from: startsOn,
    until: endsOn,
    price: { amount: `${digits.slice(0, -2)}.${digits.slice(-2)}` },
    interval: price.interval === 'MONTH' ? 'MONTH' : 'OTHER',
    medium: MEDIA.has(medium.kind) ? medium.kind : 'OTHER',
    chipCardNumber: cardNumber ? `••••${cardNumber.slice(Math.max(4, cardNumber.length - 4))}` : null,
    cancellableUntil,
  };
}

function ticketOf({ id, validFrom, validUntil, barcode }, product) {
  return {
    id: idOf('Ticket', id),
    product,
    validFrom,
    validUntil,
    barcode: barcode ? { symbology: barcode.symbology } : null,
  };
}
