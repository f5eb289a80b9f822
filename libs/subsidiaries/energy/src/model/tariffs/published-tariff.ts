import { toGlobalId, type CalendarDate, type DecimalText, type Money } from '#lib/kernel';
import type { Commodity } from '../commodity.js';
import { consumptionUnitOf, type BonusKind, type Tariff } from './tariff.js';
import type { OfferComponent, TariffOffer, TaxedPrice } from './tariff-offer.js';
import type { Period } from '../contracts/terms.js';

/** A tariff as graph and REST show it. */
export interface PublishedTariff {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly description: string | null;
  readonly commodity: Commodity;
  readonly minimumConsumption: DecimalText | null;
  readonly maximumConsumption: DecimalText | null;
  readonly consumptionUnit: 'kWh' | 'm³';
  readonly minimumTerm: Period | null;
  readonly noticePeriod: Period | null;
  readonly priceGuarantee: Period | null;
  readonly vatPercent: DecimalText;
}

/** An offer as graph and REST show it. */
export interface PublishedOffer {
  readonly tariff: PublishedTariff;
  readonly year: TaxedPrice;
  readonly month: TaxedPrice;
  readonly firstYear: Money;
  readonly prices: OfferComponent[];
  readonly bonuses: {
    readonly kind: BonusKind;
    readonly name: string;
    readonly amount: Money;
    readonly until: CalendarDate | null;
  }[];
  readonly pricesUntil: CalendarDate | null;
}

export function publishOffer(offer: TariffOffer): PublishedOffer {
  const { tariff, year, month, firstYear, components, bonuses, pricesUntil } = offer;
  return {
    tariff: publishTariff(tariff),
    year,
    month,
    firstYear,
    prices: [...components],
    bonuses: bonuses.map(({ kind, name, amount, until }) => ({ kind, name, amount, until })),
    pricesUntil,
  };
}

function publishTariff(tariff: Tariff): PublishedTariff {
  const { number, name, description, commodity, minimum, maximum } = tariff;
  const { minimumTerm, noticePeriod, priceGuarantee, vatPercent } = tariff;
  return {
    id: toGlobalId('Tariff', number),
    number,
    name,
    description,
    commodity,
    minimumConsumption: minimum,
    maximumConsumption: maximum,
    consumptionUnit: consumptionUnitOf(commodity),
    minimumTerm,
    noticePeriod,
    priceGuarantee,
    vatPercent,
  };
}
