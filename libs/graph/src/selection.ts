import {
  getArgumentValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type FieldNode,
  type GraphQLResolveInfo,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * Whether the query asks for the field at `path` below the field being resolved, so that a resolver can start
 * all legacy reads at once. Looks through fragments and heeds @skip and @include; aliases do not matter.
 */
export function selects(info: GraphQLResolveInfo, ...path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return true;
  return children(info.fieldNodes, info).some((field) => descends(field, name, rest, info));
}

function descends(field: FieldNode, name: string, rest: readonly string[], info: GraphQLResolveInfo): boolean {
  if (field.name.value !== name) return false;
  const [next, ...others] = rest;
  return next === undefined || children([field], info).some((child) => descends(child, next, others, info));
}

function children(fields: readonly FieldNode[], info: GraphQLResolveInfo): FieldNode[] {
  return fields.flatMap((field) => (field.selectionSet ? flatten(field.selectionSet, info) : []));
}

function flatten(set: SelectionSetNode, info: GraphQLResolveInfo): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (!isIncluded(selection, info)) return [];
    if (selection.kind === Kind.FIELD) return [selection];
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : info.fragments[selection.name.value];
    return fragment ? flatten(fragment.selectionSet, info) : [];
  });
}

function isIncluded(selection: SelectionNode, info: GraphQLResolveInfo): boolean {
  for (const directive of selection.directives ?? []) {
    if (directive.name.value === GraphQLSkipDirective.name) {
      if (getArgumentValues(GraphQLSkipDirective, directive, info.variableValues)['if'] === true) return false;
    }
    if (directive.name.value === GraphQLIncludeDirective.name) {
      if (getArgumentValues(GraphQLIncludeDirective, directive, info.variableValues)['if'] === false) return false;
    }
  }
  return true;
}
