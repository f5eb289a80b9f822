import type { Label } from '#lib/customer';
import { LABELLED, type LabelTree } from './labelled-models.js';

const MODELS: Readonly<Record<string, LabelTree>> = Object.assign({}, ...Object.values(LABELLED)) as never;

/** The file and all that is said of it are the invoice as it was sent. */
const PDF = at(MODELS['InvoiceDocument'], 'base64');

/** Types of the graph that show a part of another model. */
const PARTS: Readonly<Record<string, LabelTree>> = {
  Ticket: at(MODELS['FareSubscription'], 'tickets'),
  Document: { number: PDF, name: PDF, mediaType: PDF, sizeBytes: PDF, link: PDF } as LabelTree,
  DailyConsumption: MODELS['ProfileDay']!,
  DirectDebitMandate: { bankAccount: MODELS['BankAccount']! } as LabelTree,
  // The model of that name is a reading that is being submitted.
  MeterReading: MODELS['KeptReading']!,
  // How many there are and the cursor tell of the readings themselves.
  MeterReadingConnection: {
    nodes: MODELS['KeptReading']!,
    pageInfo: at(MODELS['KeptReading'], 'number'),
    totalCount: at(MODELS['KeptReading'], 'number'),
  } as LabelTree,
  PendingReading: {
    registerId: at(at(MODELS['Meter'], 'registers'), 'number'),
    value: at(at(MODELS['Meter'], 'registers'), 'lastValue'),
    date: at(at(MODELS['Meter'], 'registers'), 'lastDate'),
  } as LabelTree,
  PendingInstalment: {
    amount: at(MODELS['Instalment'], 'amount'),
    from: at(MODELS['Instalment'], 'amount'),
  } as LabelTree,
  PendingProduct: {
    tariffId: at(MODELS['EnergyContract'], 'product'),
    from: at(MODELS['EnergyContract'], 'product'),
  } as LabelTree,
  PendingEnd: {
    notice: at(MODELS['EnergyContract'], 'until'),
    until: at(MODELS['EnergyContract'], 'until'),
  } as LabelTree,
  PendingBankAccount: {
    holder: at(MODELS['BankAccount'], 'holder'),
    maskedIban: at(MODELS['BankAccount'], 'iban'),
    contractAccountId: at(MODELS['BankAccount'], 'number'),
  } as LabelTree,
  PendingPayment: {
    amount: at(MODELS['Invoice'], 'open'),
    date: at(MODELS['Invoice'], 'due'),
  } as LabelTree,
  PendingPause: {
    from: at(MODELS['FareSubscription'], 'state'),
    until: at(MODELS['FareSubscription'], 'state'),
  } as LabelTree,
};

/** Types that hold models together. */
const FRAMES = new Set(
  ['EnergyCustomer', 'HousingCustomer', 'TransitCustomer', 'PoolsCustomer']
    .concat('InvoiceConnection', 'BankAccountList')
    .concat('ConsumptionByMonth', 'ConsumptionByDay', 'AboCardOffer'),
);

/** Fields that say nothing of what stands beside them. */
const NO_DATA = new Set(['__typename', 'source']);

/** Types that say nothing of the customer. */
const PUBLIC = new Set(['PageInfo', 'Source', 'AboCardProduct']);

/** Fields that show a property of another name, or are computed from it. */
const PROPERTY: Readonly<Record<string, string>> = {
  'BankAccount.maskedIban': 'iban',
  'Barcode.svg': 'payload',
  'ContractTerms.earliestEnd': 'noticePeriod',
  'FareSubscription.chipCardNumber': 'maskedCardNumber',
  'Invoice.overdue': 'due',
  'MeterReading.registerId': 'register',
  'UpcomingProduct.tariffId': 'number',
  'ValueCard.id': 'key',
  'ValueCard.number': 'maskedNumber',
};

/** Fields that say by yes or no, or when it was asked, what another company answered. */
const ENTITLEMENTS: Readonly<Record<string, Entitlement>> = {
  'AboCardOffer.entitled': { holder: 'ENERGY', asking: 'POOLS' },
  'AboCardOffer.checkedAt': { holder: 'ENERGY', asking: 'POOLS' },
};

export interface Entitlement {
  /** Key of the subsidiary whose customer is entitled. */
  readonly holder: string;
  /** Key of the subsidiary that asks. */
  readonly asking: string;
}

/** What the table allows the caller in one state of consent. */
export interface Sight {
  readonly shows: (label: Label) => boolean;
  readonly answers: (entitlement: Entitlement) => boolean;
}

/**
 * What is left of a part that was read with all rights: properties whose label is not shown are null, objects of which
 * nothing is shown too, and lists of such objects are empty. Where something came from shows nothing of it.
 * @throws Error for a field of the graph that no label speaks of
 */
export function expectedPart(whole: unknown, sight: Sight, tree?: LabelTree): unknown {
  if (Array.isArray(whole)) {
    return whole.flatMap((element) => {
      const part = expectedPart(element, sight, tree);
      return part === null && element !== null ? [] : [part];
    });
  }
  if (!isObject(whole)) return whole;
  const type = String(whole['__typename']);
  if (PUBLIC.has(type)) return whole;
  const labels = PARTS[type] ?? MODELS[type] ?? tree;
  if (labels === undefined && !FRAMES.has(type)) throw new Error(`no label speaks of ${type}`);
  const fields = Object.entries(whole).map(
    ([field, value]) => [field, expectedField(type, field, value, labels, sight)] as const,
  );
  const nothing =
    labels !== undefined &&
    fields.every(([field, value]) => NO_DATA.has(field) || value === null || isEmptyList(value));
  return nothing ? null : Object.fromEntries(fields);
}

function expectedField(
  type: string,
  field: string,
  value: unknown,
  labels: LabelTree | undefined,
  sight: Sight,
): unknown {
  if (field === '__typename') return value;
  const entitlement = ENTITLEMENTS[`${type}.${field}`];
  if (entitlement) return sight.answers(entitlement) ? value : null;
  if (labels === undefined) return expectedPart(value, sight);
  const label = at(labels, PROPERTY[`${type}.${field}`] ?? (field === 'id' ? 'number' : field));
  if (isLabel(label)) return sight.shows(label) ? value : null;
  const isOwnRead = label === undefined && (value === null || typeof value === 'object');
  if (label === undefined && !isOwnRead) throw new Error(`no label speaks of ${type}.${field}`);
  return expectedPart(value, sight, label);
}

function at(labels: LabelTree | undefined, property: string): LabelTree | undefined;
function at(labels: LabelTree | undefined, property: 'tickets'): LabelTree;
function at(labels: LabelTree | undefined, property: string): LabelTree | undefined {
  return (labels as Record<string, LabelTree> | undefined)?.[property];
}

function isLabel(labels: LabelTree | undefined): labels is Label {
  return typeof (labels as Label | undefined)?.category === 'string';
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
