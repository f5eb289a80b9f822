import { execute, getVariableValues, type ExecutionResult } from 'graphql';
import { asGraphQLError } from './as-graphql-error.js';
import { CompiledOperations, type Asked } from './compiled-operations.js';

/** One execution: what is asked, with what, by whom. */
export interface Execution extends Omit<Asked, 'operation'> {
  /** Undefined where the document has none of that name, or several and none is named. */
  readonly operation: Asked['operation'] | undefined;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  /** What resolvers get. */
  readonly context: unknown;
}

/** Executes operations: those that come often compiled, all others interpreted. Nobody can tell which it was. */
export class Executor {
  private readonly operations = new CompiledOperations();

  async execute(execution: Execution): Promise<ExecutionResult> {
    const { operation } = execution;
    const program = operation && this.operations.find({ ...execution, operation });
    return program && hasValidVariables(execution) ? run(program, execution) : interpret(execution);
  }
}

/** Executes with graphql-js. */
export async function interpret({
  schema,
  document,
  operationName,
  variables,
  context,
}: Execution): Promise<ExecutionResult> {
  return execute({
    schema,
    document,
    operationName,
    variableValues: variables,
    contextValue: context,
  });
}

/** Executes the operation's program. */
export async function run(
  program: NonNullable<ReturnType<CompiledOperations['find']>>,
  { document, variables, context }: Execution,
): Promise<ExecutionResult> {
  const result = (await program(undefined, context, variables ?? {})) as ExecutionResult;
  if (result.errors === undefined) return result;
  const source = document.loc?.source;
  return { ...result, errors: result.errors.map((error) => asGraphQLError(error, source)) };
}

/** What graphql-js refuses is refused by it, in its words: graphql-jit has others, and lets some things through. */
export function hasValidVariables({ schema, operation, variables }: Execution): boolean {
  const variableDefinitions = operation?.variableDefinitions ?? [];
  if (variableDefinitions.length === 0) return true;
  return getVariableValues(schema, variableDefinitions, variables ?? {}).errors === undefined;
}
