import { literalOf, type Literal } from './uri/literal.js';
import { TokenReader } from './uri/tokens.js';

/** A parameter of a function import as text; undefined when it is missing or of another type. @throws SapError 400 */
export function literalIn(query: string, name: string, type: Literal['type']): string | undefined {
  const text = new URLSearchParams(query).get(name);
  if (text === null) return undefined;
  const reader = new TokenReader(text);
  const literal = literalOf(reader.take());
  return literal?.type === type && reader.atEnd && literal.value !== '' ? String(literal.value) : undefined;
}
