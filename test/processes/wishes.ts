import type { Asked, WishHouse } from './wish-house.js';
import { quoted } from './wish-house.js';

interface Register {
  readonly id: string;
  readonly lastValue: string;
  readonly lastDate: string;
  readonly decimals: number;
}

export interface Energy {
  readonly contracts: readonly {
    readonly id: string;
    readonly commodity: string;
    readonly instalment: {
      readonly amount: { readonly amount: string };
      readonly pending: object | null;
    } | null;
    readonly meters: readonly {
      readonly id: string;
      readonly registers: readonly Register[];
      readonly pendingReadings: readonly object[];
    }[];
  }[];
}

export const ENERGY = `energy { contracts { id commodity
  instalment { amount { amount } pending { amount { amount } from process { id state } } }
  meters { id registers { id lastValue lastDate decimals }
    pendingReadings { registerId value date process { id state } } } } }`;
export const LEASES = 'housing { leases { id flat { number } pendingRepairReports { id state } } }';
export const SUBSCRIPTIONS =
  'transit { fareSubscriptions { id number state pendingPause { from until process { id state } } } }';
export const CARDS = 'pools { cards { id balance { amount } pendingTopUp { id state } } }';

export interface Leases {
  readonly leases: readonly {
    readonly id: string;
    readonly flat: { readonly number: string };
    readonly pendingRepairReports: readonly object[];
  }[];
}
export interface Subscriptions {
  readonly fareSubscriptions: readonly {
    readonly id: string;
    readonly number: string;
    readonly state: string;
    readonly pendingPause: object | null;
  }[];
}
export interface Cards {
  readonly cards: readonly {
    readonly id: string;
    readonly balance: { readonly amount: string };
    readonly pendingTopUp: object | null;
  }[];
}

export const readEnergy = async (house: WishHouse, asked?: Asked): Promise<Energy> =>
  (await house.me<{ energy: Energy }>(ENERGY, asked)).energy;
export const readLeases = async (house: WishHouse, asked?: Asked): Promise<Leases> =>
  (await house.me<{ housing: Leases }>(LEASES, asked)).housing;
export const readSubscriptions = async (house: WishHouse, asked?: Asked): Promise<Subscriptions> =>
  (await house.me<{ transit: Subscriptions }>(SUBSCRIPTIONS, asked)).transit;
export const readCards = async (house: WishHouse, asked?: Asked): Promise<Cards> =>
  (await house.me<{ pools: Cards }>(CARDS, asked)).pools;

/** The contract for power, its one meter and that one's only register. */
export function powerOf({ contracts }: Energy) {
  const contract = contracts.find(({ commodity }) => commodity === 'POWER')!;
  const meter = contract.meters[0]!;
  return { contract, meter, register: meter.registers[0]! };
}

/** `use` more than the last value, at the register's scale. */
export function later({ lastValue, decimals }: Register, use: number): string {
  return (Number(lastValue) + use).toFixed(decimals);
}

export function submitReadings(energy: Energy, date: string, value: string, more = ''): string {
  const { meter, register } = powerOf(energy);
  return `submitReadings(key: $key, meterId: ${quoted(meter.id)}, date: ${quoted(date)},
    readings: [{ registerId: ${quoted(register.id)}, value: ${quoted(value)} }]${more})`;
}

export function changeInstalment(energy: Energy, amount: string, from: string): string {
  const { contract } = powerOf(energy);
  const seen = contract.instalment!.amount.amount;
  return `changeInstalment(key: $key, contractId: ${quoted(contract.id)}, amount: ${quoted(amount)},
    from: ${quoted(from)}, seen: ${quoted(seen)})`;
}

export function reportRepair({ leases }: Leases, description: string): string {
  return `reportRepair(key: $key, leaseId: ${quoted(leases[0]!.id)}, roomType: KITCHEN,
    description: ${quoted(description)})`;
}

export function pauseSubscription({ fareSubscriptions }: Subscriptions, from: string, index = 0): string {
  return `pauseSubscription(key: $key, subscriptionId: ${quoted(fareSubscriptions[index]!.id)}, from: ${quoted(from)},
    months: 1)`;
}

export function topUpCard({ cards }: Cards, amount: string, more = ''): string {
  return `topUpCard(key: $key, cardId: ${quoted(cards[0]!.id)}, amount: ${quoted(amount)}${more})`;
}
