import {
  GraphQLError,
  Kind,
  type ASTNode,
  type ASTVisitor,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';
import { FragmentSums } from './fragment-sums.js';

/** Deepest nesting of fields, fragments looked through. The deepest useful query of the graph stays well below. */
export const DEEPEST = 12;
/** The same for questions about the schema, which tools ask and whose answer costs no read. */
export const DEEPEST_INTROSPECTION = 20;
/** Aliases in one document: each one is a read that could be repeated. */
export const MOST_ALIASES = 30;
/** Directives in one document. */
export const MOST_DIRECTIVES = 50;
/** Tokens of one document; the lexer stops there. */
export const MOST_TOKENS = 2_000;

/** A refusal by a limit, as opposed to a mistake in the document: always answered with 400. */
export function beyondLimit(text: string, node?: ASTNode): GraphQLError {
  return new GraphQLError(text, { nodes: node, extensions: { code: 'BAD_USER_INPUT', beyondLimit: true } });
}

/** Validation rule: refuses documents nested too deeply. Cycles of fragments are another rule's business and end here. */
export function depthLimit(context: ValidationContext): ASTVisitor {
  const depths = new FragmentSums(context.getDocument(), depthOf);
  return {
    OperationDefinition(operation) {
      for (const [selections, deepest] of byPurpose(operation.selectionSet)) {
        if (depthOf({ ...operation.selectionSet, selections }, depths) <= deepest) continue;
        context.reportError(beyondLimit(`The query is nested more than ${deepest} fields deep.`, operation));
      }
    },
  };
}

/** Validation rule: refuses documents with too many aliases. */
export function aliasLimit(context: ValidationContext): ASTVisitor {
  let aliases = 0;
  return {
    Field(field) {
      if (!field.alias) return;
      aliases += 1;
      if (aliases !== MOST_ALIASES + 1) return;
      context.reportError(beyondLimit(`The document has more than ${MOST_ALIASES} aliases.`, field));
    },
  };
}

/** Validation rule: refuses documents with too many directives. */
export function directiveLimit(context: ValidationContext): ASTVisitor {
  let directives = 0;
  return {
    Directive(directive) {
      directives += 1;
      if (directives !== MOST_DIRECTIVES + 1) return;
      context.reportError(beyondLimit(`The document has more than ${MOST_DIRECTIVES} directives.`, directive));
    },
  };
}

/** Parts the operation's own fields into questions about data and about the schema, each with its limit. */
function byPurpose({ selections }: SelectionSetNode): [SelectionNode[], number][] {
  const isIntrospection = (node: SelectionNode): boolean =>
    node.kind === Kind.FIELD && node.name.value.startsWith('__');
  return [
    [selections.filter((node) => !isIntrospection(node)), DEEPEST],
    [selections.filter(isIntrospection), DEEPEST_INTROSPECTION],
  ];
}

/** Fields on the longest way down. */
function depthOf({ selections }: SelectionSetNode, fragments: FragmentSums): number {
  return Math.max(
    0,
    ...selections.map((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return fragments.of(selection.name.value);
      const below = selection.selectionSet ? depthOf(selection.selectionSet, fragments) : 0;
      return selection.kind === Kind.FIELD ? below + 1 : below;
    }),
  );
}
