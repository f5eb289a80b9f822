import type { Household } from '../../world/household.js';
import type { World } from '../../world/world.js';
import type { Backend } from './books/backend.js';
import type { Row } from './books/row.js';
import { Shelf } from './books/shelf.js';
import type { ServiceModel } from './model/service-model.js';
import { badRequest, SapError } from './sap-error.js';

/** The function import that searches for business partners; each service has it with parameters of its own. */
export const ACCOUNT_SEARCH = 'GetAccounts';

/** Customising of the search: what is beyond is cut off without a word. */
const MOST_HITS = 100;

const COMMON = {
  AccountID: 10,
  FirstName: 40,
  LastName: 40,
  Street: 60,
  PostalCode: 10,
  City: 40,
  Region: 3,
  Country: 3,
  Email: 241,
  Phone: 30,
  UserName: 40,
} as const;

/** Longest values, by service and parameter. */
const PARAMETERS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ERP_UTILITIES_UMC: { ...COMMON, HouseNo: 10, ContractAccountID: 12 },
  CRM_UTILITIES_UMC: { ...COMMON, HouseNo: 40, BusinessAgreementID: 12 },
};

type Criteria = ReadonlyMap<string, string>;

export function isAccountSearch(service: ServiceModel, path: string): boolean {
  return path === ACCOUNT_SEARCH && Object.hasOwn(PARAMETERS, service.name);
}

/** Parameters with their lengths, as `$metadata` shows them. */
export function searchParameters({ name }: ServiceModel): Readonly<Record<string, number>> {
  return PARAMETERS[name] ?? {};
}

/** The household that a search by number is about; undefined for other searches and for numbers that nobody has. */
export function householdSought(world: World, service: ServiceModel, query: string): Household | undefined {
  return byNumber(world, criteriaIn(service, query))?.[0];
}

/**
 * Business partners that meet every criterion, and the shelf with all that can be reached from them.
 * @throws SapError 400 for an unreadable value, or a search that would go through everybody
 */
export function searchAccounts(
  backend: Backend,
  service: ServiceModel,
  query: string,
): { readonly rows: readonly Row[]; readonly shelf: Shelf } {
  const { world } = backend;
  const criteria = criteriaIn(service, query);
  const found = candidates(world, criteria)
    .filter((household) => household.energy !== null && meets(household, criteria))
    .slice(0, MOST_HITS);
  const shelf = Shelf.ofHouseholds(backend, found, service.name);
  return { rows: shelf.all('Account'), shelf };
}

function criteriaIn(service: ServiceModel, query: string): Criteria {
  const given = new URLSearchParams(query);
  const criteria = new Map<string, string>();
  for (const [name, longest] of Object.entries(searchParameters(service))) {
    const literal = given.get(name);
    if (literal === null) continue;
    const text = /^'((?:[^']|'')*)'$/.exec(literal)?.[1]?.replaceAll("''", "'");
    if (text === undefined || text.length > longest) {
      throw badRequest(`Funktion '${ACCOUNT_SEARCH}': Parameter '${name}' ist ungültig`);
    }
    if (text.trim() !== '') criteria.set(name, text);
  }
  return criteria;
}

function candidates(world: World, criteria: Criteria): readonly Household[] {
  const numbered = byNumber(world, criteria);
  if (numbered !== undefined) return numbered;
  const lastName = criteria.get('LastName');
  if (lastName === undefined || !/[^*\s]/.test(lastName)) {
    throw new SapError(400, 'CRM_IU_UMC_ODATA/081', 'Füllen Sie alle Mussfelder aus: Nachname oder Nummer');
  }
  return world.numbersByLastName((name) => matches(name, lastName)).flatMap((number) => world.household(number) ?? []);
}

/** Undefined for a search by no number. Numbers are taken without their leading zeros, too. */
function byNumber(world: World, criteria: Criteria): Household[] | undefined {
  const account = criteria.get('AccountID');
  if (account !== undefined) return listed(world.byEnergyAccount(account.padStart(10, '0')));
  const contractAccount = criteria.get('BusinessAgreementID') ?? criteria.get('ContractAccountID');
  if (contractAccount === undefined) return undefined;
  return listed(world.byEnergyContractAccount(contractAccount.padStart(12, '0')));
}

function listed(household: Household | undefined): Household[] {
  return household === undefined ? [] : [household];
}

function meets({ person, address }: Household, criteria: Criteria): boolean {
  const facts: Readonly<Record<string, string>> = {
    FirstName: person.firstName,
    LastName: person.lastName,
    Street: address.street,
    HouseNo: address.houseNumber,
    PostalCode: address.postcode,
    City: address.city,
    Region: '16',
    Country: 'DE',
    Email: person.email ?? '',
    Phone: person.phone?.replace(/^\+49\s*/, '0') ?? '',
    UserName: '',
  };
  return [...criteria].every(([name, wanted]) => facts[name] === undefined || matches(facts[name], wanted));
}

/** As by SAP's match codes: capitals do not matter, and `*` stands for anything. */
function matches(fact: string, wanted: string): boolean {
  const [first = '', ...others] = wanted.toUpperCase().split('*');
  const text = fact.toUpperCase();
  if (others.length === 0) return text === first;
  if (!text.startsWith(first)) return false;
  let position = first.length;
  for (const part of others.slice(0, -1)) {
    const at = text.indexOf(part, position);
    if (at < 0) return false;
    position = at + part.length;
  }
  const last = others.at(-1) ?? '';
  return text.length - last.length >= position && text.endsWith(last);
}
