import { allDigits } from './write-client.js';
import { encoded, encodedArray, encodedExtra, encodedLongs } from './write-encoded.js';

/** Payment kinds of unTill that this till has. */
const KINDS = { cash: 0, card: 1, smartCard: 8 } as const;

interface Payment {
  readonly id: number;
  readonly number: number;
  readonly name: string;
  readonly kind: number;
}

/** The payment that the gateway makes its deposits by. */
export const ONLINE_PAYMENT = 5_000_000_055;

/** Payments by which others move money: over the counter, and with the card itself. */
export const CASH_PAYMENT = 5_000_000_056;
export const SMART_CARD_PAYMENT = 5_000_000_057;

export const PAYMENTS: readonly Payment[] = [
  { id: ONLINE_PAYMENT, number: 1, name: 'Online', kind: KINDS.card },
  { id: CASH_PAYMENT, number: 2, name: 'Bar', kind: KINDS.cash },
  { id: SMART_CARD_PAYMENT, number: 3, name: 'Geldwertkarte', kind: KINDS.smartCard },
];

export function isSmartCard({ kind }: Payment): boolean {
  return kind === KINDS.smartCard;
}

export interface Article {
  readonly id: number;
  readonly number: number;
  readonly name: string;
  readonly priceCents: number;
}

export const ARTICLES: readonly Article[] = [
  { id: 5_000_001_716, number: 1, name: 'Einzelkarte Erwachsene', priceCents: 550 },
  { id: 5_000_001_717, number: 2, name: 'Einzelkarte ermäßigt', priceCents: 350 },
  { id: 5_000_001_718, number: 3, name: 'Frühschwimmen', priceCents: 400 },
  { id: 5_000_001_719, number: 4, name: 'Sauna-Zuschlag', priceCents: 890 },
];

export const SALES_AREA = 5_000_000_208;
const DEPARTMENT = 5_000_000_170;
const PRICE = 5_000_000_206;
const VAT = 7;

/** The members of a TPaymentInfo. */
export function writePayment({ id, number, name, kind }: Payment): string {
  return [
    encoded('PaymentId', 'long', String(id)),
    encoded('PaymentNumber', 'int', String(number)),
    encoded('PaymentName', 'string', name),
    encoded('PaymentKind', 'int', String(kind)),
    encodedExtra(),
  ].join('');
}

/** The members of a TArticleInfo. */
export function writeArticle({ id, number, name, priceCents }: Article): string {
  const price = [
    encoded('ArticleId', 'long', String(id)),
    encoded('PriceId', 'long', String(PRICE)),
    encoded('Amount', 'double', allDigits(priceCents / 100)),
    encoded('Vat', 'double', String(VAT)),
    encodedExtra(),
  ].join('');
  return [
    encoded('ArticleId', 'long', String(id)),
    encoded('ArticleName', 'string', name),
    encoded('ArticleNumber', 'int', String(number)),
    encodedLongs('Available', [SALES_AREA]),
    encoded('DepartmentId', 'long', String(DEPARTMENT)),
    encodedArray('Prices', 'TItemPrice', [price]),
    encoded('FreeOption', 'long', '0'),
    encodedLongs('Options', []),
    encoded('IsMenu', 'boolean', 'false'),
    encoded('IsManualPrice', 'boolean', 'false'),
    encoded('IsActive', 'boolean', 'true'),
    encoded('Promo', 'boolean', 'false'),
    encoded('HqId', 'string', ''),
    encodedExtra(),
  ].join('');
}
