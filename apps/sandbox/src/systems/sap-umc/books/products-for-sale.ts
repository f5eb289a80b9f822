import { withScale } from './decimal-text.js';
import { midnight } from './dates.js';
import type { RowsByType } from './lazy-rows.js';
import type { Row } from './row.js';

/** One price: operand, what it was last year, is this year and, where that is announced, will be next year. Net euros. */
interface PriceLine {
  readonly operand: 'GRUNDPREIS' | 'AP_ET' | 'AP_HT' | 'AP_NT';
  readonly last?: string;
  readonly now: string;
  readonly next?: string;
}

interface DiscountLine {
  readonly id: string;
  readonly name: string;
  readonly basis: 'NEUKUNDE' | 'SOFORT' | 'UMWELT';
  readonly amount: string;
  /** Month and day from which it is given this year. */
  readonly from?: string;
  readonly until?: string;
  readonly active?: boolean;
}

interface Product {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly division: '01' | '02' | '03' | '07';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly term?: string;
  readonly notice: string;
  readonly guarantee?: string;
  /** Without its outskirts, which another network supplies. */
  readonly area?: string;
  readonly prices: readonly PriceLine[];
  readonly discounts?: readonly DiscountLine[];
}

/** Postcodes of Jena; the last two have no buildings of their own or are the outskirts. */
const JENA = '07743 07745 07747 07749 07751';
const INNER_JENA = '07743 07745 07747 07749';
const VAT: Readonly<Record<Product['division'], string>> = { '01': '19', '02': '19', '03': '7', '07': '19' };
const NAMES: Readonly<Record<PriceLine['operand'], readonly [operand: string, category: string]>> = {
  GRUNDPREIS: ['Grundpreis je Jahr', '3'],
  AP_ET: ['Arbeitspreis', '1'],
  AP_HT: ['Arbeitspreis Hochtarif', '1'],
  AP_NT: ['Arbeitspreis Niedertarif', '1'],
};

/** What this house sells. Prices are invented, in the range of what such towns ask for. */
const PRODUCTS: readonly Product[] = [
  {
    id: 'STROM_SAALE',
    name: 'Saale Strom',
    text: 'Unser Strom für jeden Haushalt, ohne lange Bindung.',
    division: '01',
    term: '12M',
    notice: '1M',
    prices: [
      { operand: 'GRUNDPREIS', last: '117.65', now: '126.05', next: '132.77' },
      { operand: 'AP_ET', last: '0.28151', now: '0.27311', next: '0.26891' },
    ],
  },
  {
    id: 'STROM_SAALE_FIX24',
    name: 'Saale Strom Fix 24',
    text: 'Zwei Jahre derselbe Preis.',
    division: '01',
    term: '24M',
    notice: '1M',
    guarantee: '24M',
    prices: [
      { operand: 'GRUNDPREIS', now: '142.86' },
      { operand: 'AP_ET', now: '0.25882' },
    ],
    discounts: [
      { id: '2051', name: 'Neukundenbonus', basis: 'NEUKUNDE', amount: '75.00' },
      { id: '2052', name: 'Sofortbonus', basis: 'SOFORT', amount: '25.00' },
      { id: '2050', name: 'Frühlingsbonus', basis: 'SOFORT', amount: '40.00', active: false },
    ],
  },
  {
    id: 'STROM_SAALE_NATUR',
    name: 'Saale Strom Natur',
    text: 'Aus Wasserkraft und Sonne, mit Herkunftsnachweis.',
    division: '01',
    term: '12M',
    notice: '4W',
    guarantee: '12M',
    prices: [
      { operand: 'GRUNDPREIS', now: '130.25' },
      { operand: 'AP_ET', now: '0.28403' },
    ],
    discounts: [{ id: '2060', name: 'Treuebonus', basis: 'UMWELT', amount: '20.00' }],
  },
  {
    id: 'STROM_SAALE_VIEL',
    name: 'Saale Strom Plus',
    text: 'Für alle, die mehr brauchen: ab 10.000 kWh im Jahr.',
    division: '01',
    minimum: 10_000,
    maximum: 100_000,
    term: '12M',
    notice: '1M',
    prices: [
      { operand: 'GRUNDPREIS', now: '210.08' },
      { operand: 'AP_ET', now: '0.25210' },
    ],
  },
  {
    id: 'STROM_SAALE_HTNT',
    name: 'Saale Strom Tag und Nacht',
    text: 'Für Zähler mit zwei Zählwerken.',
    division: '01',
    term: '12M',
    notice: '1M',
    prices: [
      { operand: 'GRUNDPREIS', now: '151.26' },
      { operand: 'AP_HT', now: '0.28571' },
      { operand: 'AP_NT', now: '0.23109' },
    ],
  },
  {
    id: 'STROM_SAALE_NEU',
    name: 'Saale Strom Dynamisch',
    text: 'Ab dem nächsten Jahr.',
    division: '01',
    notice: '2W',
    prices: [
      { operand: 'GRUNDPREIS', now: '', next: '100.84' },
      { operand: 'AP_ET', now: '', next: '0.26050' },
    ],
  },
  {
    id: 'GAS_SAALE',
    name: 'Saale Gas',
    text: 'Unser Gas für Kochen und warmes Wasser.',
    division: '02',
    maximum: 9_999,
    term: '12M',
    notice: '4W',
    prices: [
      { operand: 'GRUNDPREIS', now: '92.44' },
      { operand: 'AP_ET', now: '0.10504' },
    ],
  },
  {
    id: 'GAS_SAALE_HEIZEN',
    name: 'Saale Gas Heizen',
    text: 'Für alle, die mit Gas heizen: ab 10.000 kWh im Jahr.',
    division: '02',
    minimum: 10_000,
    maximum: 150_000,
    term: '12M',
    notice: '4W',
    area: INNER_JENA,
    prices: [
      { operand: 'GRUNDPREIS', now: '168.07' },
      { operand: 'AP_ET', last: '0.09664', now: '0.09244' },
    ],
    discounts: [{ id: '2071', name: 'Neukundenbonus', basis: 'NEUKUNDE', amount: '60.00', until: '12-31' }],
  },
  {
    id: 'WASSER',
    name: 'Trinkwasser Jena',
    text: 'Allgemeiner Tarif nach AVBWasserV.',
    division: '03',
    notice: '1M',
    prices: [
      { operand: 'GRUNDPREIS', now: '123.36' },
      { operand: 'AP_ET', now: '2.03738' },
    ],
  },
  {
    id: 'FERNWAERME',
    name: 'Fernwärme Jena',
    text: 'Wärme aus dem Heizkraftwerk, wo das Netz liegt.',
    division: '07',
    term: '10Y',
    notice: '9M',
    area: INNER_JENA,
    prices: [
      { operand: 'GRUNDPREIS', now: '285.71' },
      { operand: 'AP_ET', now: '0.11765' },
    ],
  },
];

/** Products with their attributes, prices and discounts, which are of this year, the last and the next. */
export function productRows(today: string): RowsByType {
  const year = Number(today.slice(0, 4));
  return {
    Product: PRODUCTS.map(productRow),
    ProductAttribute: PRODUCTS.flatMap(attributeRows),
    ProductDiscount: PRODUCTS.flatMap((product) => discountRows(product, year)),
    ProductPrice: PRODUCTS.flatMap((product) => priceRows(product, year)),
  };
}

/** Numbers of persons are unset, and consumption where there is no bound: zeros in text fields. */
function productRow({ id, name, text, division, minimum = 0, maximum = 0 }: Product): Row {
  return {
    ProductID: id,
    Description: name,
    LongText: text,
    DivisionID: division,
    PremiseTypeID: '0002',
    PersonsMin: '000000',
    PersonsMax: '000000',
    ConsumptionMin: String(minimum).padStart(6, '0'),
    ConsumptionMax: String(maximum).padStart(6, '0'),
  };
}

function attributeRows({ id, division, term, notice, guarantee, area = JENA }: Product): Row[] {
  const attribute = (attributeId: string, description: string, value: string, multiple = false): Row => ({
    ProductID: id,
    AttributeID: attributeId,
    Description: description,
    Value: value,
    MultipleValues: multiple,
  });
  return [
    ...(term === undefined ? [] : [attribute('MIN_TERM', 'Mindestlaufzeit', term)]),
    attribute('NOTICE_PERIOD', 'Kündigungsfrist', notice),
    ...(guarantee === undefined ? [] : [attribute('PRICE_GUARANTEE', 'Preisgarantie', guarantee)]),
    attribute('SUPPLY_AREA', 'Vertriebsgebiet', area, true),
    attribute('VAT_RATE', 'Umsatzsteuersatz', VAT[division]),
  ];
}

function discountRows({ id, discounts = [] }: Product, year: number): Row[] {
  return discounts.map((discount) => ({
    ProductID: id,
    DiscountID: discount.id,
    DiscountAmount: withScale(discount.amount, 2),
    Name: discount.name,
    Description: `${discount.name} ${discount.amount} EUR`,
    DiscountBasis: discount.basis,
    DiscountMethod: 'BETRAG',
    Active: discount.active ?? true,
    FromDate: discount.from === undefined ? null : midnight(`${year}-${discount.from}`),
    ToDate: midnight(discount.until === undefined ? '9999-12-31' : `${year}-${discount.until}`),
  }));
}

function priceRows({ id, division, prices }: Product, year: number): Row[] {
  return prices.flatMap(({ operand, last, now, next }) => {
    const versions = [
      { amount: last, from: `${year - 1}-01-01`, until: `${year - 1}-12-31` },
      { amount: now, from: `${year}-01-01`, until: next === undefined ? '9999-12-31' : `${year}-12-31` },
      { amount: next, from: `${year + 1}-01-01`, until: '9999-12-31' },
    ];
    const [description, category] = NAMES[operand];
    return versions.flatMap(({ amount = '', from, until }) =>
      amount === ''
        ? []
        : [
            {
              ProductID: id,
              DivisionID: division,
              RateCategory: `T${division}`,
              OperandID: operand,
              PriceValidTo: midnight(until),
              PriceID: `P${division}${operand.slice(0, 7)}`,
              PriceCategory: category,
              PriceValidFrom: midnight(from),
              PriceAmount: withScale(amount, 8),
              OperandDescription: description,
              PriceDescription: `${description} netto`,
            },
          ],
    );
  });
}
