import type { EnergyContractBook, Household } from '../../../world/household.js';
import { ENERGY_CONTRACTS, marketLocation, METERS, PREMISES } from '../../../world/number-series.js';
import { pointOfDeliveryIdOf } from './derived-numbers.js';

/** A place that nobody is supplied at. */
export type VacantPoint = Pick<EnergyContractBook, 'premiseId' | 'premise' | 'marketLocation' | 'meterSerialNumber'> & {
  readonly division: '01' | '02';
  readonly pointOfDeliveryId: string;
};

const PLACES = [
  { place: 3, division: '01' },
  { place: 4, division: '02' },
] as const;

/** Next door to each household there is an empty flat with a meter for power and one for gas. */
export function vacantPoints({ number, address, energy }: Household): readonly VacantPoint[] {
  return PLACES.filter(({ place }) => place >= (energy?.contracts.length ?? 0)).map(({ place, division }) => ({
    division,
    premiseId: PREMISES.of(number, place),
    premise: { ...address, houseNumber: `${address.houseNumber} a` },
    marketLocation: marketLocation(number, place),
    meterSerialNumber: METERS.of(number, place),
    pointOfDeliveryId: pointOfDeliveryIdOf(ENERGY_CONTRACTS.of(number, place)),
  }));
}
