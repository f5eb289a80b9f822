import { Injectable } from '@nestjs/common';
import type { Customer } from '#lib/customer';
import type { RequestScope } from '#lib/kernel';
import type { NodeType } from '../types/node.type.js';

/** A node with the name of its type, by which the interface `Node` tells what it is. */
export type NamedNode = NodeType & { readonly __typename: string };

/** Finds what a finished process has made or changed; null where the caller does not see it (any more). */
export type LoadResult = (
  result: Readonly<Record<string, unknown>>,
  customer: Customer,
  scope: RequestScope,
) => Promise<NamedNode | null>;

/** What processes result in, as nodes of the graph. Subsidiaries add their own when they start. */
@Injectable()
export class ResultNodes {
  private readonly loaders = new Map<string, LoadResult>();

  /** @param kind of a command */
  add(kind: string, load: LoadResult): void {
    this.loaders.set(kind, load);
  }

  find(kind: string): LoadResult | undefined {
    return this.loaders.get(kind);
  }
}
