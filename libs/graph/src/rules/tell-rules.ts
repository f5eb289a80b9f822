import { TypeMetadataStorage } from '@nestjs/graphql';
import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { ACCESS_RULE, ruleSentence, type AccessRule } from '#lib/access';

/** Adds to the description of every query and mutation who may call it. */
export function tellRules(schema: GraphQLSchema): GraphQLSchema {
  tell(schema.getQueryType(), TypeMetadataStorage.getQueriesMetadata());
  tell(schema.getMutationType(), TypeMetadataStorage.getMutationsMetadata());
  return schema;
}

type Operations = ReturnType<typeof TypeMetadataStorage.getQueriesMetadata>;

function tell(root: GraphQLObjectType | null | undefined, operations: Operations): void {
  const fields = root?.getFields() ?? {};
  for (const { schemaName, target, methodName } of operations) {
    const method = (target.prototype as Record<string, object>)[methodName];
    const rule = method && (Reflect.getMetadata(ACCESS_RULE, method) as AccessRule | undefined);
    const field = fields[schemaName];
    if (rule === undefined || field === undefined) continue;
    field.description = [field.description, ruleSentence(rule)].filter(Boolean).join(' ');
  }
}
