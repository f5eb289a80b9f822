import {
  addDays,
  compareDecimals,
  parseDecimal,
  parseGlobalId,
  type CalendarDate,
  type Choice,
  type DecimalText,
  type Refusal,
} from '#lib/kernel';
import type { Known } from '../payment/bank-change.js';
import type { Commodity } from '../commodity.js';
import { hasGaps } from '../gaps.js';
import { problemAt, refusalBy, type Objection } from '../meters/objection.js';
import { sameNumber } from '../sap-number.js';
import { hasTwoZones, type Tariff, type TariffZone } from './tariff.js';
import { offerOf, type OfferComponent } from './tariff-offer.js';
import { earliestEnd, type ContractTerms } from '../contracts/terms.js';

/** Another product (Tarif) for a contract, ordered by a customer. */
export type ProductWish = {
  readonly contractId: string;
  readonly tariffId: string;
  /** First day of the new product. */
  readonly from: CalendarDate;
  /** All prices that the customer saw when deciding. */
  readonly seen: readonly SeenPrice[];
  /** Whether the button read "zahlungspflichtig bestellen" or the like (§ 312j (3) BGB). */
  readonly orderConfirmed: boolean;
};

/** A price with value added tax: euros a unit, or, without a zone, a year. */
export type SeenPrice = {
  readonly zone: TariffZone | null;
  readonly grossPrice: DecimalText;
};

/** A contract with what changing its product needs. Never leaves this lib. */
export interface ChangeableContract {
  readonly contractNumber: string;
  readonly commodity: Commodity;
  /** SAP's number of its product. */
  readonly product: string;
  /** Last day of supply; null while it is open-ended. */
  readonly until: CalendarDate | null;
  /** Where is supplied; null when the system does not say. */
  readonly postcode: string | null;
  readonly terms: ContractTerms;
  /** Times with one product each, past and future. */
  readonly slices: readonly { readonly product: string; readonly from: CalendarDate }[];
}

/** House rule: prices of a later day are not known. */
const LONGEST_AHEAD_DAYS = 366;
/** Any consumption: only the prices of a unit are compared. */
const ANY_YEAR = { annualConsumption: parseDecimal('1', 3)!, lowZone: parseDecimal('0', 3)! };

/** What stands against the wish whatever SAP says. */
export function refusalOfProductWish(wish: ProductWish, today: CalendarDate): Refusal | null {
  return refusalBy([
    ...problemAt('contractId', keyOf('EnergyContract', wish.contractId) === undefined ? { code: 'NOT_YOURS' } : null),
    ...problemAt('orderConfirmed', wish.orderConfirmed ? null : { code: 'ORDER_NOT_CONFIRMED' }),
    ...problemAt('from', wish.from <= today ? { code: 'DATE_TOO_EARLY', earliest: addDays(today, 1) } : null),
  ]);
}

/**
 * What stands against the wish by the contract: it begins when the present one could end (terms.ts), so nobody is bound
 * twice, and one change at a time.
 */
export function refusalByContract(
  wish: ProductWish,
  known: Known<ChangeableContract>,
  today: CalendarDate,
): Refusal | null {
  const contract = changeableOf(wish, known);
  if (contract === undefined) return hasGaps(known) ? null : refusalBy(problemAt('contractId', { code: 'NOT_YOURS' }));
  const isFixed = contract.until !== null || contract.slices.some(({ from }) => from > today);
  const end = earliestEnd(contract.terms, today);
  if (isFixed || end === null) return refusalBy(problemAt('contractId', { code: 'NOT_POSSIBLE' }));
  const earliest = addDays(end, 1);
  const farthest = addDays(today, LONGEST_AHEAD_DAYS);
  const latest = earliest > farthest ? earliest : farthest;
  return refusalBy([
    ...problemAt('from', wish.from < earliest ? { code: 'DATE_TOO_EARLY', earliest } : null),
    ...problemAt('from', wish.from > latest ? { code: 'DATE_TOO_LATE' } : null),
  ]);
}

/**
 * What stands against the wish by what is for sale: the tariff fits the contract, and its prices are those that were
 * seen.
 */
export function refusalByTariffs(
  wish: ProductWish,
  contract: ChangeableContract,
  known: Known<Tariff>,
  today: CalendarDate,
): Refusal | null {
  const tariff = tariffOf(wish, known);
  if (tariff === undefined && tariffNumberOf(wish) !== undefined && hasGaps(known)) return null;
  const present = known.value.find(({ number }) => number === contract.product);
  const objection = tariff === undefined ? UNKNOWN : objectionToTariff(tariff, contract, present);
  const prices = tariff && pricesOf(tariff, wish.from, today);
  if (objection !== null || prices === undefined) return refusalBy(problemAt('tariffId', objection ?? UNKNOWN));
  return refusalBy(problemAt('seen', objectionToSeen(wish.seen, prices)));
}

/** Whether the contract has the wished product from the wished day on. */
export function isChanged(wish: ProductWish, { slices }: ChangeableContract): boolean {
  return slices.some(({ product, from }) => product === tariffNumberOf(wish) && from === wish.from);
}

/** The contract that the wish is about; undefined when it is not in the list. */
export function changeableOf(
  { contractId }: ProductWish,
  { value }: Known<ChangeableContract>,
): ChangeableContract | undefined {
  const number = keyOf('EnergyContract', contractId);
  return value.find(({ contractNumber }) => number !== undefined && sameNumber(contractNumber, number));
}

export function tariffOf(wish: ProductWish, { value }: Known<Tariff>): Tariff | undefined {
  const number = tariffNumberOf(wish);
  return value.find((tariff) => tariff.number === number);
}

/** The number in the wish's id; undefined when it is not the id of a tariff. */
function tariffNumberOf({ tariffId }: ProductWish): string | undefined {
  return keyOf('Tariff', tariffId);
}

/** The number in the wish's id; undefined when it is not the id of a contract. */
export function contractNumberIn({ contractId }: ProductWish): string | undefined {
  return keyOf('EnergyContract', contractId);
}

const UNKNOWN: Objection = { code: 'PRODUCT_UNKNOWN' };

/** A meter with one register cannot tell day from night: the new tariff has as many zones as the present one. */
function objectionToTariff(
  tariff: Tariff,
  { commodity, postcode, product }: ChangeableContract,
  present: Tariff | undefined,
): Objection | null {
  if (tariff.number === product) return { code: 'NOT_POSSIBLE' };
  const isSoldThere = postcode === null || tariff.postcodes.includes(postcode);
  const hasSameZones = present === undefined || hasTwoZones(present) === hasTwoZones(tariff);
  return tariff.commodity === commodity && isSoldThere && hasSameZones ? null : UNKNOWN;
}

/** As the tariff search shows them; undefined when nothing is for sale on that day. */
function pricesOf(tariff: Tariff, from: CalendarDate, today: CalendarDate): readonly OfferComponent[] | undefined {
  const { commodity } = tariff;
  const { annualConsumption, lowZone } = ANY_YEAR;
  const lowZoneConsumption = hasTwoZones(tariff) ? lowZone : null;
  const year = { postcode: '', commodity, annualConsumption, lowZoneConsumption, from };
  return offerOf(tariff, year, today)?.components;
}

function objectionToSeen(seen: readonly SeenPrice[], prices: readonly OfferComponent[]): Objection | null {
  const isSame =
    seen.length === prices.length &&
    prices.every(({ zone, grossPrice }) =>
      seen.some((price) => price.zone === zone && compareDecimals(price.grossPrice, grossPrice) === 0),
    );
  return isSame ? null : { code: 'CHANGED_MEANWHILE', choices: prices.map(choiceOf) };
}

function choiceOf({ name, grossPrice, unit }: OfferComponent): Choice {
  return { value: grossPrice, label: `${name}: ${grossPrice} EUR/${unit}` };
}

function keyOf(type: string, id: string): string | undefined {
  const parsed = parseGlobalId(id);
  return parsed?.type === type ? parsed.key : undefined;
}
