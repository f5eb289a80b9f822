import type { Omission } from '#lib/kernel';
import { parseXml, type XmlElement } from '../../xml/xml-element.js';
import { malformed } from '../../wire/wire-object.js';
import { EdmElement } from './edm-element.js';
import type { EdmAssociation, EdmModel, EdmNavigation, EdmSchema } from './edm-model.js';
import { readAssociation } from './read-association.js';
import { readContainer } from './read-container.js';
import { readComplexType, readEntityType, readEnumType, type UnresolvedEntityType } from './read-type.js';

const EDMX_NAMESPACE = 'http://schemas.microsoft.com/ado/2007/06/edmx';
/** The schema language of OData 1 to 3 came in several editions; that of OData 4 is another one. */
const EDM_NAMESPACE = /^http:\/\/schemas\.microsoft\.com\/ado\/\d{4}\/\d{2}\/edm$/;

type UnresolvedSchema = Omit<EdmSchema, 'entityTypes'> & { readonly entityTypes: readonly UnresolvedEntityType[] };

/**
 * Reads the `$metadata` of an OData service of version 2. What is malformed inside costs itself only and is reported
 * in `omissions`; vocabulary annotations of OData 4 are ignored.
 * @throws AppError UPSTREAM_MALFORMED when it is no such document
 */
export function readEdmx(bytes: Uint8Array): EdmModel {
  const root = parseXml(bytes);
  if (root.name !== 'Edmx' || root.namespace !== EDMX_NAMESPACE) throw malformed('$', 'is not EDMX 1.0');
  const omissions: Omission[] = [];
  const services = new EdmElement(root, 'Edmx', omissions).child('DataServices');
  if (services === null) throw malformed('Edmx.DataServices', 'is missing');
  const schemas = schemasIn(root, omissions);
  if (schemas.length === 0) throw malformed('Edmx.DataServices.Schema', 'is missing');
  const associations = associationsByName(schemas);
  return {
    dataServiceVersion: services.dataServiceText('DataServiceVersion'),
    schemas: schemas.map((schema) => resolve(schema, associations, omissions)),
    omissions,
  };
}

/** Schemas have a namespace of their own, so they are not found as children of the same one. */
function schemasIn(root: XmlElement, omissions: Omission[]): readonly UnresolvedSchema[] {
  const services = root.children.filter(({ name }) => name === 'DataServices');
  const elements = services
    .flatMap(({ children }) => children)
    .filter(({ name, namespace }) => name === 'Schema' && EDM_NAMESPACE.test(namespace ?? ''));
  return elements.map((element, index) => readSchema(new EdmElement(element, `Schema[${index}]`, omissions)));
}

function readSchema(element: EdmElement): UnresolvedSchema {
  return {
    namespace: element.text('Namespace'),
    alias: element.optionalText('Alias'),
    entityTypes: element.each('EntityType', readEntityType),
    complexTypes: element.each('ComplexType', readComplexType),
    enumTypes: element.each('EnumType', readEnumType),
    associations: element.each('Association', readAssociation),
    containers: element.each('EntityContainer', readContainer),
    sap: element.sap(),
  };
}

function associationsByName(schemas: readonly UnresolvedSchema[]): ReadonlyMap<string, EdmAssociation> {
  return new Map(
    schemas.flatMap(({ namespace, alias, associations }) =>
      associations.flatMap((association) =>
        [namespace, alias].map((prefix) => [`${prefix}.${association.name}`, association] as const),
      ),
    ),
  );
}

function resolve(
  schema: UnresolvedSchema,
  associations: ReadonlyMap<string, EdmAssociation>,
  omissions: Omission[],
): EdmSchema {
  const entityTypes = schema.entityTypes.map((type) => ({
    ...type,
    navigations: type.navigations.map(({ path, ...navigation }): EdmNavigation => {
      const association = associations.get(navigation.relationship);
      const end = association?.ends.find(({ role }) => role === navigation.toRole);
      if (end === undefined) omissions.push({ path, reason: 'leads along an association that is not declared' });
      return { ...navigation, target: end === undefined ? null : { type: end.type, multiplicity: end.multiplicity } };
    }),
  }));
  return { ...schema, entityTypes };
}
