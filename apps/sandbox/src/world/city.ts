import { buildHousehold } from './build-household.js';
import { computedHousehold, computedNumber, FIRST_COMPUTED, LAST_COMPUTED } from './computed-household.js';
import { FaultBook } from './fault-book.js';
import type { Household } from './household.js';
import { flatsToLet } from './listings.js';
import { NameIndex } from './name-index.js';
import {
  CONTRACT_ACCOUNTS,
  ENERGY_ACCOUNTS,
  ENERGY_CONTRACTS,
  householdOfFlat,
  METERS,
  SUBSCRIPTIONS,
  TENANTS,
  TILL_CLIENTS,
  TRANSIT_CUSTOMERS,
  VALUE_CARDS,
  type NumberSeries,
} from './number-series.js';
import { PERSONAS } from './personas.js';
import { SandboxClock } from './sandbox-clock.js';
import type { FlatToLet, World } from './world.js';

const PERSONA_NUMBERS = new Map(PERSONAS.map((persona) => [persona.key, persona.number]));

/** What is the same for everyone on one day. */
interface Day {
  readonly date: string;
  readonly personas: readonly Household[];
  readonly listings: readonly FlatToLet[];
}

/** The world, with the clock and the faults as handles that only the control endpoint turns. */
export class City implements World {
  readonly clock = new SandboxClock();
  readonly faults = new FaultBook();
  private readonly names = new NameIndex();
  private lastDay: Day | undefined;

  now(): number {
    return this.clock.now();
  }

  today(): string {
    return this.clock.today();
  }

  personas(): readonly Household[] {
    return this.day().personas;
  }

  listings(): readonly FlatToLet[] {
    return this.day().listings;
  }

  household(number: number): Household | undefined {
    if (!Number.isInteger(number) || number < 1 || number > LAST_COMPUTED) return undefined;
    if (number < FIRST_COMPUTED) return this.day().personas[number - 1];
    return buildHousehold(computedHousehold(number), this.today());
  }

  byKey(key: string): Household | undefined {
    return this.find(PERSONA_NUMBERS.get(key) ?? computedNumber(key), () => true);
  }

  numbersByLastName(wanted: (lastName: string) => boolean): readonly number[] {
    return this.names.find(wanted);
  }

  byEnergyAccount(accountId: string): Household | undefined {
    return this.decode(ENERGY_ACCOUNTS, accountId, (found) => found.energy !== null);
  }

  byEnergyContractAccount(contractAccountId: string): Household | undefined {
    return this.decode(CONTRACT_ACCOUNTS, contractAccountId, (found) => found.energy !== null);
  }

  byEnergyContract(contractId: string): Household | undefined {
    return this.decode(ENERGY_CONTRACTS, contractId, (found) =>
      found.energy?.contracts.some((contract) => contract.contractId === contractId),
    );
  }

  byMeter(serialNumber: string): Household | undefined {
    return this.decode(METERS, serialNumber, (found) =>
      found.energy?.contracts.some((contract) => contract.meterSerialNumber === serialNumber),
    );
  }

  byTenantNumber(tenantNumber: string): Household | undefined {
    return this.decode(TENANTS, tenantNumber, (found) => found.housing !== null);
  }

  byFlat(flatNumber: string): Household | undefined {
    return this.find(householdOfFlat(flatNumber), (found) =>
      found.housing?.leases.some((lease) => lease.flatNumber === flatNumber),
    );
  }

  byTransitCustomer(customerNumber: string): Household | undefined {
    return this.decode(TRANSIT_CUSTOMERS, customerNumber, (found) => found.transit !== null);
  }

  bySubscription(subscriptionId: string): Household | undefined {
    return this.decode(SUBSCRIPTIONS, subscriptionId, (found) =>
      found.transit?.subscriptions.some((subscription) => subscription.id === subscriptionId),
    );
  }

  byTillClient(clientId: number): Household | undefined {
    return this.decode(TILL_CLIENTS, String(clientId), (found) => found.pools !== null);
  }

  byCardUid(uid: string): Household | undefined {
    return this.decode(VALUE_CARDS, uid, (found) => found.pools?.cards.some((card) => card.uid === uid));
  }

  private decode(
    series: NumberSeries,
    number: string,
    holds: (found: Household) => boolean | undefined,
  ): Household | undefined {
    return this.find(series.householdOf(number), holds);
  }

  /** A number that the scheme could give may still belong to a household without such books. */
  private find(number: number | undefined, holds: (found: Household) => boolean | undefined): Household | undefined {
    const found = number === undefined ? undefined : this.household(number);
    return found && holds(found) ? found : undefined;
  }

  private day(): Day {
    const date = this.today();
    if (this.lastDay?.date !== date) {
      const personas = PERSONAS.map((persona) => buildHousehold(persona, date));
      this.lastDay = { date, personas, listings: flatsToLet(date) };
    }
    return this.lastDay;
  }
}
