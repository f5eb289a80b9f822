import type { EnergyContractBook, Household } from '../../../world/household.js';
import { ENERGY_CONTRACTS, INSTALMENT_PLANS } from '../../../world/number-series.js';
import type { Backend } from './backend.js';
import type { BookedSale } from './supply-entries.js';
import { vacantPoints, type VacantPoint } from './vacant-points.js';

/** What a new customer is asked for each month. */
const FIRST_INSTALMENT = { amount: '60.00', minimum: '45.00', maximum: '90.00' };

/** The household with what clients ordered and ended since. */
export function withBookings(household: Household, { world, ledger }: Backend): Household {
  const { energy, number } = household;
  if (energy === null) return household;
  const sold = ledger
    .sales((sale) => sale.household === number)
    .flatMap((sale) => soldContract(sale, pointWith(world, sale.pointOfDeliveryId)) ?? []);
  const contracts = [...energy.contracts, ...sold].map((contract) => {
    const until = ledger.moveOutOf(contract.contractId)?.until;
    return until === undefined ? contract : { ...contract, until };
  });
  return { ...household, energy: { ...energy, contracts } };
}

/** The empty place with that number of the system; undefined for any other number. */
export function pointWith(world: Backend['world'], pointOfDeliveryId: string): VacantPoint | undefined {
  const contractId = /^\{XJ\{7k(\d{10})OY5W4\{$/.exec(pointOfDeliveryId)?.[1] ?? '';
  const owner = ENERGY_CONTRACTS.householdOf(contractId);
  const household = owner === undefined ? undefined : world.household(owner);
  return household && vacantPoints(household).find((point) => point.pointOfDeliveryId === pointOfDeliveryId);
}

/** Where the household's next contract goes; undefined when its books hold no more. */
export function nextContract({ number, energy }: Household): string | undefined {
  const place = energy?.contracts.length ?? 0;
  return place < 5 ? ENERGY_CONTRACTS.of(number, place) : undefined;
}

function soldContract(sale: BookedSale, point: VacantPoint | undefined): EnergyContractBook | undefined {
  if (point === undefined) return undefined;
  const place = Number(BigInt(sale.contractId) - BigInt(ENERGY_CONTRACTS.of(sale.household))) / 3;
  return {
    ...point,
    contractId: sale.contractId,
    productId: sale.productId,
    productName: sale.productName,
    from: sale.from,
    until: null,
    signedOn: new Date(sale.at).toISOString().slice(0, 10),
    instalment: { planId: INSTALMENT_PLANS.of(sale.household, place), ...FIRST_INSTALMENT },
  };
}
