import { Injectable } from '@nestjs/common';
import type { Customer } from '#lib/customer';
import { AppError, type RequestScope } from '#lib/kernel';
import { CommandService, type PendingInput, type SeenProcess } from '#lib/processes';
import type { ProcessType } from './process.types.js';
import { toProcess } from './to-process.js';

/** Something that is under way, as it stands beside what is confirmed. */
export interface PendingWish {
  /** Reads all that stand beside each other at once; see `ProcessField`. */
  readonly process: () => Promise<ProcessType>;
}

/** Which wishes are meant: those of one command. */
export interface PendingKind<I> {
  readonly subsidiary: string;
  readonly command: { readonly kind: string; parse(input: unknown): I };
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
   * What `read` makes of each open wish of that kind, with its process, in the order in which they will take effect. For
   * callers who see what it stands beside: wishes are not pruned here.
   * @param read nothing for a wish about something else
   * @throws AppError UPSTREAM_* when the store is out of reach
   */
  async list<I, T extends object>(
    scope: RequestScope,
    customer: Customer,
    { subsidiary, command }: PendingKind<I>,
    read: (wish: I) => readonly T[],
  ): Promise<(T & PendingWish)[]> {
    const { kind } = command;
    const inputs = (await this.inputs(scope, customer, subsidiary)).filter((each) => each.kind === kind);
    const ids = [...new Set(inputs.map(({ processId }) => processId))];
    let looked: Promise<readonly SeenProcess[]> | undefined;
    const look = (): Promise<readonly SeenProcess[]> => (looked ??= this.commands.lookAt(scope, customer, ids));
    return inputs.flatMap(({ input, processId }) => {
      const process = async (): Promise<ProcessType> => {
        const seen = (await look()).find(({ view }) => view.id === processId);
        if (seen === undefined) throw new AppError('NOT_FOUND', 'no such process for this caller');
        return toProcess(seen, customer, scope.language);
      };
      return read(command.parse(input)).map((each) => ({ ...each, process }));
    });
  }

  /** The last of {@link list}, since it replaces those before it; null where there is none. */
  async last<I, T extends object>(
    scope: RequestScope,
    customer: Customer,
    kind: PendingKind<I>,
    read: (wish: I) => readonly T[],
  ): Promise<(T & PendingWish) | null> {
    return (await this.list(scope, customer, kind, read)).at(-1) ?? null;
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
