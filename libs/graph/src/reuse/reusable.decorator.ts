import { Extensions } from '@nestjs/graphql';
import {
  isAbstractType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  BREAK,
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

/**
 * Says of a field with a resolver that an answer with it may be given again to the same customer, as long as nothing
 * that it was made of has changed. Whoever writes it vouches that all the field gives, its plain properties included,
 * comes from nothing but
 * - reads through `CustomerAccess.read` or `Upstream.read`, which tell how long they may be kept;
 * - the customer with links and consents, which the rights epoch covers;
 * - the language, the document with its variables, and the day in Berlin.
 * Not so: processes and what is pending (a submission raises no data epoch), addresses of files (60 s, this session),
 * the record of access, grants, anything that needs a fresh second factor, anything that is counted or made anew.
 */
export function Reusable(): MethodDecorator & PropertyDecorator {
  return Extensions({ [REUSABLE]: true });
}

const REUSABLE = 'saaltorReusable';

/** Whether every field with a resolver in this query is {@link Reusable}. One that says nothing is not. */
export function asksOnlyReusable(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): boolean {
  if (operation.operation !== 'query') return false;
  let reusable = true;
  const types = new TypeInfo(schema);
  const Field = (node: FieldNode): typeof BREAK | undefined => {
    const parent = types.getParentType();
    if (parent && isReusable(schema, parent, node.name.value)) return undefined;
    reusable = false;
    return BREAK;
  };
  // All of the document: fragments that only another operation spreads cost an answer's reuse, nothing else.
  visit(document, visitWithTypeInfo(types, { Field }));
  return reusable;
}

function isReusable(schema: GraphQLSchema, parent: GraphQLCompositeType, name: string): boolean {
  if (name === '__typename') return true;
  const objects = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
  return objects.every((type) => {
    const field = isObjectType(type) ? type.getFields()[name] : undefined;
    return field !== undefined && (field.resolve === undefined || field.extensions[REUSABLE] === true);
  });
}
