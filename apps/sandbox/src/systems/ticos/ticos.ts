import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../../world/world.js';
import { applyFault } from '../fault-gate.js';
import { sendJson, urlOf } from '../http.js';
import type { CreateSystem } from '../legacy-system.js';
import { personsIn, POOLS } from './occupancy.js';

const NAME = 'ticos';
const PATH = '/api/gates/counter';
const TENANT = '117';

/** The gate counters of the pools: TICOS, an ASP.NET Boilerplate application with several tenants. */
export const createTicos: CreateSystem = (world) => ({
  name: NAME,
  environment: (baseUrl) => ({ POOLS_TICOS_URL: baseUrl, POOLS_TICOS_TENANT: TENANT }),
  handle: (request, response) => handle(world, request, response),
  reset: () => undefined,
});

async function handle(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (await applyFault(world, NAME, null, request, response)) return;
  const url = urlOf(request);
  if (url.pathname !== PATH || request.method !== 'GET') return sendError(response, 404, 'Not found!');
  const tenant = tenantOf(request);
  if (tenant === null) return sendError(response, 500, 'An internal error occurred during your request!');
  const asked = url.searchParams.getAll('organizationUnitIds');
  if (asked.length === 0 || !asked.every((id) => /^\d{1,9}$/.test(id))) {
    return sendError(response, 400, 'Your request is not valid!', ['organizationUnitIds']);
  }
  sendJson(response, 200, tenant === TENANT ? countersOf(world, asked.map(Number)) : []);
}

/** The proxy reads one header, the application behind it the other: null unless both say the same number. */
function tenantOf(request: IncomingMessage): string | null {
  const tenant = request.headers['abp-tenantid'];
  const same = tenant === request.headers['abp.tenantid'];
  return same && typeof tenant === 'string' && /^\d{1,9}$/.test(tenant) ? tenant : null;
}

/** One counter per known unit, last asked first; an unknown unit is left out without a word. */
function countersOf(world: World, asked: readonly number[]) {
  const date = world.today();
  const minute = minuteInBerlin(world.now());
  return [...new Set(asked)].toReversed().flatMap((id) => {
    const pool = POOLS.find((one) => one.organizationUnitId === id);
    if (pool === undefined) return [];
    return [{ organizationUnitId: id, personCount: personsIn(pool, date, minute), maxPersonCount: pool.capacity }];
  });
}

function minuteInBerlin(now: number): number {
  const time = new Date(now).toLocaleTimeString('sv-SE', { timeZone: 'Europe/Berlin' });
  const [hours, minutes] = time.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

/** The envelope ASP.NET Boilerplate wraps around every error, and around nothing else here. */
function sendError(response: ServerResponse, status: number, message: string, invalidMembers: readonly string[] = []) {
  const validationErrors = invalidMembers.map((member) => ({
    message: `The value of ${member} is not valid.`,
    members: [member],
  }));
  sendJson(response, status, {
    result: null,
    targetUrl: null,
    success: false,
    error: {
      code: 0,
      message,
      details: null,
      validationErrors: validationErrors.length === 0 ? null : validationErrors,
    },
    unAuthorizedRequest: false,
    __abp: true,
  });
}
