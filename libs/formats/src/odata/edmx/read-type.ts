import type { EdmElement } from './edm-element.js';
import type {
  EdmComplexType,
  EdmEntityType,
  EdmEnumType,
  EdmFacets,
  EdmNavigation,
  EdmProperty,
  EdmTypeName,
} from './edm-model.js';

/** Navigations are resolved later, when the associations of all schemas are known. */
export type UnresolvedNavigation = Omit<EdmNavigation, 'target'> & { readonly path: string };
export type UnresolvedEntityType = Omit<EdmEntityType, 'navigations'> & {
  readonly navigations: readonly UnresolvedNavigation[];
};

export function readEntityType(element: EdmElement): UnresolvedEntityType {
  return {
    ...readComplexType(element),
    baseType: element.optionalText('BaseType'),
    abstract: element.flag('Abstract', false),
    hasStream: element.dataServiceFlag('HasStream'),
    keys:
      element
        .child('Key')
        ?.children('PropertyRef')
        .map((reference) => reference.text('Name')) ?? [],
    navigations: element.each('NavigationProperty', (navigation) => ({
      name: navigation.text('Name'),
      relationship: navigation.text('Relationship'),
      fromRole: navigation.text('FromRole'),
      toRole: navigation.text('ToRole'),
      sap: navigation.sap(),
      path: navigation.path,
    })),
  };
}

export function readComplexType(element: EdmElement): EdmComplexType {
  return { name: element.text('Name'), properties: element.each('Property', readProperty), sap: element.sap() };
}

export function readEnumType(element: EdmElement): EdmEnumType {
  return {
    name: element.text('Name'),
    underlyingType: element.optionalText('UnderlyingType') ?? 'Edm.Int32',
    flags: element.flag('IsFlags', false),
    members: element.children('Member').map((member) => ({
      name: member.text('Name'),
      value: member.optionalText('Value'),
    })),
  };
}

function readProperty(element: EdmElement): EdmProperty {
  const { type, collection } = typeName(element.text('Type'));
  const kind = element.optionalText('CollectionKind');
  return {
    name: element.text('Name'),
    type,
    collection: collection || (kind !== null && kind !== 'None'),
    ...readFacets(element),
    defaultValue: element.optionalText('DefaultValue') ?? element.optionalText('Default'),
    concurrency: element.optionalText('ConcurrencyMode') === 'Fixed',
    sap: element.sap(),
  };
}

export function readFacets(element: EdmElement): EdmFacets {
  return {
    nullable: element.flag('Nullable', true),
    maxLength: element.countOr('MaxLength', 'max'),
    fixedLength: element.flag('FixedLength', false),
    precision: element.count('Precision'),
    scale: element.countOr('Scale', 'variable'),
  };
}

/** `Collection(X)` is a list of X. */
export function typeName(text: string): EdmTypeName {
  const item = /^Collection\((.+)\)$/.exec(text)?.[1];
  return { type: item ?? text, collection: item !== undefined };
}
