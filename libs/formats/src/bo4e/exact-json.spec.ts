import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JsonNumber, parseExactJson, type ExactJson } from './exact-json.js';
import { isList, isObject } from './object-fields.js';

const parse = (text: string): ExactJson => parseExactJson(Buffer.from(text));

/** With floats for numbers, as the platform's parser gives them. */
function withFloats(value: ExactJson): unknown {
  if (value instanceof JsonNumber) return Number(value.literal);
  if (isList(value)) return value.map(withFloats);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withFloats(each)]));
}

function attempt(read: () => unknown): string {
  try {
    return JSON.stringify(read());
  } catch {
    return 'refused';
  }
}

describe('parseExactJson', () => {
  it('keeps numbers as they were written', () => {
    expect(parse('[1.10, -0, 12345678901234567890, 2E+5]')).toEqual(
      ['1.10', '-0', '12345678901234567890', '2E+5'].map((literal) => new JsonNumber(literal)),
    );
  });

  it('reads what the platform reads', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(undefined, 2), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        expect(withFloats(parse(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses what the platform refuses', () => {
    const signs = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '1',
      '.',
      'e',
      '-',
      ' ',
      'null',
      '"a"',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        expect(attempt(() => withFloats(parse(text)))).toBe(attempt(() => JSON.parse(text)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives objects without prototype, so any name is only a name', () => {
    const value = parse('{"__proto__":{"a":true}}');
    expect(isObject(value) && Object.keys(value)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(null);
  });
});
