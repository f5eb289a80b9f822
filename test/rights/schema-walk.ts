import {
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** What stands between the braces below a type, and the fields it holds as `Type.field`. */
export interface Walk {
  readonly selection: string;
  readonly fields: readonly string[];
}

/** A process shows what its own steps allow, whatever stands around it: libs/processes tests who sees it. */
const APART = new Set(['Process']);

/**
 * Fields that more than rights decide on: a full IBAN takes a fresh second factor too and is refused with an error. The
 * walk's test asks for them by themselves.
 */
const REFUSED = new Set([
  'BankAccount.iban',
  // For agents of energy and nobody else, the customer included: test/energy asks for them.
  'EnergyCustomer.contactRecords',
]);

/**
 * Selects every field that can be reached from `start` by those of its fields that are `wanted`, arguments at their
 * defaults, with `__typename` everywhere. A type that stands above itself is not entered again.
 * @throws Error for a field that cannot be asked without arguments
 */
export function walkFrom(schema: GraphQLSchema, start: string, wanted: (field: string) => boolean): Walk {
  const fields: string[] = [];

  const select = (type: GraphQLObjectType, above: readonly string[]): string => {
    const parts = Object.values(type.getFields())
      .filter(({ name }) => above.length > 0 || wanted(name))
      .map((field) => selectField(type, field, [...above, type.name]));
    return ['__typename', ...parts].join(' ');
  };
  const selectField = (
    type: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    above: readonly string[],
  ): string => {
    const place = `${type.name}.${field.name}`;
    if (field.args.some(isRequiredArgument)) throw new Error(`${place} has an argument that the walk must learn`);
    const named = getNamedType(field.type);
    if (above.includes(named.name) || APART.has(named.name) || REFUSED.has(place)) return '';
    fields.push(place);
    if (isLeafType(named)) return field.name;
    if (isObjectType(named)) return `${field.name} { ${select(named, above)} }`;
    if (!isInterfaceType(named) && !isUnionType(named)) throw new Error(`${place} is of an unknown kind`);
    const members = schema.getPossibleTypes(named).filter(({ name }) => !above.includes(name));
    return `${field.name} { ${members.map((member) => `... on ${member.name} { ${select(member, above)} }`).join(' ')} }`;
  };

  const type = schema.getType(start);
  if (!isObjectType(type)) throw new Error(`there is no object type ${start}`);
  return { selection: select(type, []), fields: [...new Set(fields)] };
}
