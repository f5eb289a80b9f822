import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
  Kind,
  typeFromAST,
  visit,
  BREAK,
  type ASTVisitor,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * Names that graphql-jit may make JavaScript of. It joins the names of a path with underscores, so that with underscores
 * inside two paths could be taken for one; and `__proto__` is no ordinary property.
 */
const PLAIN_NAME = /^[A-Za-z][A-Za-z0-9]*$/;
/** Fields of a compiled program, those of every possible type counted. A dashboard has about 100. */
const MOST_FIELDS = 1_500;

/**
 * Whether graphql-jit may compile the operation. It writes JavaScript from the document and runs it, so all that it is
 * known to get wrong, or that nobody needs to be fast, is left to the interpreter:
 * - text in the document: graphql-jit 0.8 takes some texts for code and would run them (`__MAGIC_DATE__…` in an
 *   argument becomes `new Date(…)` with whatever follows). Texts belong into variables.
 * - `@skip` and `@include`: conditions of fragments that are spread twice get mixed up.
 * - inputs with `@oneOf`, which it does not enforce.
 * - everything but queries of a document with one operation; questions about the schema; programs that would be huge.
 */
export function isCompilable(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): boolean {
  if (operation.operation !== 'query' || operation.directives?.length) return false;
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operations.length !== 1 || hasUnsafeParts(document) || takesOneOf(schema, operation)) return false;
  return new Program(schema, document).isSmall(operation);
}

function hasUnsafeParts(document: DocumentNode): boolean {
  let found = false;
  const stop = (): typeof BREAK => {
    found = true;
    return BREAK;
  };
  const visitor: ASTVisitor = {
    StringValue: stop,
    Directive: stop,
    Variable: ({ name }) => (PLAIN_NAME.test(name.value) ? undefined : stop()),
    Field: ({ name, alias }) => {
      const isTypeName = name.value === '__typename' && alias === undefined;
      return isTypeName || PLAIN_NAME.test((alias ?? name).value) ? undefined : stop();
    },
  };
  visit(document, visitor);
  return found;
}

function takesOneOf(schema: GraphQLSchema, operation: OperationDefinitionNode): boolean {
  return (operation.variableDefinitions ?? []).some(({ type: node }) => {
    const type = typeFromAST(schema, node as Parameters<typeof typeFromAST>[1]) as GraphQLInputType | undefined;
    return type === undefined || reachesOneOf(type, new Set());
  });
}

function reachesOneOf(input: GraphQLInputType, seen: Set<GraphQLNamedType>): boolean {
  const type = getNamedType(input);
  if (!isInputObjectType(type) || seen.has(type)) return false;
  seen.add(type);
  return type.isOneOf || Object.values(type.getFields()).some((field) => reachesOneOf(field.type, seen));
}

/** What a program would consist of, fragments written out. */
class Program {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private fields = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
  ) {
    const found = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
    this.fragments = new Map(found.map((fragment) => [fragment.name.value, fragment]));
  }

  /** Whether it is of a size worth compiling, and no argument in it reaches an input with `@oneOf`. */
  isSmall({ selectionSet }: OperationDefinitionNode): boolean {
    const root = this.schema.getQueryType();
    if (root) this.count(selectionSet, root);
    return this.fields <= MOST_FIELDS;
  }

  private count(set: SelectionSetNode, type: GraphQLNamedType): void {
    // Each possible type gets a part of its own.
    const types = isAbstractType(type) ? this.schema.getPossibleTypes(type) : [type];
    for (const each of types) for (const selection of set.selections) this.countSelection(selection, each);
  }

  private countSelection(selection: SelectionNode, type: GraphQLNamedType): void {
    if (this.fields > MOST_FIELDS) return;
    this.fields += 1;
    if (selection.kind === Kind.INLINE_FRAGMENT) return this.count(selection.selectionSet, type);
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = this.fragments.get(selection.name.value);
      return fragment && this.count(fragment.selectionSet, type);
    }
    const field = 'getFields' in type ? type.getFields()[selection.name.value] : undefined;
    if (field === undefined) return;
    if ('args' in field && field.args.some((argument) => reachesOneOf(argument.type, new Set())))
      this.fields = Infinity;
    const below = getNamedType(field.type);
    if (selection.selectionSet && isCompositeType(below)) this.count(selection.selectionSet, below);
  }
}
