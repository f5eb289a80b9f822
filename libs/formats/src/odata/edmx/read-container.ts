import type { EdmElement } from './edm-element.js';
import type { EdmAssociationSet, EdmContainer, EdmEntitySet, EdmFunctionImport, EdmParameter } from './edm-model.js';
import { readFacets, typeName } from './read-type.js';

export function readContainer(element: EdmElement): EdmContainer {
  return {
    name: element.text('Name'),
    isDefault: element.dataServiceFlag('IsDefaultEntityContainer'),
    entitySets: element.each('EntitySet', readEntitySet),
    associationSets: element.each('AssociationSet', readAssociationSet),
    functionImports: element.each('FunctionImport', readFunctionImport),
    sap: element.sap(),
  };
}

function readEntitySet(element: EdmElement): EdmEntitySet {
  return { name: element.text('Name'), entityType: element.text('EntityType'), sap: element.sap() };
}

function readAssociationSet(element: EdmElement): EdmAssociationSet {
  return {
    name: element.text('Name'),
    association: element.text('Association'),
    ends: element.children('End').map((end) => ({ role: end.optionalText('Role'), entitySet: end.text('EntitySet') })),
    sap: element.sap(),
  };
}

function readFunctionImport(element: EdmElement): EdmFunctionImport {
  const returns = element.optionalText('ReturnType');
  return {
    name: element.text('Name'),
    returns: returns === null ? null : typeName(returns),
    entitySet: element.optionalText('EntitySet'),
    httpMethod: element.dataServiceText('HttpMethod'),
    parameters: element.each('Parameter', readParameter),
    sap: element.sap(),
  };
}

function readParameter(element: EdmElement): EdmParameter {
  return {
    name: element.text('Name'),
    ...typeName(element.text('Type')),
    ...readFacets(element),
    mode: element.optionalText('Mode') ?? 'In',
    sap: element.sap(),
  };
}
