import type { FaultProxy } from '#lib/testing';

/** A network that is well at first, and then another way at each change. */
export class ChangingNetwork {
  /** Ways that it has been. */
  readonly seen = new Set<string>();
  private changes = 0;

  constructor(private readonly network: FaultProxy) {}

  change(): void {
    const ways = ['slow', 'pass', 'freeze', 'cut', 'pass', 'refuse', 'pass'] as const;
    const way = ways[this.changes % ways.length]!;
    this.changes += 1;
    this.seen.add(way);
    if (way === 'cut') this.network.pass();
    if (way === 'slow') this.network.slow(5);
    else this.network[way]();
  }
}
