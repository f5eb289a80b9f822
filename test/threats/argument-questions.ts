import { randomUUID } from 'node:crypto';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** One place in the graph that takes an id or a text, and how to put one there. */
export interface Question {
  /** Such as `Query.stop(id)` or `Mutation.giveConsent(customerId)`. */
  readonly place: string;
  /** Asks for enough to tell whether anything is there. */
  readonly query: string;
  variables(value: string): Record<string, unknown>;
}

/** Where inside an argument the value stands: names of input fields, none for the argument itself. */
type Way = readonly string[];

/** Elements asked of lists, so that no question is too dear. */
const FEW = 1;

const SAMPLES: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 1,
  Boolean: true,
  Decimal: '50.00',
  DateTime: `${new Date().getFullYear()}-01-05T10:00:00+01:00`,
};
const NEXT_YEAR = new Date().getFullYear() + 1;
/** What these arguments need so that nothing but the id is wrong. */
const NAMED: Readonly<Record<string, (type: string) => unknown>> = {
  date: () => `${NEXT_YEAR - 1}-01-01`,
  from: (type) => (type === 'Date' ? `${NEXT_YEAR}-02-01` : `${NEXT_YEAR}-02`),
  key: () => randomUUID(),
  iban: () => 'DE93999999990000000001',
  grossPrice: () => '1.000000',
  roomType: () => 'KITCHEN',
};

/**
 * Every argument of the graph that takes a value of one of these types, inside input objects too, and on fields that are
 * reached without arguments.
 * @param types `ID` or `String`
 */
export function questionsOf(schema: GraphQLSchema, types: readonly string[]): Question[] {
  const query = schema.getQueryType()!;
  const mutation = schema.getMutationType();
  const asking = { schema, types };
  return [
    ...questionsBelow(asking, query, [], new Set()),
    ...Object.values(mutation?.getFields() ?? {}).flatMap((field) => questionsAt(asking, mutation!, field, [])),
  ];
}

interface Asking {
  readonly schema: GraphQLSchema;
  readonly types: readonly string[];
}

function questionsBelow(
  asking: Asking,
  type: GraphQLObjectType,
  above: readonly string[],
  seen: Set<string>,
): Question[] {
  seen.add(type.name);
  return Object.values(type.getFields()).flatMap((field) => {
    const here = questionsAt(asking, type, field, above);
    const below = getNamedType(field.type);
    const isOpen = isObjectType(below) && !seen.has(below.name) && !field.args.some(isRequiredArgument);
    return isOpen ? [...here, ...questionsBelow(asking, below, [...above, field.name], seen)] : here;
  });
}

function questionsAt(
  { schema, types }: Asking,
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  above: readonly string[],
): Question[] {
  return field.args.flatMap((asked) =>
    waysTo(types, asked.type).map((way) => {
      const used = field.args.filter((argument) => argument === asked || isRequiredArgument(argument));
      const operation = type === schema.getMutationType() ? 'mutation' : 'query';
      const declared = used.map(({ name, type: of }) => `$${name}: ${String(of)}`).join(', ');
      const isList = field.args.some(({ name }) => name === 'first');
      const given = [...used.map(({ name }) => `${name}: $${name}`), ...(isList ? [`first: ${FEW}`] : [])].join(', ');
      const innermost = `${field.name}(${given}) ${selectionOf(getNamedType(field.type))}`;
      const selected = above.reduceRight((inner, name) => `${name} { ${inner} }`, innermost);
      return {
        place: `${type.name}.${field.name}(${[asked.name, ...way].join('.')})`,
        query: `${operation} (${declared}) { ${selected} }`,
        variables: (value: string) =>
          Object.fromEntries(
            used.map(({ name, type: of }) => [
              name,
              sampleOf(of, { value, name, way: name === asked.name ? way : null }),
            ]),
          ),
      };
    }),
  );
}

/** Ways to values of these types inside an input; a type that stands inside itself is not entered again. */
function waysTo(types: readonly string[], type: GraphQLInputType, above: readonly string[] = []): Way[] {
  const named = getNamedType(type);
  if (types.includes(named.name)) return [[]];
  if (!isInputObjectType(named) || above.includes(named.name)) return [];
  return Object.values(named.getFields()).flatMap((field) =>
    waysTo(types, field.type, [...above, named.name]).map((way) => [field.name, ...way]),
  );
}

interface Sampled {
  readonly value: string;
  /** Of the argument or field that takes the sample. */
  readonly name: string;
  /** Null beside the way. */
  readonly way: Way | null;
}

/** The value where it is asked about, and wherever an id is needed beside it; elsewhere something that does. */
function sampleOf(type: GraphQLInputType, sampled: Sampled): unknown {
  const { value, name, way } = sampled;
  if (isNonNullType(type)) return sampleOf(type.ofType, sampled);
  if (isListType(type)) return [sampleOf(type.ofType, sampled)];
  if (type.name === 'ID' || way?.length === 0) return value;
  if (NAMED[name]) return NAMED[name](type.name);
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (!isInputObjectType(type)) return SAMPLES[type.name] ?? 'sample';
  const [next, ...rest] = way ?? [];
  const fields = Object.values(type.getFields());
  const used = type.isOneOf
    ? [fields.find((field) => field.name === next) ?? fields[0]!]
    : fields.filter((field) => field.name === next || isRequiredInputField(field));
  return Object.fromEntries(
    used.map((field) => [
      field.name,
      sampleOf(field.type, { value, name: field.name, way: field.name === next ? rest : null }),
    ]),
  );
}

/** What would tell that something is there: values of the type itself and of what stands directly below it. */
function selectionOf(type: GraphQLNamedType, levels = 2): string {
  if (isLeafType(type)) return '';
  if (isUnionType(type)) {
    const members = type.getTypes().map((member) => `... on ${member.name} ${selectionOf(member, levels)}`);
    return `{ __typename ${members.join(' ')} }`;
  }
  if (!isObjectType(type)) return '{ __typename id }';
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const below = getNamedType(field.type);
    if (field.args.some(isRequiredArgument) || !(isLeafType(below) || levels > 1)) return [];
    const size = field.args.some(({ name }) => name === 'first') ? `(first: ${FEW})` : '';
    return `${field.name}${size} ${selectionOf(below, levels - 1)}`;
  });
  return `{ __typename ${fields.join(' ')} }`;
}
