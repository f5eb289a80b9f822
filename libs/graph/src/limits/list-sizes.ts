import {
  GraphQLError,
  isNonNullType,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLSchema,
} from 'graphql';
import { AppError } from '#lib/kernel';
import { LONGEST_LIST, type Variables } from './cost.js';

/**
 * Looks at every `first` of the document, in fragments too, before anything is read.
 * @param variables with their defaults
 * @returns a refusal that names the place, or null when each one is 1 to 100
 */
export function findWrongSize(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Variables,
): GraphQLError | null {
  const types = new TypeInfo(schema);
  let wrong: FieldNode | undefined;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field(field) {
        const argument = types.getFieldDef()?.args.find(({ name }) => name === 'first');
        if (argument && !isSize(field, argument, variables)) wrong ??= field;
      },
    }),
  );
  return wrong === undefined ? null : refusalAt(wrong);
}

function isSize(field: FieldNode, { type }: GraphQLArgument, variables: Variables): boolean {
  const given = field.arguments?.find(({ name }) => name.value === 'first')?.value;
  const value = given && valueFromASTUntyped(given, { ...variables });
  // Nothing given means the default, and so does null where it is allowed.
  if (value === undefined) return true;
  if (value === null) return !isNonNullType(type);
  return typeof value === 'number' && value >= 1 && value <= LONGEST_LIST;
}

function refusalAt(field: FieldNode): GraphQLError {
  const reason = `must be 1 to ${LONGEST_LIST}`;
  return new GraphQLError(reason, {
    nodes: field,
    originalError: new AppError('INVALID_INPUT', 'the size of a list', { path: 'first', reason }),
    extensions: { code: 'BAD_USER_INPUT', beyondLimit: true },
  });
}
