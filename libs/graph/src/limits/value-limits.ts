import { visit, type DocumentNode } from 'graphql';
import { LONGEST_LIST, type Variables } from './cost.js';

/** Deepest nesting of lists and objects in variables; no input of the graph has more than a few levels. */
export const DEEPEST_VALUE = 32;

/** What is wrong with the values of a request, whatever their types: lists too long, variables too deep; or null. */
export function problemOfValues(document: DocumentNode, variables: Variables): string | null {
  return problemOfDocument(document) ?? problemOfVariables(variables);
}

/** Lists written into the document, into its fragments and default values, too. */
function problemOfDocument(document: DocumentNode): string | null {
  let isTooLong = false;
  visit(document, {
    ListValue({ values }) {
      isTooLong ||= values.length > LONGEST_LIST;
    },
  });
  return isTooLong ? TOO_LONG : null;
}

/** Level by level, since a body may be nested more deeply than calls can be. */
function problemOfVariables(variables: Variables): string | null {
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

const TOO_LONG = `A list may have ${LONGEST_LIST} elements.`;
