import type { SubscriptionBook } from '../../world/household.js';
import { berlinHour, firstOfMonth } from './berlin.js';
import { isPausedOn, openPause, type Pause } from './pause-rules.js';
import { uicBarcode, vdvBarcode } from './ticket-barcode.js';

/** Cancellations that arrive up to this day of the month end the subscription with the month. */
const LAST_DAY_TO_CANCEL = 10;
/** From this day on next month's ticket is there as well. */
const NEXT_TICKET_FROM_DAY = 25;
/** A month's ticket still carries through the first night of the next month. */
const LAST_HOUR = 3;

/**
 * One entry of `data`.
 * @param pauses all of this subscription
 * @param today `YYYY-MM-DD`
 */
export function writeSubscription(book: SubscriptionBook, pauses: readonly Pause[], today: string): object {
  return {
    id: book.id,
    type: 'fareSubscription',
    state: stateOf(book, pauses, today),
    product: { id: book.productId, name: book.productName },
    startsOn: book.from,
    endsOn: book.until,
    price: { cents: centsOf(book.monthlyPrice), currency: 'EUR', interval: 'MONTH' },
    medium: { kind: book.medium === 'app' ? 'APP' : 'CHIPCARD', cardNumber: book.chipCardNumber },
    cancellableUntil: book.state === 'cancelled' ? null : nextDayToCancel(today),
    pause: openPause(pauses, today) ?? null,
    tickets: book.medium === 'app' ? writeTickets(book, pauses, today) : [],
  };
}

/** The shop has a further state for subscriptions that are bought and have not begun. */
function stateOf(book: SubscriptionBook, pauses: readonly Pause[], today: string): string {
  if (book.state === 'cancelled') return 'CANCELLED';
  if (isPausedOn(today, pauses)) return 'PAUSED';
  return book.from > today ? 'SCHEDULED' : 'ACTIVE';
}

function nextDayToCancel(today: string): string {
  const month = firstOfMonth(today, Number(today.slice(8)) > LAST_DAY_TO_CANCEL ? 1 : 0);
  return `${month.slice(0, 8)}${LAST_DAY_TO_CANCEL}`;
}

/** Tickets of the months that are on sale, lie in the subscription and are not paused. */
function writeTickets(book: SubscriptionBook, pauses: readonly Pause[], today: string): object[] {
  const months = Number(today.slice(8)) >= NEXT_TICKET_FROM_DAY ? [0, 1] : [0];
  return months
    .map((month) => firstOfMonth(today, month))
    .filter((first) => firstOfMonth(book.from) <= first && (book.until === null || book.until >= first))
    .filter((first) => !isPausedOn(first, pauses))
    .map((first) => writeTicket(book, first));
}

function writeTicket(book: SubscriptionBook, firstOfItsMonth: string): object {
  const firstDay = book.from > firstOfItsMonth ? book.from : firstOfItsMonth;
  const lastDay = firstOfMonth(firstOfItsMonth, 1);
  const id = `T-${book.id.replace(/\D/g, '')}-${firstOfItsMonth.slice(0, 7).replace('-', '')}`;
  const facts = { id, product: book.productName, firstDay, lastDay };
  const barcode = book.productId.startsWith('DTICKET') ? uicBarcode(facts) : vdvBarcode(facts);
  return {
    id,
    validFrom: berlinHour(firstDay, 0),
    validUntil: berlinHour(lastDay, LAST_HOUR),
    barcode: { symbology: 'AZTEC', payload: barcode.toString('base64') },
  };
}

/** Euros as text with two decimals to cents, digit by digit. */
function centsOf(euros: string): number {
  return Number(euros.replace('.', ''));
}
