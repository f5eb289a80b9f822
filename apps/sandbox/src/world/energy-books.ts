import { addDays, dayOfMonth } from './dates.js';
import type { ContractPlan, EnergyPlan } from './household-plan.js';
import type { Address, EnergyBooks, EnergyContractBook, InvoiceBook } from './household.js';
import { euros } from './money.js';
import {
  CONTRACT_ACCOUNTS,
  ENERGY_ACCOUNTS,
  ENERGY_CONTRACTS,
  INSTALMENT_PLANS,
  marketLocation,
  METERS,
  PREMISES,
} from './number-series.js';

const PRODUCTS: Record<EnergyContractBook['division'], { readonly id: string; readonly name: string }> = {
  '01': { id: 'STROM_SAALE', name: 'Saale Strom' },
  '02': { id: 'GAS_SAALE', name: 'Saale Gas' },
  '03': { id: 'WASSER', name: 'Trinkwasser Jena' },
  '07': { id: 'FERNWAERME', name: 'Fernwärme Jena' },
};

/** Bills are written on this day of each month and due thirty days later, so one is always open. */
const BILLING_DAY = 20;
const DAYS_TO_PAY = 30;
const BILLS_KEPT = 4;
/** What the overdue household has paid of the oldest bill it still owes. */
const PART_PAYMENT_CENTS = 2000;

export function energyBooks(household: number, address: Address, plan: EnergyPlan, today: string): EnergyBooks {
  const contracts = plan.contracts.map((contract, place) => contractBook(household, place, address, contract));
  return {
    accountId: ENERGY_ACCOUNTS.of(household),
    contractAccountId: CONTRACT_ACCOUNTS.of(household),
    ...(plan.readingsAlwaysImplausible && { readingsAlwaysImplausible: true }),
    contracts,
    invoices: plan.contracts.flatMap((contract, place) =>
      invoices(ENERGY_CONTRACTS.of(household, place), contract, plan.pays, today),
    ),
  };
}

function contractBook(household: number, place: number, address: Address, plan: ContractPlan): EnergyContractBook {
  return {
    contractId: ENERGY_CONTRACTS.of(household, place),
    division: plan.division,
    productId: PRODUCTS[plan.division].id,
    productName: PRODUCTS[plan.division].name,
    from: plan.from,
    until: plan.until ?? null,
    premiseId: PREMISES.of(household, place),
    premise: plan.premise ?? address,
    marketLocation: marketLocation(household, place),
    meterSerialNumber: METERS.of(household, place),
    ...(plan.readMonthly && { readMonthly: true }),
    instalment: {
      planId: INSTALMENT_PLANS.of(household, place),
      amount: euros(plan.monthlyCents),
      minimum: euros(wholeEuros(plan.monthlyCents * 0.75)),
      maximum: euros(wholeEuros(plan.monthlyCents * 1.5)),
    },
  };
}

function wholeEuros(exactCents: number): number {
  return Math.floor(exactCents / 100) * 100;
}

/** A running contract has its newest monthly bills, an ended one its closing bill with a credit paid out. */
function invoices(contractId: string, plan: ContractPlan, pays: EnergyPlan['pays'], today: string): InvoiceBook[] {
  if (plan.until !== undefined && plan.until < today) return closingInvoice(contractId, plan, plan.until, today);
  const newest = Number(today.slice(8)) >= BILLING_DAY ? 0 : -1;
  return Array.from({ length: BILLS_KEPT }, (_, age) => ({ age, date: dayOfMonth(today, newest - age, BILLING_DAY) }))
    .filter(({ date }) => date >= plan.from)
    .map(({ age, date }) => {
      const due = addDays(date, DAYS_TO_PAY);
      // Bills differ a little from month to month; the month decides, so that a bill never changes afterwards.
      const amount = plan.monthlyCents + (Number(date.slice(5, 7)) % 5) * 110;
      const paid = pays === 'on time' ? (due < today ? amount : 0) : paidWhenOverdue(age, amount);
      return invoice(contractId, date, due, amount, paid);
    });
}

function paidWhenOverdue(age: number, amount: number): number {
  if (age >= 3) return amount;
  return age === 2 ? PART_PAYMENT_CENTS : 0;
}

function closingInvoice(contractId: string, plan: ContractPlan, until: string, today: string): InvoiceBook[] {
  const date = addDays(until, DAYS_TO_PAY);
  const credit = -Math.round(plan.monthlyCents * 0.4);
  return date <= today ? [invoice(contractId, date, date, credit, credit)] : [];
}

function invoice(contractId: string, date: string, due: string, amount: number, paid: number): InvoiceBook {
  const invoiceId = `${contractId}${date.slice(2, 4)}${date.slice(5, 7)}`;
  return { invoiceId, contractId, date, due, amount: euros(amount), paid: euros(paid) };
}
