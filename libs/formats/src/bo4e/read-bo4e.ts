import type { Omission } from '#lib/kernel';
import { malformed, readRows } from '../wire/wire-object.js';
import { MOST_ITEMS, type Notes } from './bo4e-fields.js';
import {
  energiemenge,
  geschaeftspartner,
  marktlokation,
  marktteilnehmer,
  messlokation,
  rechnung,
  vertrag,
  zaehler,
} from './business-objects.js';
import { adresse, type Read } from './components.js';
import { parseExactJson, type ExactJson, type ExactObject } from './exact-json.js';
import { FieldIndex, isList, isObject, plainFields, type PlainJson } from './object-fields.js';

/** Types that are read as such, with the fields by which an object without `boTyp` is known, most telling first. */
const TYPES = {
  VERTRAG: { marks: ['vertragsnummer'], object: vertrag },
  RECHNUNG: { marks: ['rechnungsnummer'], object: rechnung },
  MARKTLOKATION: { marks: ['marktlokationsId'], object: marktlokation },
  MESSLOKATION: { marks: ['messlokationsId'], object: messlokation },
  ZAEHLER: { marks: ['zaehlernummer'], object: zaehler },
  ENERGIEMENGE: { marks: ['energieverbrauch'], object: energiemenge },
  MARKTTEILNEHMER: { marks: ['rollencodenummer'], object: marktteilnehmer },
  GESCHAEFTSPARTNER: { marks: ['name1', 'organisationsname'], object: geschaeftspartner },
  ADRESSE: { marks: ['postleitzahl', 'hausnummer'], object: adresse },
} as const;

type Types = typeof TYPES;
type TypeName = keyof Types;

/** A business object of BO4E, or an address, which systems exchange alone. Another type is kept as plain data. */
export type Bo4eObject =
  | {
      readonly [T in TypeName]: { readonly type: T; readonly path: string; readonly object: Read<Types[T]['object']> };
    }[TypeName]
  | {
      readonly type: 'OTHER';
      readonly path: string;
      readonly boTyp: string;
      readonly fields: Readonly<Record<string, PlainJson>>;
    };

/** The objects of one document in their order. */
export interface Bo4eDocument {
  readonly objects: readonly Bo4eObject[];
  /** Rows left out because they are malformed. */
  readonly omissions: readonly Omission[];
  /** Identifiers that fail their check. Genuine ones do, so they are kept. */
  readonly warnings: readonly Omission[];
}

/**
 * Reads BO4E documents of any edition: one object, a list of them, or an envelope whose fields hold them. An object is
 * known by `boTyp` (`_typ`, or `$type` of .NET) in any case, else by its fields. All fields are optional in the
 * standard; a wrong one spoils the row it stands in, or else the document.
 * @throws AppError UPSTREAM_MALFORMED with path and reason
 */
export function readBo4e(bytes: Uint8Array): Bo4eDocument {
  const document = parseExactJson(bytes);
  const notes: Notes = { omissions: [], warnings: [] };
  const objects = isList(document) ? readList(document, notes) : readFound(candidates(document), notes);
  if (objects.length === 0) {
    const { path, reason } = notes.omissions[0] ?? { path: '$', reason: 'holds no business object' };
    throw malformed(path, reason);
  }
  return { objects, ...notes };
}

function readList(rows: readonly ExactJson[], notes: Notes): readonly Bo4eObject[] {
  if (rows.length > MOST_ITEMS) throw malformed('$', `has more than ${MOST_ITEMS} items`);
  const { value, omissions } = readRows(rows, '$', (row, path) =>
    readFound([{ value: row as ExactJson, path, hint: null }], notes),
  );
  for (const omission of omissions) notes.omissions.push(omission);
  return value.flat();
}

interface Candidate {
  readonly value: ExactJson;
  readonly path: string;
  /** What the envelope says of its content. */
  readonly hint: ExactJson;
}

function readFound(found: readonly Candidate[], notes: Notes): readonly Bo4eObject[] {
  return found.flatMap(({ value, path, hint }) => {
    const type = isObject(value) ? typeOf(value, hint) : null;
    return type === null ? [] : [readObject(value as ExactObject, type, path, notes)];
  });
}

/** The document itself, or the fields of an envelope; `objectName` may name the type of its `input`. */
function candidates(document: ExactJson): readonly Candidate[] {
  if (!isObject(document) || typeOf(document, null) !== null) return [{ value: document, path: '$', hint: null }];
  return Object.entries(document).flatMap(([name, value], index) => {
    const hint = name === 'input' ? (document['objectName'] ?? null) : null;
    // Names of an envelope are not of the standard and could say anything, so most stand in no error.
    const path = /^[A-Za-z]\w{0,40}$/.test(name) ? `$.${name}` : `$[${index}]`;
    if (!isList(value)) return [{ value, path, hint }];
    return value.map((item, at) => ({ value: item, path: `${path}[${at}]`, hint }));
  });
}

/** In capitals; null for what is no business object. */
function typeOf(object: ExactObject, hint: ExactJson): string | null {
  const fields = new FieldIndex(object);
  const declared = [fields.value('boTyp'), object['_typ'], dotNetType(object['$type']), hint];
  const name = declared.find((each) => typeof each === 'string' && /^\w{1,60}$/.test(each));
  if (typeof name === 'string') return name.toUpperCase();
  const known = Object.entries(TYPES).find(([, { marks }]) => marks.some((mark) => fields.keyOf(mark) !== undefined));
  return known?.[0] ?? null;
}

/** `BO4E.BO.Marktlokation, BO4Enet` */
function dotNetType(text: ExactJson | undefined): string | null {
  return (typeof text === 'string' && /^BO4E\.BO\.(\w{1,60})(?:,|$)/.exec(text)?.[1]) || null;
}

function readObject(object: ExactObject, type: string, path: string, notes: Notes): Bo4eObject {
  if (!isKnown(type)) return { type: 'OTHER', path, boTyp: type, fields: plainFields(object) };
  return { type, path, object: TYPES[type].object.read(object, path, notes) } as Bo4eObject;
}

function isKnown(type: string): type is TypeName {
  return Object.hasOwn(TYPES, type);
}
