import type { Omission } from '#lib/kernel';

/** What a service says of itself in `$metadata`: EDMX 1.0 around schemas of OData version 2. */
export interface EdmModel {
  /** `m:DataServiceVersion`, e.g. `2.0`; null when the document leaves it out. */
  readonly dataServiceVersion: string | null;
  readonly schemas: readonly EdmSchema[];
  /** What was left out because it is malformed, and navigations whose association is nowhere declared. */
  readonly omissions: readonly Omission[];
}

/** Annotations of SAP (`sap:label`, `sap:filterable` …) by local name, as they were written. */
export type SapAnnotations = Readonly<Record<string, string>>;

export interface EdmSchema {
  readonly namespace: string;
  readonly alias: string | null;
  readonly entityTypes: readonly EdmEntityType[];
  readonly complexTypes: readonly EdmComplexType[];
  readonly enumTypes: readonly EdmEnumType[];
  readonly associations: readonly EdmAssociation[];
  readonly containers: readonly EdmContainer[];
  readonly sap: SapAnnotations;
}

export interface EdmComplexType {
  readonly name: string;
  readonly properties: readonly EdmProperty[];
  readonly sap: SapAnnotations;
}

export interface EdmEntityType extends EdmComplexType {
  /** Qualified name of the type it inherits key and properties from. */
  readonly baseType: string | null;
  readonly abstract: boolean;
  /** Whether `…/$value` answers a file, e.g. the PDF of an invoice. */
  readonly hasStream: boolean;
  /** Names of the key properties in order; empty where the base type has them. */
  readonly keys: readonly string[];
  readonly navigations: readonly EdmNavigation[];
}

/** Name of a type as written, e.g. `Edm.String` or `ERP_UTILITIES_UMC.Contract`, and whether it is a list of it. */
export interface EdmTypeName {
  readonly type: string;
  readonly collection: boolean;
}

/** Limits of a value. Null where the model names none. */
export interface EdmFacets {
  readonly nullable: boolean;
  /** Most characters or bytes; `max` is the longest the system can store. */
  readonly maxLength: number | 'max' | null;
  readonly fixedLength: boolean;
  readonly precision: number | null;
  readonly scale: number | 'variable' | null;
}

export interface EdmProperty extends EdmTypeName, EdmFacets {
  readonly name: string;
  readonly defaultValue: string | null;
  /** Whether it is part of the ETag (`ConcurrencyMode="Fixed"`). */
  readonly concurrency: boolean;
  readonly sap: SapAnnotations;
}

export interface EdmNavigation {
  readonly name: string;
  readonly relationship: string;
  readonly fromRole: string;
  readonly toRole: string;
  /** Where it leads, from its association; null when that is not declared. */
  readonly target: { readonly type: string; readonly multiplicity: Multiplicity } | null;
  readonly sap: SapAnnotations;
}

export type Multiplicity = '0..1' | '1' | '*';

export interface EdmAssociation {
  readonly name: string;
  readonly ends: readonly EdmEnd[];
  /** Which properties of the dependent end repeat the key of the principal end. */
  readonly constraint: EdmConstraint | null;
}

export interface EdmEnd {
  readonly role: string;
  readonly type: string;
  readonly multiplicity: Multiplicity;
}

export interface EdmConstraint {
  readonly principal: EdmConstraintRole;
  readonly dependent: EdmConstraintRole;
}

export interface EdmConstraintRole {
  readonly role: string;
  readonly properties: readonly string[];
}

export interface EdmEnumType {
  readonly name: string;
  readonly underlyingType: string;
  readonly flags: boolean;
  readonly members: readonly { readonly name: string; readonly value: string | null }[];
}

export interface EdmContainer {
  readonly name: string;
  readonly isDefault: boolean;
  readonly entitySets: readonly EdmEntitySet[];
  readonly associationSets: readonly EdmAssociationSet[];
  readonly functionImports: readonly EdmFunctionImport[];
  readonly sap: SapAnnotations;
}

export interface EdmEntitySet {
  readonly name: string;
  readonly entityType: string;
  readonly sap: SapAnnotations;
}

export interface EdmAssociationSet {
  readonly name: string;
  readonly association: string;
  readonly ends: readonly { readonly role: string | null; readonly entitySet: string }[];
  readonly sap: SapAnnotations;
}

export interface EdmFunctionImport {
  readonly name: string;
  /** Null when it answers nothing. */
  readonly returns: EdmTypeName | null;
  readonly entitySet: string | null;
  /** `m:HttpMethod`; null when the document leaves it out. */
  readonly httpMethod: string | null;
  readonly parameters: readonly EdmParameter[];
  readonly sap: SapAnnotations;
}

export interface EdmParameter extends EdmTypeName, EdmFacets {
  readonly name: string;
  /** `In`, `Out` or `InOut`. */
  readonly mode: string;
  readonly sap: SapAnnotations;
}
