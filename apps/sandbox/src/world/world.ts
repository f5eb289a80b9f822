import type { Household } from './household.js';

/** The imitated city: households, its clock, its faults. Every system asks it and nothing else. */
export interface World {
  /** Milliseconds since 1970 on the sandbox's own clock, which the control endpoint can move. */
  now(): number;
  /** Calendar date in Berlin on that clock, `YYYY-MM-DD`. */
  today(): string;
  /** Undefined outside 1…100,012. */
  household(number: number): Household | undefined;
  byKey(key: string): Household | undefined;
  /** Numbers of the households whose person has such a last name; `wanted` gets it in capitals. */
  numbersByLastName(wanted: (lastName: string) => boolean): readonly number[];
  byEnergyAccount(accountId: string): Household | undefined;
  byEnergyContractAccount(contractAccountId: string): Household | undefined;
  byEnergyContract(contractId: string): Household | undefined;
  byMeter(serialNumber: string): Household | undefined;
  byTenantNumber(tenantNumber: string): Household | undefined;
  /** The household that rents the flat or did so, by its Wodis number. */
  byFlat(flatNumber: string): Household | undefined;
  byTransitCustomer(customerNumber: string): Household | undefined;
  bySubscription(subscriptionId: string): Household | undefined;
  byTillClient(clientId: number): Household | undefined;
  byCardUid(uid: string): Household | undefined;
  /** Flats to let at the moment, as neutral facts (about 60, in all districts); the same for everyone. */
  listings(): readonly FlatToLet[];
  readonly faults: FaultDesk;
}

export interface FlatToLet {
  readonly number: string;
  readonly street: string;
  readonly houseNumber: string;
  readonly postcode: string;
  readonly city: string;
  readonly district: string;
  readonly yearBuilt: number;
  /** Null: at once. */
  readonly availableFrom: string | null;
  readonly floor: string;
  readonly rooms: string;
  readonly area: string;
  readonly heating: string;
  readonly energyValue: string;
  readonly certificateDate: string;
  readonly netRent: string;
  readonly serviceCharges: string;
  readonly heatingCharges: string;
  readonly title: string;
  readonly locationText: string;
  readonly description: string;
  readonly equipment: string;
  readonly lift: boolean;
  readonly balcony: boolean;
  readonly cellar: string;
  readonly images: readonly { readonly file: string; readonly title: string }[];
}

export type FaultKind = 'latency' | 'hang' | 'reset' | 'garbage' | '500' | 'cut';

/** When a fault strikes: before anything was done, when all was done, or in the middle of the answer (`cut` only). */
export type FaultMoment = 'nothing' | 'effect' | 'half-answer';

/** Which requests a fault is for: those that change something, or all others. */
export type FaultMethods = 'modifying' | 'reading';

export interface Fault {
  readonly kind: FaultKind;
  /** Name of a system, or null for all. */
  readonly system: string | null;
  /** Number of a household, or null for all. */
  readonly household: number | null;
  /** For latency. */
  readonly milliseconds?: number;
  /** After which the fault strikes; `nothing` unless given. */
  readonly after?: FaultMoment;
  /** How many requests it lasts; without end unless given. */
  readonly count?: number;
  /** Every request unless given. */
  readonly methods?: FaultMethods;
}

export interface FaultDesk {
  /**
   * The fault that applies to this call, if any. `household` is null while it is unknown (public data); without
   * `modifies` faults for some requests only are found, too.
   */
  find(system: string, household: number | null, modifies?: boolean): Fault | undefined;
  /** Counts one request that the fault has struck; the last one ends it. Without it faults last. */
  spend?(fault: Fault): void;
}
