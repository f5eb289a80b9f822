import { Inject, Injectable } from '@nestjs/common';
import { CustomerDirectory } from '#lib/customer';
import {
  AppError,
  berlinDate,
  CLOCK,
  instantOf,
  parseDecimal,
  Refusal,
  type CalendarDate,
  type Clock,
  type RequestScope,
} from '#lib/kernel';
import type { Attempt, Command, CommandRequest, Effect } from '#lib/subsidiary-kit';
import { Upstream, type UpstreamCall } from '#lib/upstream';
import { ProductBackend } from '../backend/tariffs/product.backend.js';
import { TariffsBackend } from '../backend/tariffs/tariffs.backend.js';
import type { Known } from '../model/payment/bank-change.js';
import type { Commodity } from '../model/commodity.js';
import { hasGaps } from '../model/gaps.js';
import {
  changeableOf,
  contractNumberIn,
  isChanged,
  refusalByContract,
  refusalByTariffs,
  refusalOfProductWish,
  tariffOf,
  type ChangeableContract,
  type ProductWish,
  type SeenPrice,
} from '../model/tariffs/product-change.js';
import { shownNumber } from '../model/sap-number.js';
import { TARIFF_ZONES, type Tariff, type TariffZone } from '../model/tariffs/tariff.js';
import { asOfNow, ENERGY_KEY, SAP } from '../operations.js';
import { CHANGEABLE_CONTRACTS } from '../product.operations.js';
import { TARIFFS } from '../tariff.operations.js';
import { scopeOf } from './attempt-scope.js';
import { judgeCurrent } from './judge-current.js';
import type { Asked } from './judge-known.js';
import { dayAt, invalid, listAt, objectAt, optionalTextAt, textAt } from './parse-input.js';

/** The contract and the first day of its new product. */
export type ProductResult = { readonly contractId: string; readonly from: CalendarDate };

type ProductEffect = Effect<ProductResult>;

/** A tariff has a base price and at most two others. */
const MOST_PRICES = 3;
const LONGEST_ID = 400;
const LONGEST_PRICE = 40;
const PRICE_SCALE = 6;

/** The customer orders another product for a contract, at the prices that they saw. */
@Injectable()
export class ChangeProduct implements Command<ProductWish, ProductResult> {
  readonly kind = 'energy.change-product';
  readonly dedupe = 'naturalKey';
  readonly system = SAP.system;
  readonly title = { de: 'Tarif wechseln', 'de-simple': 'Tarif wechseln', en: 'Change the tariff' };
  readonly attemptMs = 35_000;
  /** Two days: the day of the change and its prices come nearer, and an agent decides. */
  readonly deadlineMs = 2 * 24 * 60 * 60 * 1000;

  constructor(
    private readonly backend: ProductBackend,
    private readonly tariffs: TariffsBackend,
    private readonly upstream: Upstream,
    private readonly customers: CustomerDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  parse(input: unknown): ProductWish {
    const fields = objectAt(input, '$');
    const { orderConfirmed } = fields;
    if (typeof orderConfirmed !== 'boolean') throw invalid('orderConfirmed', 'must be true or false');
    return {
      contractId: textAt(fields, 'contractId', 'contractId', LONGEST_ID),
      tariffId: textAt(fields, 'tariffId', 'tariffId', LONGEST_ID),
      from: dayAt(fields, 'from', 'from'),
      seen: listAt(fields, 'seen', 'seen', MOST_PRICES).map((each, index) => seenAt(each, `seen.${index}`)),
      orderConfirmed,
    };
  }

  naturalKey(wish: ProductWish): string {
    const contract = contractNumberIn(wish);
    return `${contract === undefined ? wish.contractId.slice(0, 200) : shownNumber(contract)}/${wish.from}`;
  }

  async check(wish: ProductWish, { account, scope }: CommandRequest): Promise<Refusal | null> {
    const today = this.today();
    const refusal = refusalOfProductWish(wish, today);
    if (refusal !== null) return refusal;
    // A request that orders twice must not judge the second order by what it read for the first.
    const epoch = await this.customers.dataEpoch(ENERGY_KEY, account);
    return judgeCurrent(
      async () => {
        const contracts = await this.contracts({ account, epoch }, scope);
        const contract = changeableOf(wish, contracts);
        if (contract && isChanged(wish, contract)) return null;
        return refusalByContract(wish, contracts, today) ?? (contract && this.byTariffs(wish, contract, scope)) ?? null;
      },
      (judged) => judged,
    );
  }

  async execute(wish: ProductWish, attempt: Attempt): Promise<ProductEffect> {
    const { account, signal } = attempt;
    const today = this.today();
    const scope = scopeOf(attempt, this.clock);
    const contracts = await this.contracts(attempt, scope);
    const contract = changeableOf(wish, contracts);
    if (contract && isChanged(wish, contract)) return doneWith(wish);
    const refusal = refusalOfProductWish(wish, today) ?? refusalByContract(wish, contracts, today);
    if (refusal !== null) return { kind: 'refused', refusal };
    if (contract === undefined) throw new AppError('UPSTREAM_MALFORMED', 'a contract is unreadable');
    const known = await this.list(contract.commodity, scope);
    const unfit = refusalByTariffs(wish, contract, known, today);
    if (unfit !== null) return { kind: 'refused', refusal: unfit };
    const tariff = tariffOf(wish, known);
    if (tariff === undefined) throw new AppError('UPSTREAM_MALFORMED', 'a tariff is unreadable');
    const order = { contract: contract.contractNumber, product: tariff.number, from: wish.from };
    await attempt.intend();
    const written = await this.upstream.write({ ...SAP, account, signal }, (call) =>
      this.backend.changeProduct(order, call),
    );
    if (written.kind === 'taken') return doneWith(wish);
    const { message } = written.refusal;
    return { kind: 'refused', refusal: new Refusal('NOT_POSSIBLE', { subsidiaryMessage: message ?? undefined }) };
  }

  /** Whether the contract has the product from that day on. @throws AppError UPSTREAM_MALFORMED with gaps */
  async readBack(wish: ProductWish, attempt: Omit<Attempt, 'intend'>): Promise<ProductEffect | null> {
    const contracts = await this.contracts(attempt, scopeOf(attempt, this.clock));
    const contract = changeableOf(wish, contracts);
    if (contract && isChanged(wish, contract)) return doneWith(wish);
    if (hasGaps(contracts)) throw new AppError('UPSTREAM_MALFORMED', 'a contract is unreadable');
    return null;
  }

  private async byTariffs(
    wish: ProductWish,
    contract: ChangeableContract,
    scope: RequestScope,
  ): Promise<Refusal | null> {
    return refusalByTariffs(wish, contract, await this.list(contract.commodity, scope), this.today());
  }

  private contracts({ account, epoch = 0 }: Asked, scope: RequestScope): Promise<Known<ChangeableContract>> {
    const load = (call: UpstreamCall) => this.backend.listChangeable(account, call);
    return this.upstream.read({ operation: CHANGEABLE_CONTRACTS, account, epoch, args: [], load }, scope);
  }

  /** Asked anew: an order at a price that no longer holds would bind the customer to something else than they saw. */
  private list(commodity: Commodity, scope: RequestScope): Promise<Known<Tariff>> {
    const load = (call: UpstreamCall) => this.tariffs.listTariffs(commodity, call);
    return this.upstream.read({ operation: asOfNow(TARIFFS), account: null, args: [commodity], load }, scope);
  }

  private today(): CalendarDate {
    return berlinDate(instantOf(this.clock.now()));
  }
}

function seenAt(value: unknown, path: string): SeenPrice {
  const fields = objectAt(value, path);
  const zone = optionalTextAt(fields, 'zone', `${path}.zone`, 10);
  if (zone !== null && !isZone(zone)) throw invalid(`${path}.zone`, 'must be a zone');
  const grossPrice = parseDecimal(textAt(fields, 'grossPrice', `${path}.grossPrice`, LONGEST_PRICE), PRICE_SCALE);
  if (grossPrice === undefined) throw invalid(`${path}.grossPrice`, 'must be the price that was shown');
  return { zone, grossPrice };
}

function isZone(text: string): text is TariffZone {
  return TARIFF_ZONES.some((zone) => zone === text);
}

function doneWith({ contractId, from }: ProductWish): ProductEffect {
  return { kind: 'done', result: { contractId, from } };
}
