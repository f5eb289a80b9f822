import type { Address, EnergyContractBook, Person, SubscriptionBook } from './household.js';
import type { FareProduct } from './transit-books.js';

/** A household before its books are written: only what the numbering schemes and the calendar cannot give. */
export interface HouseholdPlan {
  readonly number: number;
  readonly key: string;
  /** Null: no sign-in. */
  readonly password: string | null;
  readonly description: string;
  readonly person: Person;
  readonly address: Address;
  readonly energy?: EnergyPlan;
  readonly housing?: HousingPlan;
  readonly transit?: TransitPlan;
  readonly pools?: PoolsPlan;
}

export interface EnergyPlan {
  readonly contracts: readonly ContractPlan[];
  /** Overdue: the three newest bills of each contract are not paid, the oldest of them in part. */
  readonly pays: 'on time' | 'overdue';
  readonly readingsAlwaysImplausible?: true;
}

export interface ContractPlan {
  readonly division: EnergyContractBook['division'];
  readonly from: string;
  readonly until?: string;
  readonly monthlyCents: number;
  readonly readMonthly?: true;
  /** Place of supply where it is not the household's address. */
  readonly premise?: Address;
}

export interface HousingPlan {
  readonly leases: readonly LeasePlan[];
}

export interface LeasePlan {
  /** Where it is not the household's address. */
  readonly flat?: Address;
  readonly floor: number;
  readonly rooms: string;
  readonly area: string;
  readonly from: string;
  readonly until?: string;
  readonly netRentCents: number;
  readonly serviceChargesCents: number;
  /** Contained in the service charges. */
  readonly heatingChargesCents: number;
  /** How many tenants the flat had before. */
  readonly tenantsBefore: number;
}

export interface TransitPlan {
  readonly subscriptions: readonly SubscriptionPlan[];
}

export interface SubscriptionPlan {
  readonly product: FareProduct;
  readonly state: SubscriptionBook['state'];
  readonly from: string;
  readonly until?: string;
  readonly medium: SubscriptionBook['medium'];
}

export interface PoolsPlan {
  /** One value card for each balance. */
  readonly balancesCents: readonly number[];
}
