import {
  malformed,
  type FeedEvent,
  type OpenImmoProvider,
  type OpenImmoTransfer,
  type RefusedEstate,
} from '#lib/formats';
import { AppError } from '#lib/kernel';
import { ProviderDraft } from './provider-draft.js';
import { numberOf, readOfferedFlat, type OfferedFlat } from './offered-flat.js';

/** All flats on offer: provider → number → flat. Never changed, only replaced. */
export type FeedStock = ReadonlyMap<string, ProviderStock>;
type ProviderStock = ReadonlyMap<string, OfferedFlat>;

/** What an import did. */
export interface FeedReport {
  /** Objects the feed named. */
  readonly objects: number;
  /** Flats that were new or changed, or named again. */
  readonly listed: number;
  /** Flats that are on offer no more. */
  readonly removed: number;
  /** Objects that are no flats to let. */
  readonly passedOver: number;
  readonly refusedCount: number;
  /** The first hundred refused objects: number, place and reason. */
  readonly refused: readonly RefusedEstate[];
}

type EstateEvent = Extract<FeedEvent, { kind: 'estate' }>;

interface Offer {
  readonly kind: 'offer';
  readonly flat: OfferedFlat;
  readonly path: string;
}

type Change = Offer | { readonly kind: 'gone'; readonly number: string; readonly obid: string | null };

interface Block {
  readonly changes: Change[];
  /** Objects that could be read, whatever became of them. */
  readable: number;
  firstRefused: RefusedEstate | null;
}

const MOST_NAMED = 100;
const MOST_FLATS = 50_000;

/**
 * One feed on its way into the stock. Nothing is visible before {@link finish}; a feed that fails is simply dropped.
 * VOLL replaces the provider's flats; TEIL, and a feed that does not say which it is, changes those that it names.
 */
export class FeedImport {
  private transfer: OpenImmoTransfer | null = null;
  private block = emptyBlock();
  private readonly blocks = new Map<string, Block>();
  private readonly refused: RefusedEstate[] = [];
  private counts = { objects: 0, listed: 0, removed: 0, passedOver: 0, refusedCount: 0 };

  constructor(private readonly stock: FeedStock) {}

  /** @throws AppError UPSTREAM_MALFORMED when the document is no feed or its provider cannot be told */
  take(event: FeedEvent): void {
    if (event.kind === 'transfer') this.transfer = event.transfer;
    else if (event.kind === 'provider') this.closeProvider(event.provider, event.path);
    else if (event.kind === 'root') throw malformed('$', 'is not a feed');
    else {
      this.counts.objects += 1;
      if (event.kind === 'refused') this.refuse(event);
      else this.takeEstate(event);
    }
  }

  /**
   * The stock with this feed in it.
   * @throws AppError UPSTREAM_MALFORMED when a provider's every object was refused, or there are too many flats
   */
  finish(): { readonly stock: FeedStock; readonly report: FeedReport } {
    if (this.blocks.size === 0) throw malformed('openimmo.anbieter', 'is missing');
    const next = new Map(this.stock);
    for (const [provider, block] of this.blocks) {
      const { firstRefused } = block;
      if (block.readable === 0 && firstRefused) throw malformed(firstRefused.path, firstRefused.reason);
      next.set(provider, this.applied(provider, block, next));
    }
    const flats = [...next.values()].reduce((sum, { size }) => sum + size, 0);
    if (flats > MOST_FLATS) throw malformed('openimmo', `brings more than ${MOST_FLATS} flats`);
    return { stock: next, report: { ...this.counts, refused: this.refused } };
  }

  private takeEstate({ estate, path }: EstateEvent): void {
    const number = estate.identity.number ?? estate.identity.obid;
    try {
      this.block.changes.push(this.changeOf(estate, path));
      this.block.readable += 1;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'UPSTREAM_MALFORMED') throw error;
      const { path: place = path, reason = 'is malformed' } = error.details;
      this.refuse({ number, path: place, reason });
    }
  }

  private changeOf(estate: EstateEvent['estate'], path: string): Change {
    const { identity } = estate;
    const action = identity.action ?? (this.transfer?.mode === 'DELETE' ? 'DELETE' : 'CHANGE');
    if (action === 'OTHER') throw malformed(`${path}.verwaltung_techn.aktion@aktionart`, 'is not a known action');
    const gone = { kind: 'gone', number: numberOf(estate, path), obid: identity.obid } as const;
    // A reference shows what the landlord once let.
    if (action === 'DELETE' || action === 'REFERENZ') return gone;
    const flat = readOfferedFlat(estate, path);
    if (flat !== null) return { kind: 'offer', flat, path };
    this.counts.passedOver += 1;
    return gone;
  }

  private closeProvider(provider: OpenImmoProvider, path: string): void {
    const { block } = this;
    this.block = emptyBlock();
    const key = provider.anid ?? provider.number ?? provider.name;
    if (key === null) throw malformed(`${path}.openimmo_anid`, 'is missing, and so are number and name');
    const earlier = this.blocks.get(key);
    if (earlier === undefined) this.blocks.set(key, block);
    else {
      earlier.changes.push(...block.changes);
      earlier.readable += block.readable;
      earlier.firstRefused ??= block.firstRefused;
    }
  }

  private applied(provider: string, { changes }: Block, stock: FeedStock): ProviderStock {
    const before: ProviderStock = stock.get(provider) ?? new Map();
    const full = this.transfer?.scope === 'VOLL';
    const draft = new ProviderDraft(full ? [] : before);
    const others = [...stock].filter(([key]) => key !== provider).map(([, flats]) => flats);
    for (const change of changes) {
      if (change.kind === 'gone') draft.remove(change.number, change.obid);
      else this.put(draft, change, full, others);
    }
    for (const number of before.keys()) if (!draft.flats.has(number)) this.counts.removed += 1;
    return draft.flats;
  }

  private put(draft: ProviderDraft, { flat, path }: Offer, full: boolean, others: readonly ProviderStock[]): void {
    const { number } = flat.listing;
    const known = full && draft.flats.has(number);
    if (known || others.some((flats) => flats.has(number))) {
      this.refuse({ number, path, reason: known ? 'is listed before' : 'is listed by another provider' });
      return;
    }
    draft.put(flat);
    this.counts.listed += 1;
  }

  private refuse({ number, path, reason }: RefusedEstate): void {
    const named = { number, path, reason };
    this.counts.refusedCount += 1;
    this.block.firstRefused ??= named;
    if (this.refused.length < MOST_NAMED) this.refused.push(named);
  }
}

function emptyBlock(): Block {
  return { changes: [], readable: 0, firstRefused: null };
}
