import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateScalar, DecimalScalar, MoneyType, NodeType, PageInfoType, SourcedType, SourceType } from '#lib/graph';
import type { CalendarDate, DecimalText } from '#lib/kernel';
import type { Commodity } from '../../model/commodity.js';
import { BONUS_KINDS, TARIFF_ZONES, type BonusKind, type TariffZone } from '../../model/tariffs/tariff.js';
import { NO_OFFER_REASONS, type NoOfferReason } from '../../model/tariffs/tariff-search.js';
import { PeriodType } from '../contracts/contract-terms.type.js';
import { CommodityEnum } from '../contracts/energy-contract.type.js';

const named = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, name]));

export const ZoneEnum = named(TARIFF_ZONES);
registerEnumType(ZoneEnum, {
  name: 'TariffZone',
  description: 'Tarifzeit: wann ein Zählwerk zählt.',
  valuesMap: {
    SINGLE: { description: 'Eintarif: immer' },
    HIGH: { description: 'Hochtarif (HT): am Tag' },
    LOW: { description: 'Niedertarif (NT): in der Nacht' },
  },
});

const BonusKindEnum = named(BONUS_KINDS);
registerEnumType(BonusKindEnum, {
  name: 'TariffBonusKind',
  description: 'Art eines Bonus.',
  valuesMap: {
    NEW_CUSTOMER: { description: 'Neukundenbonus, nach dem ersten Lieferjahr' },
    INSTANT: { description: 'Sofortbonus, bald nach Lieferbeginn' },
    OTHER: { description: 'Anderer Bonus' },
  },
});

const PriceKindEnum = named(['BASE', 'UNIT']);
registerEnumType(PriceKindEnum, {
  name: 'TariffPriceKind',
  description: 'Art eines Preises.',
  valuesMap: { BASE: { description: 'Grundpreis' }, UNIT: { description: 'Arbeitspreis' } },
});

const ReasonEnum = named(NO_OFFER_REASONS);
registerEnumType(ReasonEnum, {
  name: 'NoOfferReason',
  description: 'Warum es kein Angebot gibt.',
  valuesMap: {
    NOT_SOLD: { description: 'Diese Sparte wird nicht angeboten' },
    OUTSIDE_SUPPLY_AREA: { description: 'Unter dieser Postleitzahl wird nicht geliefert' },
    CONSUMPTION_OUT_OF_RANGE: { description: 'Für diesen Verbrauch gibt es keinen Tarif' },
    NO_PRICES_YET: { description: 'Für diesen Lieferbeginn stehen keine Preise fest' },
    OTHER_METER: { description: 'Nur für Zähler mit einer anderen Zahl von Zählwerken' },
    UNREADABLE: { description: 'Ein Tarif war nicht zu lesen; er könnte passen' },
  },
});

@ObjectType('Tariff', { implements: () => [NodeType], description: 'Tarif, wie er im Preisblatt steht.' })
export class TariffType implements NodeType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Produktnummer.' })
  number: string;

  @Field(() => String)
  name: string;

  @Field(() => String, { nullable: true, description: 'Text des Preisblatts.' })
  description: string | null;

  @Field(() => CommodityEnum, { description: 'Sparte.' })
  commodity: Commodity;

  @Field(() => DecimalScalar, { nullable: true, description: 'Kleinster Jahresverbrauch; null: ohne Grenze.' })
  minimumConsumption: DecimalText | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Größter Jahresverbrauch; null: ohne Grenze.' })
  maximumConsumption: DecimalText | null;

  @Field(() => String, { description: 'Einheit des Verbrauchs: "kWh" oder "m³".' })
  consumptionUnit: string;

  @Field(() => PeriodType, { nullable: true, description: 'Mindestlaufzeit; null: keine.' })
  minimumTerm: PeriodType | null;

  @Field(() => PeriodType, { nullable: true, description: 'Kündigungsfrist.' })
  noticePeriod: PeriodType | null;

  @Field(() => PeriodType, { nullable: true, description: 'Preisgarantie ab Lieferbeginn; null: keine.' })
  priceGuarantee: PeriodType | null;

  @Field(() => DecimalScalar, { description: 'Umsatzsteuersatz in Prozent.' })
  vatPercent: DecimalText;
}

@ObjectType('TaxedPrice', { description: 'Preis ohne Umsatzsteuer, die Steuer und beides zusammen.' })
export class TaxedPriceType {
  @Field(() => MoneyType, { description: 'Ohne Umsatzsteuer.' })
  net: MoneyType;

  @Field(() => MoneyType, { description: 'Umsatzsteuer.' })
  vat: MoneyType;

  @Field(() => MoneyType, { description: 'Mit Umsatzsteuer: was zu zahlen ist.' })
  gross: MoneyType;
}

@ObjectType('TariffPrice', { description: 'Bestandteil eines Preises.' })
export class TariffPriceType {
  @Field(() => PriceKindEnum)
  kind: 'BASE' | 'UNIT';

  @Field(() => ZoneEnum, { nullable: true, description: 'Tarifzeit des Arbeitspreises; null beim Grundpreis.' })
  zone: TariffZone | null;

  @Field(() => String, { description: 'Bezeichnung, z. B. "Arbeitspreis Hochtarif".' })
  name: string;

  @Field(() => DecimalScalar, { description: 'Euro je Einheit ohne Umsatzsteuer, sechs Dezimalen.' })
  netPrice: DecimalText;

  @Field(() => DecimalScalar, { description: 'Euro je Einheit mit Umsatzsteuer, sechs Dezimalen.' })
  grossPrice: DecimalText;

  @Field(() => String, { description: 'Einheit: "kWh", "m³" oder "a" (Jahr) beim Grundpreis.' })
  unit: string;

  @Field(() => DecimalScalar, { nullable: true, description: 'Einheiten im Jahr; null beim Grundpreis.' })
  quantity: DecimalText | null;

  @Field(() => MoneyType, { description: 'Kosten im Jahr ohne Umsatzsteuer; alle zusammen ergeben year.net.' })
  yearNet: MoneyType;
}

@ObjectType('TariffBonus', { description: 'Einmaliger Bonus; in keinem Preis enthalten.' })
export class TariffBonusType {
  @Field(() => BonusKindEnum)
  kind: BonusKind;

  @Field(() => String)
  name: string;

  @Field(() => MoneyType)
  amount: MoneyType;

  @Field(() => DateScalar, { nullable: true, description: 'Letzter Tag, um ihn zu bekommen; null: ohne Ende.' })
  until: CalendarDate | null;
}

@ObjectType('TariffOffer', { description: 'Was ein Tarif bei diesem Verbrauch kostet.' })
export class TariffOfferType {
  @Field(() => TariffType)
  tariff: TariffType;

  @Field(() => TaxedPriceType, { description: 'Ein Jahr zu den Preisen des ersten Tages, ohne jeden Bonus.' })
  year: TaxedPriceType;

  @Field(() => TaxedPriceType, { description: 'Ein Zwölftel davon.' })
  month: TaxedPriceType;

  @Field(() => MoneyType, { description: 'Das erste Jahr: year.gross abzüglich aller Boni.' })
  firstYear: MoneyType;

  @Field(() => [TariffPriceType], { description: 'Grundpreis und Arbeitspreise.' })
  prices: TariffPriceType[];

  @Field(() => [TariffBonusType], { description: 'Boni bei Vertragsschluss heute.' })
  bonuses: TariffBonusType[];

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Letzter Tag, für den diese Preise feststehen; null, wenn keine anderen angekündigt sind.',
  })
  pricesUntil: CalendarDate | null;
}

@ObjectType('TariffOfferConnection', {
  implements: () => [SourcedType],
  description: 'Angebote, seitenweise, in der gewünschten Reihenfolge.',
})
export class TariffOfferConnectionType implements SourcedType {
  @Field(() => [TariffOfferType])
  nodes: TariffOfferType[];

  @Field(() => PageInfoType)
  pageInfo: PageInfoType;

  @Field(() => Int, { nullable: true, description: 'Anzahl über alle Seiten.' })
  totalCount: number | null;

  @Field(() => ReasonEnum, { nullable: true, description: 'Warum es kein Angebot gibt; null, wenn es welche gibt.' })
  reason: NoOfferReason | null;

  @Field(() => SourceType)
  source: SourceType;
}
