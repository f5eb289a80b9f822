/**
 * What is true about a household in the imitated world, in neutral words. Each system renders its own books from it
 * in its own wire format. Dates are `YYYY-MM-DD`, money is euros as text with two decimals.
 */
export interface Household {
  /** 1 to 12 are the named personas, 13 and above are computed from the number. */
  readonly number: number;
  /** `sub` at the identity provider, e.g. `lena` or `h-000123`. */
  readonly key: string;
  /** Null for people who never signed in anywhere. */
  readonly signIn: { readonly password: string } | null;
  /** One German sentence: who they are and what they are good for in a test. */
  readonly description: string;
  readonly person: Person;
  readonly address: Address;
  readonly energy: EnergyBooks | null;
  readonly housing: HousingBooks | null;
  readonly transit: TransitBooks | null;
  readonly pools: PoolsBooks | null;
}

export interface Person {
  readonly salutation: 'Frau' | 'Herr' | 'Divers';
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: string;
  readonly email: string | null;
  readonly phone: string | null;
}

export interface Address {
  readonly street: string;
  readonly houseNumber: string;
  readonly postcode: string;
  readonly city: string;
  readonly district: string;
}

export interface EnergyBooks {
  /** SAP business partner, 10 digits with leading zeros. */
  readonly accountId: string;
  /** 12 digits with leading zeros. */
  readonly contractAccountId: string;
  /** True for a household whose every meter reading is implausible until it comes with a note. */
  readonly readingsAlwaysImplausible?: boolean;
  readonly contracts: readonly EnergyContractBook[];
  readonly invoices: readonly InvoiceBook[];
}

export interface EnergyContractBook {
  /** 10 digits. */
  readonly contractId: string;
  /** SAP divisions: 01 power, 02 gas, 03 water, 07 district heating (customising). */
  readonly division: '01' | '02' | '03' | '07';
  readonly productId: string;
  readonly productName: string;
  readonly from: string;
  /** Last day; null is open-ended. `9999-12-31` where the books write an open end out. */
  readonly until: string | null;
  readonly premiseId: string;
  readonly premise: Address;
  /** 11 digits with check digit; district heating and water are numbered the same way here. */
  readonly marketLocation: string;
  readonly meterSerialNumber: string;
  /** Day of signing where it is not the first day of supply. */
  readonly signedOn?: string;
  /** The system's own number of the place, where it is not made from the contract's. */
  readonly pointOfDeliveryId?: string;
  /** True for a meter that was estimated every month since move-in: a long history. */
  readonly readMonthly?: boolean;
  readonly instalment: {
    readonly planId: string;
    readonly amount: string;
    readonly minimum: string;
    readonly maximum: string;
  };
}

export interface InvoiceBook {
  /** Contract id followed by the month as YYMM, so it leads back to the contract. */
  readonly invoiceId: string;
  readonly contractId: string;
  readonly date: string;
  readonly due: string;
  /** Negative: a credit. */
  readonly amount: string;
  readonly paid: string;
}

export interface HousingBooks {
  /** jenawohnen's tenant number, e.g. `0000104711`. */
  readonly tenantNumber: string;
  readonly leases: readonly LeaseBook[];
}

export interface LeaseBook {
  /** Wodis number, e.g. `2117 / 1 / 16 / 03` (last part: sequence of tenants). */
  readonly leaseNumber: string;
  /** Wodis number of the flat, e.g. `2117 / 1 / 16`. */
  readonly flatNumber: string;
  readonly flat: Address;
  readonly floor: string;
  readonly rooms: string;
  readonly area: string;
  readonly from: string;
  readonly until: string | null;
  readonly netRent: string;
  readonly serviceCharges: string;
  readonly heatingCharges: string;
}

export interface TransitBooks {
  /** Customer number at the shop, e.g. `JNV-00012345`. */
  readonly customerNumber: string;
  readonly subscriptions: readonly SubscriptionBook[];
}

export interface SubscriptionBook {
  readonly id: string;
  readonly productId: string;
  readonly productName: string;
  readonly state: 'active' | 'paused' | 'cancelled';
  readonly from: string;
  readonly until: string | null;
  readonly monthlyPrice: string;
  readonly medium: 'app' | 'chipcard';
  readonly chipCardNumber: string | null;
}

export interface PoolsBooks {
  /** Number of the person in the till system (ClientId). */
  readonly clientId: number;
  readonly cards: readonly ValueCardBook[];
}

export interface ValueCardBook {
  /** Smart card UID, hexadecimal, e.g. `04A1B2C3D4E580`. */
  readonly uid: string;
  readonly balance: string;
}
