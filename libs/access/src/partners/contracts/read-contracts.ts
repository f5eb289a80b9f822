import { AGENT_ROLES, type AgentRole } from '#lib/kernel';
import type { PartnerContract, PartnerScopes } from './partner-contract.js';
import { Place } from './place.js';
import { readAuthentication } from './read-authentication.js';
import { readRedirectUris } from './read-redirect-uris.js';

/** What contracts are checked against. */
export interface ContractHouse {
  readonly scopes: PartnerScopes;
  /** Keys of the installed subsidiaries. */
  readonly subsidiaries: readonly string[];
  /** The secret in that variable; undefined where it is missing or empty. */
  readonly findSecret: (variable: string) => string | undefined;
}

/** Contracts as far as they could be read, and every mistake by its place. No value is ever part of a mistake. */
export interface ReadContracts {
  readonly contracts: readonly PartnerContract[];
  readonly mistakes: readonly string[];
}

const MEMBERS = ['clientId', 'name', 'subsidiary', 'role', 'scopes', 'redirectUris', 'quotas', 'jwks', 'secretEnv'];
const MOST_CONTRACTS = 1_000;
const MOST_SCOPES = 50;
const LARGEST_QUOTA = 10_000_000;
const CLIENT_ID = /^[a-z0-9][a-z0-9-]{2,59}$/;
/** One line, and nothing that could be taken for markup. */
const NAME = /^[^\p{Cc}<>]{2,80}$/u;

/** Reads the list of contracts and freezes it. @param text JSON */
export function readContracts(text: string, house: ContractHouse): ReadContracts {
  const mistakes: string[] = [];
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return { contracts: [], mistakes: ['is no JSON'] };
  }
  if (!Array.isArray(list) || list.length > MOST_CONTRACTS) {
    return { contracts: [], mistakes: [`must be a list of at most ${MOST_CONTRACTS} contracts`] };
  }
  const contracts = list.map((entry: unknown, index) => readContract(new Place(`[${index}]`, entry, mistakes), house));
  const ids = contracts.map(({ clientId }) => clientId);
  ids.forEach((id, index) => {
    if (ids.indexOf(id) !== index) mistakes.push(`[${index}].clientId: is in the list already`);
  });
  return { contracts: deepFreeze(contracts), mistakes };
}

function readContract(place: Place, house: ContractHouse): PartnerContract {
  place.refuseOthers(MEMBERS);
  const scopes = readScopes(place.at('scopes'), house);
  const redirectUris = readRedirectUris(place.at('redirectUris'));
  const contract = {
    clientId: place.at('clientId').text(CLIENT_ID, 'must have 3 to 60 of a-z, 0-9 and -'),
    name: place.at('name').text(NAME, 'must have 2 to 80 characters in one line'),
    subsidiary: readSubsidiary(place.at('subsidiary'), house),
    role: readRole(place.at('role')),
    scopes,
    redirectUris,
    quotas: readQuotas(place.at('quotas')),
    authentication: readAuthentication(place, house.findSecret),
  };
  const asksCustomers = scopes.some((scope) => Object.hasOwn(house.scopes.granted, scope));
  if (asksCustomers !== redirectUris.length > 0) {
    place.at('redirectUris').refuse('must be given exactly where customers grant one of the scopes');
  }
  if (scopes.includes('entitlements:check') && contract.subsidiary === null) {
    place.at('subsidiary').refuse('must be given for entitlements:check');
  }
  return contract;
}

function readScopes(place: Place, { scopes: known }: ContractHouse): string[] {
  const scopes = place
    .list(MOST_SCOPES)
    .map((scope) => scope.text(/^[a-z.:]{3,60}$/, 'must be a scope such as transit.tickets:read'));
  scopes.forEach((scope, index) => {
    if (scope !== '' && !Object.hasOwn(known.own, scope) && !Object.hasOwn(known.granted, scope)) {
      place.at(index).refuse('is no scope of this house');
    }
  });
  if (scopes.length === 0) place.refuse('must name at least one');
  return [...new Set(scopes)];
}

function readSubsidiary(place: Place, { subsidiaries }: ContractHouse): string | null {
  const { value } = place;
  if (value === null || (typeof value === 'string' && subsidiaries.includes(value))) return value;
  place.refuse(`must be null or one of ${subsidiaries.join(', ')}`);
  return null;
}

/** Left out, it is the one that is shown least. */
function readRole(place: Place): AgentRole {
  const role = place.value === undefined ? 'sales' : AGENT_ROLES.find((each) => each === place.value);
  if (role === undefined) place.refuse(`must be one of ${AGENT_ROLES.join(', ')}`);
  return role ?? 'sales';
}

function readQuotas(place: Place): PartnerContract['quotas'] {
  place.refuseOthers(['perMinute', 'perDay']);
  const perMinute = place.at('perMinute').integer(1, LARGEST_QUOTA);
  const perDay = place.at('perDay').integer(1, LARGEST_QUOTA);
  if (perDay < perMinute) place.at('perDay').refuse('must not be less than perMinute');
  return { perMinute, perDay };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
