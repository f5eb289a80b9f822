import { randomUUID } from 'node:crypto';
import type { Chance } from '../chance.js';
import { effects } from '../compare/books.js';
import type { Contract, Household, Meter, Register } from './household.js';
import type { CommandKind, Wish } from './wish.js';

/** What a household uses in a year; a second register counts half. As the sandbox expects it, roughly. */
const PER_YEAR: Readonly<Record<string, number>> = { POWER: 2_600, GAS: 1_300, WATER: 95, DISTRICT_HEATING: 8_200 };
const YEAR_MS = 365 * 86_400_000;
/** So many readings in a hundred are asked about. */
const IMPLAUSIBLE_PERCENT = 10;
const IMPLAUSIBLE_FACTOR = 12;

type Draft = Pick<Wish, 'variables' | 'effects'>;

/** All that a household can wish for at once, by kind: each wish about something else. */
export function wishesOf(household: Household, today: string, chance: Chance): readonly Wish[] {
  const drafts: Readonly<Record<CommandKind, readonly Draft[]>> = {
    'energy.submit-readings': readings(household, today, chance),
    'energy.change-instalment': instalments(household, today, chance),
    'energy.pay-open-items': payments(household, today),
    'energy.give-notice': notices(household, today),
    'housing.report-repair': repairs(household, chance),
    'transit.pause-subscription': pauses(household, today),
    'pools.top-up-card': topUps(household, chance),
  };
  return Object.entries(drafts).flatMap(([kind, each]) =>
    each.map((draft) => ({ key: randomUUID(), household: household.key, kind: kind as CommandKind, ...draft })),
  );
}

/** One for each meter, on this very day. */
function readings({ contracts, accounts }: Household, today: string, chance: Chance): readonly Draft[] {
  const account = accounts['ENERGY'];
  if (account === undefined) return [];
  const taken = new Set<string>();
  return contracts.flatMap((contract) =>
    (contract.meters ?? []).flatMap((meter) => {
      const values = valuesOf(meter, contract, today, chance);
      const made = values.map(({ value }) => effects.reading(account, today, value));
      // Two meters of one account that show the same could not be told apart in the books.
      if (values.length === 0 || new Set([...taken, ...made]).size < taken.size + made.length) return [];
      for (const effect of made) taken.add(effect);
      return [{ variables: { meterId: meter.id, date: today, readings: values }, effects: made }];
    }),
  );
}

function valuesOf(meter: Meter, { commodity }: Contract, today: string, chance: Chance) {
  const factor = chance.happens(IMPLAUSIBLE_PERCENT) ? IMPLAUSIBLE_FACTOR : 1;
  const values = meter.registers.flatMap((register, index) => {
    const value = valueOf(register, (PER_YEAR[commodity] ?? 0) / (index + 1), today, factor);
    return value === null ? [] : [{ registerId: register.id, value }];
  });
  return values.length === meter.registers.length ? values : [];
}

/** Null where the register would run over its end. */
function valueOf(register: Register, perYear: number, today: string, factor: number): string | null {
  const { lastValue, lastDate, decimals, integerDigits } = register;
  if (lastValue === null || lastDate === null) return null;
  const used = (perYear * Math.max(0, Date.parse(today) - Date.parse(lastDate))) / YEAR_MS;
  const value = (Number(lastValue) + used * factor + 1).toFixed(decimals);
  return (value.split('.')[0] ?? '').length > integerDigits ? null : value;
}

/** One for the account, a few euros up or down. */
function instalments({ contracts, accounts }: Household, today: string, chance: Chance): readonly Draft[] {
  const account = accounts['ENERGY'];
  const contract = contracts.find(({ instalment }) => instalment !== null);
  if (account === undefined || !contract?.instalment) return [];
  const { amount, minimum, maximum } = contract.instalment;
  const seen = Number(amount.amount);
  const wished = chance.between(1, 9);
  const euros = seen + wished <= Number(maximum.amount) ? seen + wished : seen - wished;
  if (euros < Number(minimum.amount)) return [];
  const from = `${monthAfter(today, 2)}-01`;
  const text = euros.toFixed(2);
  return [
    {
      variables: { contractId: contract.id, amount: text, from, seen: amount.amount },
      effects: [effects.instalment(account, text, from)],
    },
  ];
}

/** One invoice, on a day that does not pass while the system is away. */
function payments({ debt, accounts }: Household, today: string): readonly Draft[] {
  const account = accounts['ENERGY'];
  if (account === undefined || debt === null) return [];
  const { contractAccountId, bankAccountId, textVersion, invoice } = debt;
  const { amount } = invoice.open;
  const date = dayAfter(today, 14);
  return [
    {
      variables: { contractAccountId, bankAccountId, textVersion, date, items: [{ invoiceId: invoice.id, amount }] },
      effects: [effects.payment(account, `${invoice.number} ${amount}`, date)],
    },
  ];
}

/** Because of a move, of a contract whose instalment nobody changes meanwhile. */
function notices({ contracts, accounts }: Household, today: string): readonly Draft[] {
  const account = accounts['ENERGY'];
  const changed = contracts.find(({ instalment }) => instalment !== null);
  const contract = contracts.find((each) => each !== changed);
  if (account === undefined || contract === undefined) return [];
  const until = dayAfter(today, 90);
  return [{ variables: { contractId: contract.id, until }, effects: [effects.end(account, contract.number, until)] }];
}

function repairs({ leases, accounts }: Household, chance: Chance): readonly Draft[] {
  const account = accounts['HOUSING'];
  const [lease] = leases;
  if (account === undefined || lease === undefined) return [];
  return Array.from({ length: chance.between(1, 2) }, () => {
    const description = `Der Wasserhahn tropft (${randomUUID().slice(0, 8)}).`;
    return {
      variables: { leaseId: lease.id, roomType: chance.pick(['KITCHEN', 'BATHROOM']), description },
      effects: [effects.repair(account, description)],
    };
  });
}

/** The month after next can always be paused still. */
function pauses({ subscriptions, accounts }: Household, today: string): readonly Draft[] {
  const account = accounts['TRANSIT'];
  const subscription = subscriptions.find(({ state }) => state === 'ACTIVE');
  if (account === undefined || subscription === undefined) return [];
  const month = monthAfter(today, 2);
  const until = new Date(Date.parse(`${monthAfter(today, 3)}-01`) - 86_400_000).toISOString().slice(0, 10);
  return [
    {
      variables: { subscriptionId: subscription.id, from: month, months: 1 },
      effects: [effects.pause(account, `${month}-01`, until)],
    },
  ];
}

/** Two different amounts, so that the books tell them apart. */
function topUps({ cards, accounts }: Household, chance: Chance): readonly Draft[] {
  const account = accounts['POOLS'];
  const [card] = cards;
  if (account === undefined || card === undefined) return [];
  const cents = chance.between(500, 2_000);
  return [cents, cents + chance.between(1, 500)].map((each) => {
    const amount = (each / 100).toFixed(2);
    return { variables: { cardId: card.id, amount }, effects: [effects.deposit(account, amount)] };
  });
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** `2027-01` for 2 months after a day in November 2026. */
function monthAfter(day: string, months: number): string {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 7);
}
