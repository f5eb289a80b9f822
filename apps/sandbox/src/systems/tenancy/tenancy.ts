import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../../world/world.js';
import { applyFault } from '../fault-gate.js';
import { readBody, send, urlOf } from '../http.js';
import type { HookedSystem } from '../control-hooks.js';
import type { CreateSystem } from '../legacy-system.js';
import { isSignedIn } from './basic-auth.js';
import { NAME, sendChallenge, sendPage, USER } from './erp.js';
import { type LeasesCall, readCall, SERVICE_PATH } from './read-call.js';
import { RepairDesk } from './repairs/repair-desk.js';
import { SoapFault } from './soap-fault.js';
import { writeFault, writeLeases, writeRefusal } from './write-answer.js';
import { NotXml } from './xml.js';

const CLIENT = '001';
const SOAP = 'application/soap+xml';

/** jenawohnen's tenancy ERP: SOAP 1.2 with Basic and WS-Addressing, business errors as 200; repair reports as JSON. */
export const createTenancy: CreateSystem = (world) => {
  const repairs = new RepairDesk(world);
  return {
    name: NAME,
    environment: (baseUrl) => ({
      HOUSING_ERP_URL: baseUrl,
      HOUSING_ERP_USER: USER.name,
      HOUSING_ERP_PASSWORD: USER.password,
    }),
    handle: (request, response) =>
      repairs.isFor(request) ? repairs.handle(request, response) : handle(world, request, response),
    reset: () => repairs.reset(),
    resetHousehold: (household) => repairs.resetHousehold(household),
    books: () => repairs.books(),
    hooks: [{ method: 'POST', path: '/ambiguous-reports', answer: (body) => repairs.setAmbiguous(body) }],
  } satisfies HookedSystem;
};

async function handle(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const call = tryRead(await readBody(request));
  const household = isCall(call) ? world.byTenantNumber(call.tenantNumber ?? '') : undefined;
  // The service only reads, though every call of it is a POST.
  if (await applyFault(world, NAME, household?.number ?? null, request, response, false)) return;
  if (!isSignedIn(request, USER)) return sendChallenge(response);
  if (urlOf(request).pathname !== SERVICE_PATH) return sendPage(response, 404, 'Ressource nicht gefunden.');
  if (request.method !== 'POST') return sendPage(response, 200, 'TenancyService: ein Dienst wurde erstellt.');
  const mediaType = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType !== SOAP) return sendPage(response, 415, 'Der Inhaltstyp wird nicht unterstützt.');
  if (call instanceof NotXml) return sendPage(response, 400, 'Ungültige Anforderung.');
  if (call instanceof SoapFault) return sendSoap(response, call.status, writeFault(call));
  sendSoap(response, 200, answer(world, call));
}

function tryRead(body: Buffer): LeasesCall | SoapFault | NotXml {
  try {
    return readCall(body);
  } catch (error) {
    if (error instanceof SoapFault || error instanceof NotXml) return error;
    throw error;
  }
}

function isCall(call: LeasesCall | SoapFault | NotXml): call is LeasesCall {
  return !(call instanceof Error);
}

function answer(world: World, call: LeasesCall): string {
  if (call.tenantNumber === null) return writeRefusal('MieterNr fehlt');
  if (call.client === null) return writeRefusal('Mandant fehlt');
  const housing = call.client === CLIENT ? world.byTenantNumber(call.tenantNumber)?.housing : undefined;
  return housing ? writeLeases(housing.leases) : writeRefusal('Mieter nicht gefunden');
}

function sendSoap(response: ServerResponse, status: number, xml: string): void {
  send(response, status, `${SOAP}; charset=utf-8`, xml);
}
