import {
  money,
  parseCalendarDate,
  parseInstant,
  type CalendarDate,
  type Instant,
  type Loaded,
  type Money,
  type Omission,
} from '#lib/kernel';
import { malformed, readRows, WireObject } from '#lib/formats';
import {
  FARE_MEDIA,
  PRICE_INTERVALS,
  SUBSCRIPTION_STATES,
  type FareSubscription,
  type Ticket,
} from '../model/fare-subscription.js';

/** More characters than any barcode on a ticket has. */
const LONGEST_BARCODE = 20_000;

/** Reads the shop's list of subscriptions; a malformed subscription or ticket costs itself only. */
export function readSubscriptions(answer: WireObject): Loaded<readonly FareSubscription[]> {
  const ticketOmissions: Omission[] = [];
  const { value, omissions } = readRows(answer.list('data'), 'data', (row, path) => {
    const { subscription, omitted } = readSubscription(new WireObject(row, path));
    ticketOmissions.push(...omitted);
    return subscription;
  });
  const generatedAt = answer.optionalObject('meta')?.optionalText('generatedAt', 40) ?? null;
  const asOf = generatedAt === null ? undefined : parseInstant(generatedAt);
  return { value, omissions: [...omissions, ...ticketOmissions], ...(asOf === undefined ? {} : { asOf }) };
}

function readSubscription(row: WireObject): { subscription: FareSubscription; omitted: readonly Omission[] } {
  const product = row.object('product').text('name', 200);
  const price = row.object('price');
  const medium = row.object('medium');
  const cardNumber = medium.optionalText('cardNumber', 60);
  const tickets = readRows(row.list('tickets'), row.at('tickets'), (ticket, path) =>
    readTicket(new WireObject(ticket, path), product),
  );
  const subscription = {
    number: row.text('id', 60),
    product,
    state: known(SUBSCRIPTION_STATES, row.text('state', 60)),
    from: day(row, 'startsOn') ?? missing(row, 'startsOn'),
    until: day(row, 'endsOn'),
    price: readPrice(price),
    interval: known(PRICE_INTERVALS, price.text('interval', 60)),
    medium: known(FARE_MEDIA, medium.text('kind', 60)),
    maskedCardNumber: cardNumber === null ? null : maskNumber(cardNumber),
    cancellableUntil: day(row, 'cancellableUntil'),
    tickets: tickets.value,
  };
  return { subscription, omitted: tickets.omissions };
}

function readTicket(ticket: WireObject, product: string): Ticket {
  const barcode = ticket.optionalObject('barcode');
  return {
    number: ticket.text('id', 100),
    product,
    validFrom: instant(ticket, 'validFrom'),
    validUntil: instant(ticket, 'validUntil'),
    barcode:
      barcode === null ? null : { symbology: barcode.text('symbology', 40), payload: base64(barcode, 'payload') },
  };
}

/** At most the last four characters stay: enough to tell two cards apart. */
function maskNumber(number: string): string {
  return `••••${number.slice(Math.max(4, number.length - 4))}`;
}

/** The shop's amounts are whole cents. */
function readPrice(price: WireObject): Money {
  const cents = price.integer('cents');
  if (cents < 0) throw malformed(price.at('cents'), 'is negative');
  const currency = price.text('currency', 3);
  if (!/^[A-Z]{3}$/.test(currency)) throw malformed(price.at('currency'), 'is not a currency of ISO 4217');
  const digits = String(cents).padStart(3, '0');
  return money(`${digits.slice(0, -2)}.${digits.slice(-2)}`, currency);
}

/** New values of the shop become OTHER until they are known here. */
function known<T extends string>(values: readonly T[], text: string): T | 'OTHER' {
  return values.find((value) => value === text) ?? 'OTHER';
}

function day(row: WireObject, name: string): CalendarDate | null {
  const text = row.optionalText(name, 10);
  if (text === null) return null;
  return parseCalendarDate(text) ?? fail(row, name, 'is not a day YYYY-MM-DD');
}

function instant(row: WireObject, name: string): Instant {
  return parseInstant(row.text(name, 40)) ?? fail(row, name, 'is not a time with offset');
}

function base64(row: WireObject, name: string): string {
  const text = row.text(name, LONGEST_BARCODE);
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0 ? text : fail(row, name, 'is not base64');
}

function missing(row: WireObject, name: string): never {
  return fail(row, name, 'is missing');
}

function fail(row: WireObject, name: string, reason: string): never {
  throw malformed(row.at(name), reason);
}
