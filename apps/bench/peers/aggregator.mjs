// (c) What a good engineer would write for this one answer: the same legacy calls with undici, side by side, and the
// answer put together by hand. No schema, no rights, no cache, no retries; whose numbers are whose it is told.
import { createServer } from 'node:http';
import { callerOf } from './aggregator/caller.mjs';
import { energyOf } from './aggregator/energy.mjs';
import { housingOf } from './aggregator/housing.mjs';
import { poolsOf } from './aggregator/pools.mjs';
import { idOf } from './aggregator/shapes.mjs';
import { transitOf } from './aggregator/transit.mjs';
import { tellReady } from './ready.mjs';

const PARTS = { energy: energyOf, housing: housingOf, transit: transitOf, pools: poolsOf };
const SUBSIDIARIES = Object.keys(PARTS).map((name) => name.toUpperCase());
const customers = new Map();

process.on('message', ({ customers: told }) => {
  if (told === undefined) return;
  for (const customer of told) customers.set(customer.subject, customer);
  process.send({ taken: told.length });
});

const partOf = (name, { links }, today) => PARTS[name](links[name.toUpperCase()], today);

async function dashboardOf(customer, today) {
  const names = Object.keys(PARTS);
  const parts = await Promise.all(names.map((name) => partOf(name, customer, today)));
  return {
    viewer: { kind: 'CUSTOMER', language: 'de' },
    me: {
      id: idOf('Customer', customer.id),
      name: customer.name,
      hasSignIn: true,
      subsidiaries: SUBSIDIARIES.map((subsidiary) => ({
        id: idOf('SubsidiaryStatus', `${customer.id}/${subsidiary}`),
        subsidiary,
        access: 'AVAILABLE',
        message: null,
        retryAfterSeconds: null,
      })),
      ...Object.fromEntries(names.map((name, index) => [name, parts[index]])),
    },
  };
}

/** Berlin's day; the sandbox's calendar goes by it. */
const berlin = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' });

const server = createServer(async (request, response) => {
  try {
    const subject = await callerOf(request.headers.authorization);
    const customer = customers.get(subject);
    if (customer === undefined) throw new Error('nobody knows this customer');
    for await (const chunk of request) void chunk;
    const today = berlin.format(Date.now());
    const part = request.url.startsWith('/part/') ? request.url.slice('/part/'.length) : undefined;
    const data = part === undefined ? await dashboardOf(customer, today) : await partOf(part, customer, today);
    send(response, 200, { data });
  } catch (error) {
    send(response, 500, { errors: [{ message: error.message }] });
  }
});

function send(response, status, value) {
  const body = Buffer.from(JSON.stringify(value), 'utf8');
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length });
  response.end(body);
}

server.listen(0, '127.0.0.1', () => tellReady(server));
