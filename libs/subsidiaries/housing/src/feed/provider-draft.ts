import type { OfferedFlat } from './offered-flat.js';

/** A provider's flats while a feed is applied to them. */
export class ProviderDraft {
  readonly flats: Map<string, OfferedFlat>;
  private readonly numberByObid = new Map<string, string>();

  constructor(before: Iterable<readonly [string, OfferedFlat]>) {
    this.flats = new Map(before);
    for (const flat of this.flats.values()) this.note(flat);
  }

  put(flat: OfferedFlat): void {
    this.flats.set(flat.listing.number, flat);
    this.note(flat);
  }

  /** A deletion names the flat by its number or by OpenImmo's id. */
  remove(number: string, obid: string | null): void {
    if (this.flats.delete(number) || obid === null) return;
    const known = this.numberByObid.get(obid);
    if (known !== undefined && this.flats.get(known)?.obid === obid) this.flats.delete(known);
  }

  private note({ obid, listing }: OfferedFlat): void {
    if (obid !== null) this.numberByObid.set(obid, listing.number);
  }
}
