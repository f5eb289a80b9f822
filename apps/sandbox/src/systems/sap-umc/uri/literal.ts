import type { Property } from '../model/service-model.js';
import { badRequest } from '../sap-error.js';
import type { Token } from './tokens.js';

/** A constant of the URI: `'text'`, `12.5M`, `true`, `datetime'2020-01-31T00:00:00'`, `guid'…'`, `null`. */
export interface Literal {
  readonly type: 'string' | 'number' | 'boolean' | 'datetime' | 'guid' | 'null';
  /** Text; a date and time as `YYYY-MM-DDTHH:MM:SS`, a GUID in capitals. */
  readonly value: string | boolean | null;
}

const DATETIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2})?(?:\.0+)?$/;
const GUID = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i;

/** @returns undefined when the token is no constant. @throws SapError 400 for a constant that is none of its type */
export function literalOf(token: Token): Literal | undefined {
  if (token.kind === 'string') return { type: 'string', value: token.text };
  if (token.kind === 'number') return { type: 'number', value: token.text };
  if (token.kind === 'typed') return typedLiteral(token);
  if (token.kind !== 'name') return undefined;
  if (token.text === 'null') return { type: 'null', value: null };
  return token.text === 'true' || token.text === 'false'
    ? { type: 'boolean', value: token.text === 'true' }
    : undefined;
}

function typedLiteral({ prefix, text, position }: Token): Literal {
  if (prefix === 'datetime') {
    const [, minutes, seconds = ':00'] = DATETIME.exec(text) ?? [];
    if (minutes !== undefined && !Number.isNaN(Date.parse(`${minutes}${seconds}Z`))) {
      return { type: 'datetime', value: `${minutes}${seconds}` };
    }
  }
  if (prefix === 'guid' && GUID.test(text)) return { type: 'guid', value: text.toUpperCase() };
  throw badRequest(`Ungültiges Literal an Position ${position}`);
}

const LITERAL_TYPES: Readonly<Record<string, Literal['type']>> = {
  'Edm.String': 'string',
  'Edm.Boolean': 'boolean',
  'Edm.DateTime': 'datetime',
  'Edm.Decimal': 'number',
  'Edm.Guid': 'guid',
};

/** The type that a constant must have to be compared with that property; undefined for a complex one. */
export function literalTypeFor(property: Property): Literal['type'] | undefined {
  return typeof property.type === 'string' ? LITERAL_TYPES[property.type] : undefined;
}
