import { parse, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import { isCompilable } from './compilable.js';

/** Compiling costs as much as some ten executions: what is asked only now and then is interpreted. */
const COMPILED_AT = 3;
/** Programs kept; the least recently used go first. One takes some 100 kB. */
const MOST_PROGRAMS = 300;
/** Operations that are counted on their way to {@link COMPILED_AT}. */
const MOST_COUNTED = 2_000;

/** An operation of a document, as the execution gets it. */
export interface Asked {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Hash of the document's text. */
  readonly queryHash: string;
}

type Program = CompiledQuery['query'];

/** Programs of the operations that are asked again and again. */
export class CompiledOperations {
  /** Null for what must be interpreted. */
  private readonly programs = new LRUCache<string, { readonly program: Program | null }>({ max: MOST_PROGRAMS });
  private readonly counts = new LRUCache<string, number>({ max: MOST_COUNTED });

  /** The operation's program; null while there is none. */
  find(asked: Asked): Program | null {
    // A document with several operations is not compiled, so its hash names the operation.
    const known = this.programs.get(asked.queryHash);
    if (known !== undefined) return known.program;
    const count = (this.counts.get(asked.queryHash) ?? 0) + 1;
    this.counts.set(asked.queryHash, count);
    if (count < COMPILED_AT) return null;
    const program = compile(asked);
    this.counts.delete(asked.queryHash);
    this.programs.set(asked.queryHash, { program });
    return program;
  }
}

/** The program of an operation; null where it must be interpreted. */
export function compile({ schema, document, operation }: Omit<Asked, 'queryHash'>): Program | null {
  const text = document.loc?.source;
  if (text === undefined || !isCompilable(schema, document, operation)) return null;
  // From a tree of its own: the compiler writes into it.
  const compiled = compileQuery(schema, parse(text), operation.name?.value ?? '', {
    disablingCapturingStackErrors: true,
  });
  return isCompiledQuery(compiled) ? compiled.query : null;
}
