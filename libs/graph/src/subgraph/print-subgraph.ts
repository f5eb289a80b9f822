import {
  Kind,
  lexicographicSortSchema,
  parse,
  print,
  printSchema,
  visit,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { ENTITY_KEYS, SHARED_FIELDS, SHARED_TYPES } from './federated-parts.js';

/** Routers in use know this version; newer ones add nothing that is needed here. */
const LINK = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])`;

/**
 * The schema of a subgraph as text, with the directives of Apollo Federation 2
 * (https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/directives).
 * In an order that does not depend on loading.
 * @param schema as the code makes it, without the fields by which a router enters
 */
export function printSubgraph(schema: GraphQLSchema): string {
  const document = visit(parse(printSchema(lexicographicSortSchema(schema))), { ObjectTypeDefinition: federate });
  return `${LINK}\n\n${print(document)}\n`;
}

function federate(node: ObjectTypeDefinitionNode): ObjectTypeDefinitionNode {
  const { name, fields, directives = [] } = node;
  const key = ENTITY_KEYS[name.value];
  const isShared = SHARED_TYPES.has(name.value);
  return {
    ...node,
    directives: [
      ...directives,
      ...(key === undefined ? [] : [directive('key', key)]),
      ...(isShared ? [directive('shareable')] : []),
    ],
    fields: fields?.map((field) => share(field, SHARED_FIELDS[name.value])),
  };
}

function share(field: FieldDefinitionNode, shared: ReadonlySet<string> | undefined): FieldDefinitionNode {
  if (shared?.has(field.name.value) !== true) return field;
  return { ...field, directives: [...(field.directives ?? []), directive('shareable')] };
}

function directive(name: string, fields?: string): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name },
    arguments:
      fields === undefined
        ? []
        : [
            {
              kind: Kind.ARGUMENT,
              name: { kind: Kind.NAME, value: 'fields' },
              value: { kind: Kind.STRING, value: fields },
            },
          ],
  };
}
