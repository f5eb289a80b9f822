import {
  dayField,
  decimalField,
  endDayField,
  expandedRows,
  flagField,
  malformed,
  readRows,
  WireObject,
} from '#lib/formats';
import { money, parseDecimal, type DecimalText, type Omission } from '#lib/kernel';
import { commodityOf } from '../../model/commodity.js';
import type { BonusKind, Tariff, TariffBonus, TariffPrice } from '../../model/tariffs/tariff.js';
import type { Period } from '../../model/contracts/terms.js';
import { periodOf } from '../contracts/read-terms.js';
import {
  AS_AMOUNT,
  AT_ONCE,
  BASE_PRICE,
  FOR_NEW_CUSTOMERS,
  HIGH_RATE,
  LOW_RATE,
  PRICE_GUARANTEE,
  SINGLE_RATE,
  SUPPLY_AREA,
  VAT_RATE,
} from './tariff.wire.js';
import { numberField } from '../sap/umc-fields.js';
import { MINIMUM_TERM, NOTICE_PERIOD } from '../umc.wire.js';

/** Keyed prices have eight decimals. */
const PRICE_SCALE = 8;
const PRICES: Readonly<Record<string, Pick<TariffPrice, 'kind' | 'zone'>>> = {
  [BASE_PRICE]: { kind: 'BASE', zone: null },
  [SINGLE_RATE]: { kind: 'UNIT', zone: 'SINGLE' },
  [HIGH_RATE]: { kind: 'UNIT', zone: 'HIGH' },
  [LOW_RATE]: { kind: 'UNIT', zone: 'LOW' },
};
const BONUSES: Readonly<Record<string, BonusKind>> = { [FOR_NEW_CUSTOMERS]: 'NEW_CUSTOMER', [AT_ONCE]: 'INSTANT' };

/**
 * Reads a `Product` of CRM_UTILITIES_UMC with Attributes, Discounts and Prices. A price that cannot be read costs the
 * whole tariff, since without it the tariff would look cheaper than it is; a discount costs itself only.
 * @param omit takes the discounts that had to be left out
 * @throws AppError UPSTREAM_MALFORMED
 */
export function readTariff(row: unknown, path: string, omit: (omission: Omission) => void): Tariff {
  const product = new WireObject(row, path);
  const number = numberField(product, 'ProductID', 54);
  const prices = rowsOf(product, 'Prices').map((price) => readPrice(price, number));
  const attribute = attributesOf(product);
  return {
    number,
    name: product.optionalText('Description', 40) ?? number,
    description: product.optionalText('LongText', 1320),
    commodity: commodityOf(product.text('DivisionID', 2)),
    postcodes: postcodesOf(attribute(SUPPLY_AREA)),
    minimum: consumptionField(product, 'ConsumptionMin'),
    maximum: consumptionField(product, 'ConsumptionMax'),
    prices,
    vatPercent: prices.length === 0 ? parseDecimal('0')! : percentOf(attribute(VAT_RATE), product.at('Attributes')),
    bonuses: bonusesOf(product, omit),
    minimumTerm: spanOf(attribute(MINIMUM_TERM)),
    noticePeriod: spanOf(attribute(NOTICE_PERIOD)),
    priceGuarantee: spanOf(attribute(PRICE_GUARANTEE)),
  };
}

function readPrice(price: WireObject, product: string): TariffPrice {
  if (price.text('ProductID', 54) !== product) throw malformed(price.at('ProductID'), 'is another product');
  const operand = price.text('OperandID', 10);
  const meaning = Object.hasOwn(PRICES, operand) ? PRICES[operand] : undefined;
  if (meaning === undefined) throw malformed(price.at('OperandID'), 'is no operand that is known');
  const net = decimalField(price, 'PriceAmount', PRICE_SCALE);
  if (net.startsWith('-')) throw malformed(price.at('PriceAmount'), 'is negative');
  return {
    ...meaning,
    name: price.optionalText('OperandDescription', 30) ?? operand,
    net,
    from: dayField(price, 'PriceValidFrom'),
    until: endDayField(price, 'PriceValidTo'),
  };
}

function bonusesOf(product: WireObject, omit: (omission: Omission) => void): readonly TariffBonus[] {
  const expanded = expandedRows(product, 'Discounts');
  if (expanded === null) return [];
  const { value, omissions } = readRows(expanded.rows, expanded.path, (row, path) =>
    readBonus(new WireObject(row, path)),
  );
  omissions.forEach(omit);
  return value.flat();
}

/** @returns none for a discount that is switched off */
function readBonus(discount: WireObject): TariffBonus[] {
  if (!flagField(discount, 'Active')) return [];
  if (discount.text('DiscountMethod', 60) !== AS_AMOUNT) throw malformed(discount.at('DiscountMethod'), 'is no amount');
  const amount = decimalField(discount, 'DiscountAmount');
  if (amount.startsWith('-')) throw malformed(discount.at('DiscountAmount'), 'is negative');
  const basis = discount.optionalText('DiscountBasis', 60) ?? '';
  return [
    {
      kind: Object.hasOwn(BONUSES, basis) ? BONUSES[basis]! : 'OTHER',
      name: discount.text('Name', 30),
      amount: money(amount),
      from: discount.optionalText('FromDate') === null ? null : dayField(discount, 'FromDate'),
      until: endDayField(discount, 'ToDate'),
    },
  ];
}

type Attribute = { readonly value: string; readonly path: string } | null;

function attributesOf(product: WireObject): (id: string) => Attribute {
  const rows = rowsOf(product, 'Attributes');
  return (id) => {
    const row = rows.find((each) => each.text('AttributeID', 30) === id);
    const value = row?.optionalText('Value', 40) ?? null;
    return row === undefined || value === null ? null : { value, path: row.at('Value') };
  };
}

function rowsOf(product: WireObject, navigation: string): readonly WireObject[] {
  const expanded = expandedRows(product, navigation);
  return (expanded?.rows ?? []).map((row, index) => new WireObject(row, `${expanded?.path}[${index}]`));
}

function spanOf(attribute: Attribute): Period | null {
  return attribute && periodOf(attribute.value, attribute.path);
}

function postcodesOf(attribute: Attribute): readonly string[] {
  if (attribute === null) return [];
  const postcodes = attribute.value.trim().split(/\s+/);
  if (!postcodes.every((postcode) => /^\d{5}$/.test(postcode)))
    throw malformed(attribute.path, 'is no list of postcodes');
  return postcodes;
}

function percentOf(attribute: Attribute, path: string): DecimalText {
  if (attribute === null) throw malformed(path, 'has no rate of value added tax');
  const percent = /^\d{1,2}(?:\.\d{1,2})?$/.test(attribute.value) ? parseDecimal(attribute.value) : undefined;
  if (percent === undefined) throw malformed(attribute.path, 'is no percentage');
  return percent;
}

/** Six digits; zeros and blanks where there is no bound. */
function consumptionField(product: WireObject, name: string): DecimalText | null {
  const text = product.optionalText(name, 6) ?? '0';
  if (!/^\d+$/.test(text)) throw malformed(product.at(name), 'is not a number');
  return /^0+$/.test(text) ? null : parseDecimal(text, 0)!;
}
