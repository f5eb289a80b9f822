import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type DocumentNode,
} from 'graphql';
import { FragmentSums } from './fragment-sums.js';

/** Elements expected of a list that says nothing about its size: contracts, flats, cards of one household. */
const USUAL_LIST = 5;
/** Longest list that may be asked for or sent. */
export const LONGEST_LIST = 100;

export type Variables = Readonly<Record<string, unknown>>;

/**
 * How many objects an answer may hold at most, as far as the document tells: the measure of what a query costs. Fields
 * without objects of their own cost nothing; a list multiplies what is asked of its elements by `first`.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  const root = schema.getRootType(operation.operation);
  if (root === undefined || root === null) return 0;
  const fragments = new FragmentSums(document, (set, sums, fragment, size) => {
    const type = fragment === null ? root : schema.getType(fragment.typeCondition.name.value);
    return type ? costOfSet(set, type, sums, size) : 0;
  });
  return costOfSet(operation.selectionSet, root, fragments);

  function costOfSet(
    { selections }: SelectionSetNode,
    type: GraphQLNamedType,
    sums: FragmentSums,
    size = USUAL_LIST,
  ): number {
    return selections.reduce((cost, selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return cost + sums.of(selection.name.value, size);
      if (selection.kind === Kind.FIELD) return cost + costOfField(selection, type, sums, size);
      const narrowed = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : type;
      return cost + (narrowed ? costOfSet(selection.selectionSet, narrowed, sums, size) : 0);
    }, 0);
  }

  function costOfField(node: FieldNode, parent: GraphQLNamedType, sums: FragmentSums, size: number): number {
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    if (field === undefined || node.selectionSet === undefined) return 0;
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) return 0;
    const asked = askedFor(node, field, variables);
    const times = isListType(getNullableType(field.type)) ? (asked ?? size) : 1;
    return times * (1 + costOfSet(node.selectionSet, type, sums, asked));
  }
}

/** The size a field's `first` asks for; undefined without such an argument. */
function askedFor(node: FieldNode, field: GraphQLField<unknown, unknown>, variables: Variables): number | undefined {
  const argument = field.args.find(({ name }) => name === 'first');
  if (argument === undefined) return undefined;
  const given = node.arguments?.find(({ name }) => name.value === 'first')?.value;
  // A variable that was not sent, or null, means the default.
  const value = (given && valueFromASTUntyped(given, { ...variables })) ?? argument.defaultValue;
  return typeof value === 'number' && value > 0 ? value : USUAL_LIST;
}
