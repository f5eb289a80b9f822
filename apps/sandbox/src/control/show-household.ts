import type { Household } from '../world/household.js';

/** The customer's number in each subsidiary where there is one, by the key that the gateway uses for it. */
function links(household: Household): Readonly<Record<string, string>> {
  return {
    ...(household.energy && { ENERGY: household.energy.accountId }),
    ...(household.housing && { HOUSING: household.housing.tenantNumber }),
    ...(household.transit && { TRANSIT: household.transit.customerNumber }),
    ...(household.pools && { POOLS: String(household.pools.clientId) }),
  };
}

export function showHousehold(household: Household) {
  return {
    key: household.key,
    name: nameOf(household),
    hasSignIn: household.signIn !== null,
    links: links(household),
  };
}

export function showPersona(household: Household) {
  return {
    key: household.key,
    name: nameOf(household),
    description: household.description,
    hasSignIn: household.signIn !== null,
    password: household.signIn?.password ?? null,
    numbers: links(household),
  };
}

function nameOf({ person }: Household): string {
  return `${person.firstName} ${person.lastName}`;
}
