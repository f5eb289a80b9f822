import { Inject, Injectable } from '@nestjs/common';
import {
  AppError,
  berlinDate,
  CLOCK,
  instantOf,
  Refusal,
  type CalendarDate,
  type Clock,
  type Loaded,
  type RequestScope,
  toGlobalId,
} from '#lib/kernel';
import type { Attempt, Command, CommandRequest, Effect } from '#lib/subsidiary-kit';
import { Upstream, type ReadOperation, type UpstreamCall } from '#lib/upstream';
import { SupplyBackend } from '../backend/supply/supply.backend.js';
import { hasGaps } from '../model/gaps.js';
import type { KnownContracts, SupplyContract } from '../model/supply/supply-contract.js';
import {
  refusalByPlace,
  refusalOfOrder,
  valueOf,
  type OrderableProduct,
  type PlaceOfSupply,
  type StartReading,
  type SupplyOrder,
} from '../model/supply/supply-order.js';
import { SAP } from '../operations.js';
import { PLACE, PRODUCT, SUPPLY_CONTRACTS } from '../supply.operations.js';
import { scopeOf } from './attempt-scope.js';
import { judgeCurrent } from './judge-current.js';
import { dayAt, invalid, listAt, objectAt, textAt } from './parse-input.js';

/** The new contract. */
export type OrderResult = { readonly contractId: string; readonly from: CalendarDate };

type OrderEffect = Effect<OrderResult>;

/** What an order needs to know of SAP. */
interface Basis {
  readonly place: PlaceOfSupply | null;
  readonly product: OrderableProduct | null;
}

const LONGEST_PRODUCT = 40;
const LONGEST_METER = 18;
const LONGEST_REGISTER = 3;
const LONGEST_VALUE = 100;
const MOST_READINGS = 4;
/** SAP's keys: printable ASCII without blanks or quotes, so that none can be more than itself. */
const KEY = /^[A-Za-z0-9_./-]+$/;

/** The customer orders power or gas at a place, from a day on. */
@Injectable()
export class OrderSupply implements Command<SupplyOrder, OrderResult> {
  readonly kind = 'energy.order-supply';
  readonly dedupe = 'naturalKey';
  readonly system = SAP.system;
  /** Market location and readings are the network operator's (§ 6a EnWG). */
  readonly grid = true;
  readonly title = { de: 'Lieferung bestellen', 'de-simple': 'Strom oder Gas bestellen', en: 'Order a supply' };
  readonly attemptMs = 25_000;
  /** Two days: afterwards the first day may no longer be possible, and an agent decides. */
  readonly deadlineMs = 2 * 24 * 60 * 60 * 1000;

  constructor(
    private readonly backend: SupplyBackend,
    private readonly upstream: Upstream,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  parse(input: unknown): SupplyOrder {
    const fields = objectAt(input, '$');
    const { orderConfirmed } = fields;
    if (typeof orderConfirmed !== 'boolean') throw invalid('orderConfirmed', 'must be true or false');
    return {
      marketLocation: textAt(fields, 'marketLocation', 'marketLocation', 50),
      productId: keyAt(fields, 'productId', 'productId', LONGEST_PRODUCT),
      from: dayAt(fields, 'from', 'from'),
      readings: readingsIn(fields),
      orderConfirmed,
    };
  }

  naturalKey({ marketLocation, from }: SupplyOrder): string {
    return `${marketLocation}/${from}`;
  }

  async check(order: SupplyOrder, { account, scope }: CommandRequest): Promise<Refusal | null> {
    const today = this.today();
    const refusal = refusalOfOrder(order, today);
    if (refusal !== null) return refusal;
    return judgeCurrent(
      () => this.basis(order, account, scope),
      ({ place, product }) => refusalByPlace(order, place, product, today),
    );
  }

  async execute(order: SupplyOrder, attempt: Attempt): Promise<OrderEffect> {
    const { account, signal } = attempt;
    const scope = scopeOf(attempt, this.clock);
    const { place, product } = await this.basis(order, account, scope);
    const refusal = refusalByPlace(order, place, product, this.today());
    if (refusal !== null) return { kind: 'refused', refusal };
    const known = await this.contracts(account, scope);
    const done = orderedIn(order, known);
    if (done !== null) return done;
    const [newest] = known.value.toSorted((left, right) => (left.from < right.from ? 1 : -1));
    // Who has never had a contract has no account to bill: an agent opens one.
    if (newest === undefined || place === null) throw new AppError('FORBIDDEN', 'no contract account to bill');
    await attempt.intend();
    const written = await this.upstream.write({ ...SAP, account, signal }, (call) =>
      this.backend.sell(
        {
          account: newest.account,
          contractAccount: newest.contractAccount,
          pointOfDelivery: place.pointOfDelivery,
          division: place.division,
          product: order.productId,
          from: order.from,
          readings: order.readings.map((reading) => ({ ...reading, value: valueOf(reading) })),
        },
        call,
      ),
    );
    if (written.kind === 'refused') {
      const subsidiaryMessage = written.refusal.message ?? undefined;
      return { kind: 'refused', refusal: new Refusal('NOT_POSSIBLE', { subsidiaryMessage }) };
    }
    // SAP gives the contract its number: it is read anew, and an answer that is lost now is found again the same way.
    const stored = await this.readBack(order, attempt);
    if (stored === null) throw new AppError('UPSTREAM_MALFORMED', 'SAP took the order and shows no contract');
    return stored;
  }

  /** Whether there is a contract at that place from that day on. @throws AppError UPSTREAM_MALFORMED with gaps */
  async readBack(order: SupplyOrder, attempt: Omit<Attempt, 'intend'>): Promise<OrderEffect | null> {
    const known = await this.contracts(attempt.account, scopeOf(attempt, this.clock));
    const found = orderedIn(order, known);
    if (found === null && hasGaps(known)) throw new AppError('UPSTREAM_MALFORMED', 'a contract is unreadable');
    return found;
  }

  private today(): CalendarDate {
    return berlinDate(instantOf(this.clock.now()));
  }

  private async basis(order: SupplyOrder, account: string, scope: RequestScope): Promise<Basis> {
    const { marketLocation, productId } = order;
    const [place, product] = await Promise.all([
      this.read(PLACE, { account, args: [marketLocation] }, scope, (call) =>
        this.backend.findPlace(marketLocation, call),
      ),
      this.read(PRODUCT, { account: null, args: [productId] }, scope, (call) =>
        this.backend.findProduct(productId, call),
      ),
    ]);
    return { place, product };
  }

  private async read<T>(
    operation: ReadOperation,
    { account, args }: { readonly account: string | null; readonly args: readonly string[] },
    scope: RequestScope,
    load: (call: UpstreamCall) => Promise<Loaded<T>>,
  ): Promise<T> {
    return (await this.upstream.read({ operation, account, args, load }, scope)).value;
  }

  private contracts(account: string, scope: RequestScope): Promise<KnownContracts> {
    const operation = SUPPLY_CONTRACTS;
    const load = (call: UpstreamCall): Promise<Loaded<readonly SupplyContract[]>> =>
      this.backend.listSupplyContracts(account, call);
    return this.upstream.read({ operation, account, args: [], load }, scope);
  }
}

function orderedIn({ marketLocation, from }: SupplyOrder, { value }: KnownContracts): OrderEffect | null {
  const found = value.find(
    (contract) => contract.marketLocation === marketLocation && contract.from === from && !isTakenBack(contract),
  );
  if (found === undefined) return null;
  return { kind: 'done', result: { contractId: toGlobalId('EnergyContract', found.contractNumber), from } };
}

function isTakenBack({ from, until }: SupplyContract): boolean {
  return until !== null && until < from;
}

function readingsIn(fields: Readonly<Record<string, unknown>>): readonly StartReading[] {
  const { readings } = fields;
  if (readings === undefined || readings === null || (Array.isArray(readings) && readings.length === 0)) return [];
  return listAt(fields, 'readings', 'readings', MOST_READINGS).map((each, index) => {
    const path = `readings.${index}`;
    const reading = objectAt(each, path);
    return {
      meterNumber: keyAt(reading, 'meterNumber', `${path}.meterNumber`, LONGEST_METER),
      register: keyAt(reading, 'register', `${path}.register`, LONGEST_REGISTER),
      value: textAt(reading, 'value', `${path}.value`, LONGEST_VALUE),
    };
  });
}

function keyAt(fields: Readonly<Record<string, unknown>>, name: string, path: string, longest: number): string {
  const text = textAt(fields, name, path, longest);
  if (!KEY.test(text)) throw invalid(path, 'must be letters, digits, _ . / or -');
  return text;
}
