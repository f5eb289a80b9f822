import {
  getNamedType,
  GraphQLError,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { AppError } from '#lib/kernel';
import { LONGEST_LIST, type Variables } from './cost.js';
import { beyondLimit } from './shape-limits.js';

export const TOO_LONG = `A list may have ${LONGEST_LIST} elements.`;

/**
 * What stands against the lists of an operation, before anything is read: a `first` that is not 1 to 100, or a list
 * written into the document that is longer. Looks into each fragment once.
 * @param variables with their defaults
 * @returns a refusal that names the place, or null
 */
export function problemOfLists(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): GraphQLError | null {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);

  const problemBelow = ({ selections }: SelectionSetNode, type: GraphQLNamedType | undefined): GraphQLError | null => {
    for (const node of selections) {
      const problem = node.kind === Kind.FIELD ? problemAt(node, type) : problemBelowFragment(node, type);
      if (problem !== null) return problem;
    }
    return null;
  };
  const problemBelowFragment = (
    node: Exclude<SelectionSetNode['selections'][number], FieldNode>,
    type: GraphQLNamedType | undefined,
  ): GraphQLError | null => {
    if (node.kind === Kind.INLINE_FRAGMENT) {
      const narrowed = node.typeCondition ? schema.getType(node.typeCondition.name.value) : type;
      return problemBelow(node.selectionSet, narrowed);
    }
    const fragment = fragments.get(node.name.value);
    fragments.delete(node.name.value);
    return fragment ? problemBelow(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value)) : null;
  };
  const problemAt = (node: FieldNode, parent: GraphQLNamedType | undefined): GraphQLError | null => {
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    if (field === undefined) return null;
    if (node.arguments?.some(({ value }) => isTooLong(value))) return beyondLimit(TOO_LONG, node);
    const first = node.arguments?.length ? field.args.find(({ name }) => name === 'first') : undefined;
    if (first && !isSize(node, first, variables)) return wrongSize(node);
    return node.selectionSet ? problemBelow(node.selectionSet, getNamedType(field.type)) : null;
  };

  if (operation.variableDefinitions?.some(({ defaultValue }) => defaultValue && isTooLong(defaultValue)))
    return beyondLimit(TOO_LONG, operation);
  return problemBelow(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
}

function isTooLong(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.length > LONGEST_LIST || value.values.some(isTooLong);
  return value.kind === Kind.OBJECT && value.fields.some((field) => isTooLong(field.value));
}

function isSize(field: FieldNode, { type }: GraphQLArgument, variables: Variables): boolean {
  const given = field.arguments?.find(({ name }) => name.value === 'first')?.value;
  const value = given && valueFromASTUntyped(given, { ...variables });
  // Nothing given means the default, and so does null where it is allowed.
  if (value === undefined) return true;
  if (value === null) return !isNonNullType(type);
  return typeof value === 'number' && value >= 1 && value <= LONGEST_LIST;
}

function wrongSize(field: FieldNode): GraphQLError {
  const reason = `must be 1 to ${LONGEST_LIST}`;
  return new GraphQLError(reason, {
    nodes: field,
    originalError: new AppError('INVALID_INPUT', 'the size of a list', { path: 'first', reason }),
    extensions: { code: 'BAD_USER_INPUT', beyondLimit: true },
  });
}
