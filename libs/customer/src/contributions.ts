import { Inject, Injectable, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { CardFinder, EntitlementKey, EntitlementSource, LinkProof, Subsidiary } from '#lib/subsidiary-kit';

/** Injection token: descriptors of the installed subsidiaries. */
export const SUBSIDIARIES = Symbol('Subsidiaries');

/** What the installed subsidiaries contribute to links and entitlements, found by their descriptors when needed. */
@Injectable()
export class Contributions {
  constructor(
    private readonly modules: ModuleRef,
    @Inject(SUBSIDIARIES) private readonly subsidiaries: readonly Subsidiary[],
  ) {}

  /** How numbers of that subsidiary are proven; undefined when customers cannot link there themselves. */
  findLinkProof(subsidiary: string): LinkProof | undefined {
    const proof = this.subsidiaries.find(({ key }) => key === subsidiary)?.linkProof;
    return proof && this.get(proof);
  }

  /** Everyone who can tell whose a card is. */
  listCardFinders(): { subsidiary: string; finder: CardFinder }[] {
    return this.subsidiaries.flatMap(({ key: subsidiary, cardFinder }) =>
      cardFinder === undefined ? [] : [{ subsidiary, finder: this.get(cardFinder) }],
    );
  }

  /** Who answers that entitlement, and in which subsidiary. */
  findEntitlement(entitlement: EntitlementKey): { subsidiary: string; source: EntitlementSource } | undefined {
    for (const { key: subsidiary, entitlements = [] } of this.subsidiaries) {
      const source = entitlements.map((type) => this.get(type)).find(({ key }) => key === entitlement);
      if (source) return { subsidiary, source };
    }
    return undefined;
  }

  private get<T>(type: Type<T>): T {
    return this.modules.get(type, { strict: false });
  }
}
