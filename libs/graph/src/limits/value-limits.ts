import { LONGEST_LIST, type Variables } from './cost.js';
import { TOO_LONG } from './list-sizes.js';

/** Deepest nesting of lists and objects in variables; no input of the graph has more than a few levels. */
export const DEEPEST_VALUE = 32;

/**
 * What is wrong with the variables of a request, whatever their types: lists too long, or nested too deeply; or null.
 * Goes level by level, since a body may be nested more deeply than calls can be.
 */
export function problemOfVariables(variables: Variables): string | null {
  let level = Object.values(variables);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST_VALUE) return `Variables may be nested ${DEEPEST_VALUE} levels deep.`;
    if (level.some((value) => Array.isArray(value) && value.length > LONGEST_LIST)) return TOO_LONG;
    level = level.flatMap((value): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return null;
}
