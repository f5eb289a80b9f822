import { ALWAYS_DOWN } from './personas.js';
import type { Fault, FaultDesk } from './world.js';

/** Stays whatever is deleted or reset. */
const STANDING: readonly Fault[] = [{ kind: '500', system: 'sap-umc', household: ALWAYS_DOWN }];

const MOST_FAULTS = 1000;

/** There are already as many faults as the sandbox keeps. */
export class TooManyFaults extends Error {
  override readonly name = 'TooManyFaults';
}

/**
 * The faults ordered at the control endpoint. The narrowest one wins; a system or household has one at a time for the
 * same requests.
 */
export class FaultBook implements FaultDesk {
  private ordered: Fault[] = [];
  /** How many requests each counted fault has struck. */
  private readonly spent = new WeakMap<Fault, number>();

  find(system: string, household: number | null, modifies?: boolean): Fault | undefined {
    let found: Fault | undefined;
    for (const fault of this.list()) {
      if (!matches(fault, system, household) || !concerns(fault, modifies)) continue;
      if (!found || narrowness(fault) > narrowness(found)) found = fault;
    }
    return found;
  }

  spend(fault: Fault): void {
    if (fault.count === undefined) return;
    this.spent.set(fault, (this.spent.get(fault) ?? 0) + 1);
    if (this.left(fault) === 0) this.ordered = this.ordered.filter((other) => other !== fault);
  }

  /** How many more requests it will strike; null: without end. */
  left(fault: Fault): number | null {
    return fault.count === undefined ? null : Math.max(fault.count - (this.spent.get(fault) ?? 0), 0);
  }

  /** The standing ones first. */
  list(): readonly Fault[] {
    return [...STANDING, ...this.ordered];
  }

  /**
   * Orders a fault in place of the one with the same system, household and methods.
   * @throws TooManyFaults past 1,000
   */
  order(fault: Fault): void {
    const others = this.ordered.filter(
      ({ system, household, methods }) =>
        system !== fault.system || household !== fault.household || methods !== fault.methods,
    );
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

function concerns({ methods }: Fault, modifies: boolean | undefined): boolean {
  return methods === undefined || modifies === undefined || (methods === 'modifying') === modifies;
}

/** A household weighs more than a system, a system more than the kind of request. */
function narrowness({ household, system, methods }: Fault): number {
  return (household === null ? 0 : 4) + (system === null ? 0 : 2) + (methods === undefined ? 0 : 1);
}
