import type { Customer, CustomerAccess } from '#lib/customer';
import type { RequestScope } from '#lib/kernel';
import type { CommandRegistry } from '../engine/command-registry.js';
import type { ProcessView } from '../model/process-view.js';
import { maySee } from './may-command.js';

/** A process as far as a caller may see it. */
export interface SeenProcess {
  readonly view: ProcessView;
  /** False where steps are hidden: then the receipt, which names them all, must not be shown in full. */
  readonly isWhole: boolean;
}

/** What callers see of processes: steps whose subsidiary, and whose data, they may see. */
export class Sight {
  constructor(
    private readonly access: CustomerAccess,
    private readonly registry: CommandRegistry,
  ) {}

  /** Undefined where the caller may see nothing of it. Facts of the whole may come from a hidden step. */
  of(scope: RequestScope, customer: Customer, view: ProcessView): SeenProcess | undefined {
    const steps = view.steps.filter(({ kind, subsidiary }) =>
      maySee(this.access, scope, customer, { subsidiary, command: this.registry.findCommand(kind)?.command }),
    );
    if (steps.length === 0) return undefined;
    if (steps.length === view.steps.length) return { view, isWhole: true };
    return { view: { ...view, steps, refusal: null, result: null, cancellable: false }, isWhole: false };
  }

  /** Records that someone else than the customer looks at them, once per subsidiary. @throws AppError UPSTREAM_* */
  async note(scope: RequestScope, customer: Customer, seen: readonly SeenProcess[], operation: string): Promise<void> {
    const places = new Set(seen.flatMap(({ view }) => view.steps.map(({ subsidiary }) => subsidiary)));
    await Promise.all([...places].map((place) => this.access.noteLook(scope, customer, place, operation)));
  }
}
