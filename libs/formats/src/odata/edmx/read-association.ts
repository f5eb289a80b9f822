import type { EdmElement } from './edm-element.js';
import type { EdmAssociation, EdmConstraint, EdmConstraintRole, EdmEnd, Multiplicity } from './edm-model.js';

const MULTIPLICITIES: ReadonlySet<string> = new Set(['0..1', '1', '*'] satisfies Multiplicity[]);

export function readAssociation(element: EdmElement): EdmAssociation {
  const name = element.text('Name');
  const ends = element.children('End').map(readEnd);
  if (ends.length !== 2) throw element.wrong('End', 'are not two');
  return { name, ends, constraint: readConstraint(element.child('ReferentialConstraint')) };
}

function readEnd(element: EdmElement): EdmEnd {
  const type = element.text('Type');
  const multiplicity = element.text('Multiplicity');
  if (!isMultiplicity(multiplicity)) throw element.wrong('Multiplicity', 'is none of 0..1, 1 and *');
  // Without a role the end goes by the name of its type.
  return { role: element.optionalText('Role') ?? type.slice(type.lastIndexOf('.') + 1), type, multiplicity };
}

function isMultiplicity(text: string): text is Multiplicity {
  return MULTIPLICITIES.has(text);
}

function readConstraint(element: EdmElement | null): EdmConstraint | null {
  const principal = element?.child('Principal') ?? null;
  const dependent = element?.child('Dependent') ?? null;
  if (principal === null || dependent === null) return null;
  return { principal: readRole(principal), dependent: readRole(dependent) };
}

function readRole(element: EdmElement): EdmConstraintRole {
  return {
    role: element.text('Role'),
    properties: element.children('PropertyRef').map((reference) => reference.text('Name')),
  };
}
