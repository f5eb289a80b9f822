import type { PoolsPlan } from './household-plan.js';
import type { PoolsBooks } from './household.js';
import { euros } from './money.js';
import { TILL_CLIENTS, VALUE_CARDS } from './number-series.js';

export function poolsBooks(household: number, plan: PoolsPlan): PoolsBooks {
  return {
    clientId: Number(TILL_CLIENTS.of(household)),
    cards: plan.balancesCents.map((balance, place) => ({
      uid: VALUE_CARDS.of(household, place),
      balance: euros(balance),
    })),
  };
}
