import { ALWAYS_DOWN } from './personas.js';
import type { Fault, FaultDesk } from './world.js';

/** Stays whatever is deleted or reset. */
const STANDING: readonly Fault[] = [{ kind: '500', system: 'sap-umc', household: ALWAYS_DOWN }];

const MOST_FAULTS = 1000;

/** There are already as many faults as the sandbox keeps. */
export class TooManyFaults extends Error {
  override readonly name = 'TooManyFaults';
}

/** The faults ordered at the control endpoint. The narrowest one wins; a system or household has one at a time. */
export class FaultBook implements FaultDesk {
  private ordered: Fault[] = [];

  find(system: string, household: number | null): Fault | undefined {
    let found: Fault | undefined;
    for (const fault of this.list()) {
      if (matches(fault, system, household) && (!found || narrowness(fault) > narrowness(found))) found = fault;
    }
    return found;
  }

  /** The standing ones first. */
  list(): readonly Fault[] {
    return [...STANDING, ...this.ordered];
  }

  /**
   * Orders a fault in place of the one with the same system and household.
   * @throws TooManyFaults past 1,000
   */
  order(fault: Fault): void {
    const others = this.ordered.filter((other) => other.system !== fault.system || other.household !== fault.household);
    if (others.length >= MOST_FAULTS) throw new TooManyFaults(`there are already ${MOST_FAULTS} faults`);
    this.ordered = [...others, fault];
  }

  /** Ends the ordered faults of a system, of a household, of a system for a household, or all of them. */
  end(scope: { readonly system?: string; readonly household?: number } = {}): void {
    this.ordered = this.ordered.filter(
      (fault) =>
        (scope.system !== undefined && fault.system !== scope.system) ||
        (scope.household !== undefined && fault.household !== scope.household),
    );
  }
}

function matches(fault: Fault, system: string, household: number | null): boolean {
  return (
    (fault.system === null || fault.system === system) && (fault.household === null || fault.household === household)
  );
}

/** A household weighs more than a system. */
function narrowness(fault: Fault): number {
  return (fault.household === null ? 0 : 2) + (fault.system === null ? 0 : 1);
}
