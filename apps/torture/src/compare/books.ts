import type { Control } from '../client/control.js';

/** The legacy systems whose books are compared. */
const SYSTEMS = ['sap-umc', 'tenancy', 'fare-shop', 'till'] as const;

/** An entry of a system's books, as the sandbox shows it. */
export type Booking = Readonly<Record<string, unknown>>;

/** What is in the books by now, and how often. Bookings by others count as nobody's. */
export async function readBooks(control: Control): Promise<ReadonlyMap<string, number>> {
  const books = await Promise.all(SYSTEMS.map((system) => control.ask<readonly Booking[]>('GET', `/books/${system}`)));
  return countEffects(books.flat());
}

export function countEffects(bookings: readonly Booking[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const booking of bookings) {
    const effect = effectOf(booking);
    if (effect !== null) times.set(effect, (times.get(effect) ?? 0) + 1);
  }
  return times;
}

/** The words by which a wish names the same effect; null for what somebody else has done. */
function effectOf(booking: Booking): string | null {
  const { kind, account, day, value, amount, from, until, description, items, on, contract } = booking as Record<
    string,
    string
  >;
  switch (kind) {
    case 'meter-reading':
      return effects.reading(account!, day!, value!);
    case 'instalment-change':
      return effects.instalment(account!, amount!, from!);
    case 'payment':
      return effects.payment(account!, items!, on!);
    case 'move-out':
      return effects.end(account!, contract!, until!);
    case 'repair-report':
      return effects.repair(account!, description!);
    case 'pause':
      return effects.pause(account!, from!, until!);
    case 'deposit':
      return effects.deposit(account!, amount!);
    case 'foreign-booking':
      return null;
    default:
      return JSON.stringify(booking);
  }
}

/** Effects by the customer's number in the subsidiary and what they are about. */
export const effects = {
  reading: (account: string, day: string, value: string): string => `reading ${account} ${day} ${Number(value)}`,
  instalment: (account: string, amount: string, from: string): string =>
    `instalment ${account} ${Number(amount)} ${from.slice(0, 10)}`,
  payment: (account: string, items: string, on: string): string => `payment ${account} ${items} ${on}`,
  end: (account: string, contract: string, until: string): string => `end ${account} ${contract} ${until}`,
  repair: (account: string, description: string): string => `repair ${account} ${description}`,
  pause: (account: string, from: string, until: string): string => `pause ${account} ${from} ${until}`,
  deposit: (account: string, amount: string): string => `deposit ${account} ${Number(amount)}`,
};
