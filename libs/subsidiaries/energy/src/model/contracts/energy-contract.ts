import type { Labels } from '#lib/customer';
import type { CalendarDate } from '#lib/kernel';
import type { Commodity } from '../commodity.js';
import { ADDRESS, CONTRACT_NUMBER, LOCATION, PRODUCT } from '../labels.js';

/** A supply contract (Vertrag) of one commodity at one place. */
export interface EnergyContract {
  readonly number: string;
  /** Number of the contract account (Vertragskonto) through which it is billed. */
  readonly contractAccount: string;
  readonly commodity: Commodity;
  /** Name of the product (Tarif). */
  readonly product: string;
  readonly from: CalendarDate;
  /** Last day of supply; null while it is open-ended. */
  readonly until: CalendarDate | null;
  /** Null when the system does not say where. */
  readonly supplyPoint: SupplyPoint | null;
}

/** Where is supplied (Lieferstelle). */
export interface SupplyPoint {
  readonly address: SupplyAddress;
  /** Checked number of the market location (MaLo); only power and gas have one. */
  readonly marketLocation: string | null;
  /** Designation of the metering location (MeLo), where that is what the system keeps. */
  readonly meteringLocation: string | null;
}

export interface SupplyAddress {
  readonly street: string;
  /** With its supplement, e.g. `12 a`; empty where houses have none. */
  readonly houseNumber: string;
  readonly postcode: string;
  readonly city: string;
}

export const energyContractLabels: Labels<EnergyContract> = {
  number: CONTRACT_NUMBER,
  contractAccount: CONTRACT_NUMBER,
  commodity: PRODUCT,
  product: PRODUCT,
  from: PRODUCT,
  until: PRODUCT,
  supplyPoint: {
    address: { street: ADDRESS, houseNumber: ADDRESS, postcode: ADDRESS, city: ADDRESS },
    marketLocation: LOCATION,
    meteringLocation: LOCATION,
  },
};
