import {
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  type GraphQLNamedType,
  type GraphQLObjectType,
} from 'graphql';

/** Levels below which nothing more is asked: the graph answers 12. */
const DEEPEST = 9;

/** What stands between the braces, and the types whose ids it asks for. */
export interface Whole {
  readonly selection: string;
  readonly typesWithId: ReadonlySet<string>;
}

/**
 * Selects all that is shown below a type, each type once in full and elsewhere by its id. Fields that need an argument
 * are left out.
 */
export function wholeOf(start: GraphQLObjectType): Whole {
  const typesWithId = new Set<string>();
  const seen = new Set<string>();

  const select = (type: GraphQLObjectType, level: number): string => {
    const isKnown = seen.has(type.name) || level > DEEPEST;
    seen.add(type.name);
    const fields = Object.values(type.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
    if (fields.some(({ name }) => name === 'id')) typesWithId.add(type.name);
    const wanted = isKnown ? fields.filter(({ name }) => name === 'id') : fields;
    const parts = wanted.map(({ name, type: of }) => `${name}${below(getNamedType(of), level + 1)}`);
    return ['__typename', ...parts].join(' ');
  };
  const below = (type: GraphQLNamedType, level: number): string => {
    if (isLeafType(type)) return '';
    if (isObjectType(type)) return ` { ${select(type, level)} }`;
    // Members of an interface may give one name to different things; what they are is asked elsewhere.
    if (isInterfaceType(type)) return ` { __typename ${'id' in type.getFields() ? 'id' : ''} }`;
    const members = isUnionType(type) ? type.getTypes() : [];
    return ` { __typename ${members.map((member) => `... on ${member.name} { ${select(member, level)} }`).join(' ')} }`;
  };

  return { selection: select(start, 1), typesWithId };
}
