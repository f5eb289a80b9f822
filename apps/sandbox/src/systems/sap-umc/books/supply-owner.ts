import type { EnergyContractBook, Household } from '../../../world/household.js';
import { ENERGY_CONTRACTS, placeOfMarketLocation } from '../../../world/number-series.js';
import type { World } from '../../../world/world.js';

/** The household of a contract that its books hold or could hold: it may have been ordered since. */
export function householdOfContract(world: World, contractId: string): Household | undefined {
  const household = world.household(ENERGY_CONTRACTS.householdOf(contractId) ?? 0);
  return household?.energy === null ? undefined : household;
}

/** Whose books a market location stands in, be it supplied or empty. */
export function householdOfPoint(world: World, externalId: string): Household | undefined {
  return world.household(placeOfMarketLocation(externalId)?.household ?? 0);
}

/** Before its first day a contract that was ordered is known to CRM only. */
export function begun(contracts: readonly EnergyContractBook[], today: string): readonly EnergyContractBook[] {
  return contracts.filter(({ from, signedOn }) => signedOn === undefined || from <= today);
}
