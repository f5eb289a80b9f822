import type { SubscriptionPlan, TransitPlan } from './household-plan.js';
import type { SubscriptionBook, TransitBooks } from './household.js';
import { euros } from './money.js';
import { CHIP_CARDS, SUBSCRIPTIONS, TRANSIT_CUSTOMERS } from './number-series.js';

export type FareProduct = 'DTICKET' | 'DTICKETJOB' | 'ABOJENA' | 'ABOSENIOR';

const PRODUCTS: Record<FareProduct, { readonly name: string; readonly monthlyCents: number }> = {
  DTICKET: { name: 'Deutschlandticket', monthlyCents: 6300 },
  DTICKETJOB: { name: 'Deutschlandticket Job', monthlyCents: 4410 },
  ABOJENA: { name: 'Abo Stadtverkehr Jena', monthlyCents: 5190 },
  ABOSENIOR: { name: 'Abo Jena für Seniorinnen und Senioren', monthlyCents: 4270 },
};

export function transitBooks(household: number, plan: TransitPlan): TransitBooks {
  return {
    customerNumber: TRANSIT_CUSTOMERS.of(household),
    subscriptions: plan.subscriptions.map((subscription, place) => subscriptionBook(household, place, subscription)),
  };
}

function subscriptionBook(household: number, place: number, plan: SubscriptionPlan): SubscriptionBook {
  return {
    id: SUBSCRIPTIONS.of(household, place),
    productId: plan.product,
    productName: PRODUCTS[plan.product].name,
    state: plan.state,
    from: plan.from,
    until: plan.until ?? null,
    monthlyPrice: euros(PRODUCTS[plan.product].monthlyCents),
    medium: plan.medium,
    chipCardNumber: plan.medium === 'chipcard' ? CHIP_CARDS.of(household, place) : null,
  };
}
