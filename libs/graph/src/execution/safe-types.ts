import { isAbstractType, type GraphQLSchema } from 'graphql';

/**
 * Sees to it that telling a value's type never throws: graphql-js makes an error of the field of that, graphql-jit would
 * lose it, and the request with it.
 * @param schema changed in place
 */
export function tellTypesSafely(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isAbstractType(type) || !type.resolveType) continue;
    const { resolveType } = type;
    type.resolveType = (...value) => {
      try {
        return resolveType(...value);
      } catch {
        return undefined;
      }
    };
  }
  return schema;
}
