import {
  GraphQLError,
  Kind,
  type ASTVisitor,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/** Deepest nesting of fields, fragments looked through. The deepest useful query of the graph stays well below. */
export const DEEPEST = 12;
/** The same for questions about the schema, which tools ask and whose answer costs no read. */
export const DEEPEST_INTROSPECTION = 20;
/** Aliases in one document: each one is a read that could be repeated. */
export const MOST_ALIASES = 30;
/** Tokens of one document; the lexer stops there. */
export const MOST_TOKENS = 2_000;

/** Validation rule: refuses documents nested too deeply. Cycles of fragments are another rule's business and end here. */
export function depthLimit(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(operation) {
      const fragments = fragmentsOf(context.getDocument());
      for (const [selections, deepest] of byPurpose(operation.selectionSet)) {
        if (!exceeds({ ...operation.selectionSet, selections }, fragments, deepest, new Set())) continue;
        const text = `The query is nested more than ${deepest} fields deep.`;
        context.reportError(new GraphQLError(text, { nodes: operation }));
      }
    },
  };
}

/** Validation rule: refuses documents with too many aliases. */
export function aliasLimit(context: ValidationContext): ASTVisitor {
  let aliases = 0;
  return {
    Field(field) {
      if (field.alias) aliases += 1;
      if (aliases === MOST_ALIASES + 1 && field.alias) {
        context.reportError(new GraphQLError(`The document has more than ${MOST_ALIASES} aliases.`, { nodes: field }));
      }
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

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function fragmentsOf(document: DocumentNode): Fragments {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

function exceeds(set: SelectionSetNode, fragments: Fragments, left: number, within: ReadonlySet<string>): boolean {
  return set.selections.some((selection) => {
    if (selection.kind === Kind.FIELD) {
      if (left === 0) return true;
      return selection.selectionSet ? exceeds(selection.selectionSet, fragments, left - 1, within) : false;
    }
    if (selection.kind === Kind.INLINE_FRAGMENT) return exceeds(selection.selectionSet, fragments, left, within);
    const name = selection.name.value;
    const fragment = fragments.get(name);
    if (!fragment || within.has(name)) return false;
    return exceeds(fragment.selectionSet, fragments, left, new Set([...within, name]));
  });
}
