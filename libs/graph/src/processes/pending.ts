import { Injectable } from '@nestjs/common';
import type { Customer } from '#lib/customer';
import { AppError, type RequestScope } from '#lib/kernel';
import { CommandService, type PendingInput, type SeenProcess } from '#lib/processes';
import type { ProcessType } from './process.types.js';
import { toProcess } from './to-process.js';

/** Something that is under way, as it stands beside what is confirmed. */
export interface PendingWish extends Pick<PendingInput, 'input'> {
  /** Reads all that stand beside each other at once; see `ProcessField`. */
  readonly process: () => Promise<ProcessType>;
}

/**
 * What is under way for a customer, to stand beside what is confirmed. Read once per request, however many fields want
 * it, and only where such a field is selected.
 */
@Injectable()
export class Pending {
  private readonly known = new WeakMap<RequestScope, Map<string, Promise<readonly PendingInput[]>>>();

  constructor(private readonly commands: CommandService) {}

  /**
   * Open processes of that kind, in the order in which they will take effect. For callers who see what they stand
   * beside: inputs are not pruned here.
   * @throws AppError UPSTREAM_* when the store is out of reach
   */
  async list(
    scope: RequestScope,
    customer: Customer,
    { subsidiary, kind }: { readonly subsidiary: string; readonly kind: string },
  ): Promise<readonly PendingWish[]> {
    const inputs = (await this.inputs(scope, customer, subsidiary)).filter((each) => each.kind === kind);
    const ids = [...new Set(inputs.map(({ processId }) => processId))];
    let looked: Promise<readonly SeenProcess[]> | undefined;
    const look = (): Promise<readonly SeenProcess[]> => (looked ??= this.commands.lookAt(scope, customer, ids));
    return inputs.map(({ input, processId }) => {
      const process = async (): Promise<ProcessType> => {
        const seen = (await look()).find(({ view }) => view.id === processId);
        if (seen === undefined) throw new AppError('NOT_FOUND', 'no such process for this caller');
        return toProcess(seen, customer, scope.language);
      };
      return { input, process };
    });
  }

  private inputs(scope: RequestScope, customer: Customer, subsidiary: string): Promise<readonly PendingInput[]> {
    const ofScope = this.known.get(scope) ?? new Map<string, Promise<readonly PendingInput[]>>();
    this.known.set(scope, ofScope);
    const key = `${customer.id} ${subsidiary}`;
    const inputs = ofScope.get(key) ?? this.commands.pendingOf(customer.id, subsidiary);
    ofScope.set(key, inputs);
    return inputs;
  }
}
