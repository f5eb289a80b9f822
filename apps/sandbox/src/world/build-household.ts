import { energyBooks } from './energy-books.js';
import type { HouseholdPlan } from './household-plan.js';
import type { Household } from './household.js';
import { housingBooks } from './housing-books.js';
import { poolsBooks } from './pools-books.js';
import { transitBooks } from './transit-books.js';

/** Writes the books of a household as they stand on `today`. */
export function buildHousehold(plan: HouseholdPlan, today: string): Household {
  const { number, key, description, person, address } = plan;
  return {
    number,
    key,
    signIn: plan.password === null ? null : { password: plan.password },
    description,
    person,
    address,
    energy: plan.energy ? energyBooks(number, address, plan.energy, today) : null,
    housing: plan.housing ? housingBooks(number, address, plan.housing) : null,
    transit: plan.transit ? transitBooks(number, plan.transit) : null,
    pools: plan.pools ? poolsBooks(number, plan.pools) : null,
  };
}
