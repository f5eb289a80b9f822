import type { HousingPlan, LeasePlan } from './household-plan.js';
import type { Address, HousingBooks, LeaseBook } from './household.js';
import { euros } from './money.js';
import { rentedFlat, TENANTS } from './number-series.js';

export function housingBooks(household: number, address: Address, plan: HousingPlan): HousingBooks {
  return {
    tenantNumber: TENANTS.of(household),
    leases: plan.leases.map((lease, place) => leaseBook(rentedFlat(household, place), address, lease)),
  };
}

function leaseBook(flatNumber: string, address: Address, plan: LeasePlan): LeaseBook {
  return {
    leaseNumber: `${flatNumber} / ${String(plan.tenantsBefore + 1).padStart(2, '0')}`,
    flatNumber,
    flat: plan.flat ?? address,
    floor: floorName(plan.floor),
    rooms: plan.rooms,
    area: plan.area,
    from: plan.from,
    until: plan.until ?? null,
    netRent: euros(plan.netRentCents),
    serviceCharges: euros(plan.serviceChargesCents),
    heatingCharges: euros(plan.heatingChargesCents),
  };
}

/** How the landlord's books name a floor. */
export function floorName(floor: number): string {
  return floor === 0 ? 'Erdgeschoss' : `${floor}. Etage`;
}
