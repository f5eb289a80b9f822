import { functionsOf } from '../read-function.js';
import { ACCOUNT_SEARCH, searchParameters } from '../search-accounts.js';
import type { EntityType, Navigation, Property, ServiceModel } from '../model/service-model.js';

/** What SAP's own annotations say: instalment plans are changed although they are not `updatable`. */
const uses = ({ creatable }: EntityType): string =>
  `sap:creatable="${creatable}" sap:updatable="false" sap:deletable="false"`;

/** The service's `$metadata`: EDMX 1.0 with SAP's annotations, made from the same table as the answers. */
export function metadata(service: ServiceModel): string {
  const types = [...service.types.values()];
  const relations = types.flatMap((from) => [...from.navigations.values()].map((to) => ({ from, to })));
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx"',
    ' xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"',
    ' xmlns:sap="http://www.sap.com/Protocols/SAPData">',
    '<edmx:DataServices m:DataServiceVersion="2.0">',
    `<Schema Namespace="${service.name}" xml:lang="de" sap:schema-version="1"`,
    ' xmlns="http://schemas.microsoft.com/ado/2008/09/edm">',
    ...types.map((type) => typeElement(service, type)),
    ...relations.map(({ from, to }) => association(service, from, to)),
    `<EntityContainer Name="${service.name}_Entities" m:IsDefaultEntityContainer="true">`,
    ...[...service.sets].map(
      ([set, type]) => `<EntitySet Name="${set}" EntityType="${service.name}.${type.name}" ${uses(type)}/>`,
    ),
    ...relations.map(({ from, to }) => associationSet(service, from, to)),
    ...functionsOf(service).map(
      ({ name, returns, parameter, changesOn, takesProduct }) =>
        `<FunctionImport Name="${name}" ReturnType="${service.name}.${returns}"` +
        ` m:HttpMethod="${changesOn === undefined ? 'GET' : 'POST'}"><Parameter` +
        ` Name="${parameter.name}" Type="Edm.String" Mode="In" MaxLength="${parameter.maxLength}"/>` +
        (changesOn === undefined
          ? ''
          : `<Parameter Name="${changesOn}" Type="Edm.DateTime" Mode="In" Precision="0"/>`) +
        (takesProduct ? '<Parameter Name="NewProductID" Type="Edm.String" Mode="In" MaxLength="40"/>' : '') +
        '</FunctionImport>',
    ),
    accountSearch(service),
    '</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>',
  ].join('');
}

function accountSearch(service: ServiceModel): string {
  const parameters = Object.entries(searchParameters(service)).map(
    ([name, length]) => `<Parameter Name="${name}" Type="Edm.String" Mode="In" MaxLength="${length}"/>`,
  );
  const returns = `ReturnType="Collection(${service.name}.Account)" EntitySet="Accounts" m:HttpMethod="GET"`;
  return `<FunctionImport Name="${ACCOUNT_SEARCH}" ${returns}>${parameters.join('')}</FunctionImport>`;
}

function typeElement(service: ServiceModel, type: EntityType): string {
  const properties = [...type.properties.values()].map((property) => propertyElement(service, property)).join('');
  if (type.set === null) return `<ComplexType Name="${type.name}">${properties}</ComplexType>`;
  const keys = type.keys.map((key) => `<PropertyRef Name="${key}"/>`).join('');
  const navigations = [...type.navigations.values()].map((to) => navigationElement(service, type, to)).join('');
  const stream = type.hasStream ? ' m:HasStream="true"' : '';
  return `<EntityType Name="${type.name}"${stream} sap:content-version="1"><Key>${keys}</Key>${properties}${navigations}</EntityType>`;
}

function propertyElement(service: ServiceModel, property: Property): string {
  const type = typeof property.type === 'string' ? property.type : `${service.name}.${property.type.complex}`;
  const facets = [
    property.nullable ? '' : ' Nullable="false"',
    property.maxLength === undefined ? '' : ` MaxLength="${property.maxLength}"`,
    property.scale === undefined ? '' : ` Precision="31" Scale="${property.scale}"`,
    type === 'Edm.DateTime' ? ' Precision="0"' : '',
  ];
  return `<Property Name="${property.name}" Type="${type}"${facets.join('')}/>`;
}

function navigationElement(service: ServiceModel, from: EntityType, to: Navigation): string {
  const [name, here, there] = names(from, to);
  const ends = `FromRole="${here}" ToRole="${there}"`;
  return `<NavigationProperty Name="${to.name}" Relationship="${service.name}.${name}" ${ends}/>`;
}

function association(service: ServiceModel, from: EntityType, to: Navigation): string {
  const [name, here, there] = names(from, to);
  const start = `<End Type="${service.name}.${from.name}" Multiplicity="1" Role="${here}"/>`;
  const end = `<End Type="${service.name}.${to.to}" Multiplicity="${to.many ? '*' : '0..1'}" Role="${there}"/>`;
  return `<Association Name="${name}" sap:content-version="1">${start}${end}</Association>`;
}

function associationSet(service: ServiceModel, from: EntityType, to: Navigation): string {
  const [name, here, there] = names(from, to);
  const set = service.types.get(to.to)?.set ?? '';
  const ends = `<End EntitySet="${from.set}" Role="${here}"/><End EntitySet="${set}" Role="${there}"/>`;
  return `<AssociationSet Name="${name}Set" Association="${service.name}.${name}">${ends}</AssociationSet>`;
}

function names(from: EntityType, to: Navigation): [association: string, here: string, there: string] {
  const name = `${from.name}_${to.name}`;
  return [name, `FromRole_${name}`, `ToRole_${name}`];
}
