import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { AppError, type Language } from '#lib/kernel';
import type { Command } from '#lib/subsidiary-kit';
import type { Flow } from '../model/flow.js';
import type { Title } from '../model/process-view.js';
import { PROCESSES_PLAN, type ProcessesPlan } from '../processes-plan.js';
import { fromJson } from '../tables/stored-json.js';

/** A command and the subsidiary it takes place in. */
export interface KnownCommand {
  readonly subsidiary: string;
  readonly command: Command;
}

/** Every command of the installed subsidiaries and every flow, by kind. */
@Injectable()
export class CommandRegistry {
  private known: ReadonlyMap<string, KnownCommand> | undefined;
  private readonly flows: ReadonlyMap<string, Flow>;

  constructor(
    private readonly modules: ModuleRef,
    @Inject(PROCESSES_PLAN) private readonly plan: ProcessesPlan,
  ) {
    this.flows = new Map((plan.flows ?? []).map((flow) => [flow.kind, flow]));
  }

  findCommand(kind: string): KnownCommand | undefined {
    return this.commands.get(kind);
  }

  /** @throws AppError INVALID_INPUT when there is no such command */
  getCommand(kind: string): KnownCommand {
    const command = this.findCommand(kind);
    if (command !== undefined) return command;
    throw new AppError('INVALID_INPUT', 'no such command', { path: 'kind', reason: 'not a known command' });
  }

  findFlow(kind: string): Flow | undefined {
    return this.flows.get(kind);
  }

  /** Kinds that this instance can carry out; others wait for an instance that can. */
  get kinds(): readonly string[] {
    return [...this.commands.keys()];
  }

  get subsidiaries(): readonly string[] {
    return this.plan.subsidiaries.map(({ key }) => key);
  }

  /** What people read; the kind itself where an old journal names one that exists no more. */
  titleOf(kind: string): Title {
    return (
      this.findFlow(kind)?.title ?? this.findCommand(kind)?.command.title ?? { de: kind, 'de-simple': kind, en: kind }
    );
  }

  /** What a public declaration says; nothing for other kinds. @throws AppError INVALID_INPUT when it is unreadable */
  statementOf(kind: string, inputJson: string, language: Language): readonly string[] {
    const command = this.findCommand(kind)?.command;
    return command?.statement?.(command.parse(fromJson(inputJson)), language) ?? [];
  }

  /** Found when first needed: providers of other modules exist only after all were built. */
  private get commands(): ReadonlyMap<string, KnownCommand> {
    this.known ??= this.collect();
    return this.known;
  }

  /** @throws RangeError when two commands, or a command and a flow, have the same kind */
  private collect(): ReadonlyMap<string, KnownCommand> {
    const found = new Map<string, KnownCommand>();
    for (const { key: subsidiary, commands = [] } of this.plan.subsidiaries) {
      for (const type of commands) {
        const command = this.modules.get<Command>(type, { strict: false });
        if (found.has(command.kind) || this.flows.has(command.kind)) {
          throw new RangeError(`the kind ${command.kind} is taken`);
        }
        found.set(command.kind, { subsidiary, command });
      }
    }
    return found;
  }
}
