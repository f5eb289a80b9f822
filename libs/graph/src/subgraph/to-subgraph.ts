import {
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  isObjectType,
  type GraphQLFieldConfig,
} from 'graphql';
import { ENTITY_KEYS, LEFT_OUT } from './federated-parts.js';
import { printSubgraph } from './print-subgraph.js';

/** How a router names something that it wants to enter: the type's name and the fields of its key. */
export type Representation = Readonly<Record<string, unknown>>;

/**
 * Finds what a representation names, for this caller.
 * @throws AppError NOT_FOUND for whatever the caller does not see
 */
export type FindEntity<Context> = (representation: Representation, context: Context) => Promise<object>;

/**
 * The part of the graph that one subsidiary's process serves, with the fields by which a federation router enters it
 * (Apollo Federation 2, subgraph specification): `_service` and `_entities`.
 * @param whole as the code makes it, with the fields of that subsidiary only; it is used up
 */
export function toSubgraph<Context>(whole: GraphQLSchema, findEntity: FindEntity<Context>): GraphQLSchema {
  for (const [type, fields] of Object.entries(LEFT_OUT)) leaveOut(whole, type, fields);
  // Only what can be reached from the roots: types of other subsidiaries are compiled into every process.
  const { query, mutation, directives } = whole.toConfig();
  const part = new GraphQLSchema({ query, mutation: hasFields(mutation) ? mutation : undefined, directives });
  return withEntries(part, printSubgraph(part), findEntity);
}

function leaveOut(schema: GraphQLSchema, typeName: string, fields: readonly string[]): void {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) return;
  const known = type.getFields();
  for (const field of fields) delete known[field];
}

function hasFields(type: GraphQLObjectType | null | undefined): boolean {
  return type !== null && type !== undefined && Object.keys(type.getFields()).length > 0;
}

function withEntries<Context>(part: GraphQLSchema, sdl: string, findEntity: FindEntity<Context>): GraphQLSchema {
  const config = part.toConfig();
  const query = config.query!.toConfig();
  const entries = { _service: serviceField(sdl), _entities: entitiesField(part, findEntity) };
  return new GraphQLSchema({
    ...config,
    query: new GraphQLObjectType({ ...query, fields: { ...query.fields, ...entries } }),
    types: config.types.filter(({ name }) => name !== query.name),
  });
}

function serviceField(sdl: string): GraphQLFieldConfig<unknown, unknown> {
  const type = new GraphQLObjectType({
    name: '_Service',
    fields: { sdl: { type: new GraphQLNonNull(GraphQLString) } },
  });
  return { type: new GraphQLNonNull(type), resolve: () => ({ sdl }) };
}

function entitiesField<Context>(
  schema: GraphQLSchema,
  findEntity: FindEntity<Context>,
): GraphQLFieldConfig<unknown, Context> {
  const types = Object.keys(ENTITY_KEYS).flatMap((name) => {
    const type = schema.getType(name);
    return isObjectType(type) ? [type] : [];
  });
  const any = new GraphQLScalarType({ name: '_Any' });
  const entity = new GraphQLUnionType({
    name: '_Entity',
    types,
    // A router asks for the type that it has named.
    resolveType: (value: { __typename?: string }) => value.__typename,
  });
  return {
    type: new GraphQLNonNull(new GraphQLList(entity)),
    args: { representations: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(any))) } },
    resolve: (_, { representations }: { representations: readonly unknown[] }, context) =>
      representations.map((each) => enter(each, context, findEntity)),
  };
}

/** What cannot be entered is null with an error of its own; the others stay. */
async function enter<Context>(
  representation: unknown,
  context: Context,
  findEntity: FindEntity<Context>,
): Promise<object> {
  const named = typeof representation === 'object' && representation !== null ? (representation as Representation) : {};
  return { ...(await findEntity(named, context)), __typename: named['__typename'] };
}
