import { euros } from '../../world/money.js';
import type { World } from '../../world/world.js';
import { deposit } from './deposit.js';
import { BalanceOutOfBounds, type Entry, type Ledger } from './ledger.js';
import { OrderedCodes } from './ordered-codes.js';
import { Orders } from './orders.js';
import { isSmartCard, PAYMENTS } from './price-list.js';
import type { TillRequest } from './read-request.js';
import { AUTHENTICATION_ERROR, illegal, MESSAGES, OK, Refused, type Result } from './return-code.js';
import { allDigits } from './write-client.js';
import { encoded, writeBareReturn, writeReturn } from './write-encoded.js';

/** The operations that move money. */
const BOOKING_OPERATIONS: ReadonlySet<string> = new Set(['ClientDeposit', 'CreateOrder', 'CloseOrder']);

export function isBooking({ operation }: TillRequest): boolean {
  return BOOKING_OPERATIONS.has(operation);
}

/** Where the till takes deposits and orders. */
export class Counter {
  readonly codes: OrderedCodes;
  private readonly orders: Orders;

  constructor(
    private readonly world: World,
    private readonly ledger: Ledger,
  ) {
    this.codes = new OrderedCodes(world);
    this.orders = new Orders(world);
  }

  /** Number of the household whose money a booking would move, as far as the request tells. */
  householdOf(request: TillRequest): number | null {
    if (request.operation === 'CloseOrder') return this.orders.householdAt(request);
    const id = request.fields.get('ClientId') ?? '';
    return /^\d{1,15}$/.test(id) ? (this.world.byTillClient(Number(id))?.number ?? null) : null;
  }

  answer(request: TillRequest, signedIn: boolean): string {
    if (!signedIn) return write(request, AUTHENTICATION_ERROR, null);
    const ordered = this.codes.take(this.householdOf(request));
    const wanted = ordered && { code: ordered.code, message: MESSAGES.get(ordered.code) ?? '' };
    if (wanted && !ordered.booked) return write(request, wanted, null);
    const { result, entry } = this.tryBook(request);
    return wanted && result === OK ? write(request, wanted, null) : write(request, result, entry);
  }

  clear(): void {
    this.codes.clear();
    this.orders.clear();
  }

  clearHousehold(household: number): void {
    this.codes.clearHousehold(household);
    this.orders.clearHousehold(household);
  }

  private tryBook(request: TillRequest): { readonly result: Result; readonly entry: Entry | null } {
    try {
      return { result: OK, entry: this.book(request) };
    } catch (error) {
      if (error instanceof Refused) return { result: { code: error.code, message: error.message }, entry: null };
      if (error instanceof BalanceOutOfBounds) return { result: { code: 7, message: error.message }, entry: null };
      throw error;
    }
  }

  private book(request: TillRequest): Entry | null {
    if (request.operation === 'ClientDeposit') return deposit(this.world, this.ledger, request);
    if (request.operation === 'CreateOrder') this.orders.create(request);
    else this.close(request);
    return null;
  }

  /** Only a payment by smart card moves a balance; cash and the like go elsewhere. */
  private close(request: TillRequest): void {
    const { account, totalCents } = this.orders.at(request);
    const payment = PAYMENTS.find(({ id }) => String(id) === request.fields.get('PaymentId'));
    if (payment === undefined) throw illegal('PaymentId');
    if (isSmartCard(payment)) {
      if (account === null) throw new Refused(7, 'There is no client assigned to this order');
      this.ledger.book({ kind: 'order', account, amountCents: -totalCents, paymentId: payment.id });
    }
    this.orders.close(request);
  }
}

function write(request: TillRequest, result: Result, entry: Entry | null): string {
  if (request.operation !== 'ClientDeposit') {
    return writeBareReturn(request.operation, `T${request.operation}Response`, result);
  }
  const balances =
    encoded('OldBalance', 'double', allDigits((entry?.oldCents ?? 0) / 100)) +
    encoded('NewBalance', 'double', allDigits((entry?.newCents ?? 0) / 100));
  const receipt = entry && request.extra.has('get_receipt') ? [['receipt_text', receiptOf(entry)] as const] : [];
  return writeReturn('ClientDeposit', 'TClientAccountDepositResponse', result, balances, receipt);
}

function receiptOf({ number, amountCents, newCents }: Entry): string {
  const german = (value: number): string => `${euros(value).replace('.', ',')} EUR`;
  return `Einzahlung Nr. ${number}\nBetrag ${german(amountCents)}\nGuthaben ${german(newCents)}`;
}
