import type { World } from '../../world/world.js';
import { accountsOf, type Account } from './ledger.js';
import { ARTICLES } from './price-list.js';
import type { OrderItem, TillRequest } from './read-request.js';
import { illegal, Refused } from './return-code.js';

/** Tables with an open order at a time. */
const MOST_TABLES = 1000;
const MOST_ITEMS = 100;
const HIGHEST_QUANTITY = 100;
/** Of a kind of item that is sold by itself; options and texts are not known here. */
const NORMAL_ARTICLE = '0';

/** What is eaten or swum at a table and not paid yet. */
interface OpenOrder {
  /** Whose money a smart card payment takes; null: nobody's. */
  readonly account: Account | null;
  readonly totalCents: number;
}

/** The tables with orders that are not closed. */
export class Orders {
  private readonly tables = new Map<string, OpenOrder>();

  constructor(private readonly world: World) {}

  /** Adds to what the table has. @throws Refused */
  create(request: TillRequest): void {
    const table = tableOf(request);
    const account = this.accountOf(request);
    const before = this.tables.get(table);
    if (before === undefined && this.tables.size >= MOST_TABLES) throw new Refused(7, 'No free table');
    const totalCents = totalOf(request.items) + (before?.totalCents ?? 0);
    this.tables.set(table, { account: account ?? before?.account ?? null, totalCents });
  }

  /** @throws Refused when the table has no order */
  at(request: TillRequest): OpenOrder {
    const order = this.tables.get(tableOf(request));
    if (order === undefined) throw new Refused(7, 'There is no active order on this table');
    return order;
  }

  /** The household whose order it is, if any. */
  householdAt(request: TillRequest): number | null {
    return this.tables.get(nameOf(request))?.account?.household.number ?? null;
  }

  close(request: TillRequest): void {
    this.tables.delete(tableOf(request));
  }

  clear(): void {
    this.tables.clear();
  }

  clearHousehold(household: number): void {
    for (const [table, { account }] of this.tables) {
      if (account?.household.number === household) this.tables.delete(table);
    }
  }

  private accountOf({ fields }: TillRequest): Account | undefined {
    const id = fields.get('ClientId') || '0';
    if (id === '0') return undefined;
    const account = /^\d{1,15}$/.test(id) ? accountsOf(this.world.byTillClient(Number(id)))[0] : undefined;
    if (account === undefined) throw illegal('ClientId');
    return account;
  }
}

function nameOf({ fields }: TillRequest): string {
  return `${fields.get('TableNumber') ?? ''}${fields.get('TablePart') ?? ''}`;
}

function tableOf(request: TillRequest): string {
  if (!/^[1-9]\d{0,4}$/.test(request.fields.get('TableNumber') ?? '')) throw illegal('TableNumber');
  if (!/^[a-f]$/.test(request.fields.get('TablePart') ?? '')) throw illegal('TablePart');
  return nameOf(request);
}

function totalOf(items: readonly OrderItem[]): number {
  if (items.length === 0 || items.length > MOST_ITEMS) throw illegal('Items');
  return items.reduce((total, item) => total + priceOf(item), 0);
}

function priceOf({ articleId, type, quantity }: OrderItem): number {
  const article = ARTICLES.find(({ id }) => String(id) === articleId);
  if (article === undefined) throw illegal('ArticleId');
  if (type !== NORMAL_ARTICLE) throw illegal('OrderItemType');
  const count = /^\d{1,3}$/.test(quantity) ? Number(quantity) : 0;
  if (count < 1 || count > HIGHEST_QUANTITY) throw illegal('Quantity');
  return count * article.priceCents;
}
