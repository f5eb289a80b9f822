import { isObjectType, type GraphQLField, type GraphQLSchema } from 'graphql';

/** What Nest calls the function that it makes for a field without a resolver of its own. */
const MADE_BY_NEST = 'rootFieldResolver';

/**
 * Takes the function away from fields that read nothing but the property of their name: executions read that themselves,
 * compiled ones without a call. Nest makes such a function for every field.
 * @param schema changed in place
 */
export function readPlainFields(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) if (isPlain(field)) delete field.resolve;
  }
  return schema;
}

/** Tried out rather than believed: the property may have another name than the field, and a default. */
function isPlain({ name, resolve }: GraphQLField<unknown, unknown>): boolean {
  if (resolve?.name !== MADE_BY_NEST) return false;
  const asked: PropertyKey[] = [];
  const parent = new Proxy({}, { get: (_, property) => void asked.push(property) });
  const value: unknown = resolve(parent, {}, undefined, undefined as never);
  return value === undefined && asked.length === 1 && asked[0] === name;
}
