import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '#lib/kernel';
import { readManifest } from './read-manifest.js';

const outcome = (text: string): unknown => {
  try {
    return readManifest(text);
  } catch (error) {
    return error instanceof AppError ? `${error.code} ${error.details.path} ${error.details.reason}` : error;
  }
};

describe('a manifest of documents', () => {
  it('is read as the client preset writes it', () => {
    expect(outcome('{"a94a8fe5ccb19ba6": "query A { viewer { kind } }"}')).toEqual([
      { id: 'a94a8fe5ccb19ba6', body: 'query A { viewer { kind } }' },
    ]);
  });

  it("is read as Apollo's tool writes it", () => {
    const operation = { id: 'f'.repeat(64), name: 'A', type: 'query', body: '{ viewer { kind } }' };
    const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations: [operation] };
    expect(outcome(JSON.stringify(manifest))).toEqual([{ id: 'f'.repeat(64), body: '{ viewer { kind } }' }]);
  });

  it.each([
    ['[]', 'INVALID_INPUT $ is no JSON object'],
    ['{', 'INVALID_INPUT $ is no JSON object'],
    ['{}', 'INVALID_INPUT $ lists no document'],
    ['{"short": "{ a }"}', 'INVALID_INPUT short.id is no hash'],
    ['{"a94a8fe5ccb19ba6": 7}', 'INVALID_INPUT a94a8fe5ccb19ba6.body is no document'],
    ['{"format": "x", "version": 1}', 'INVALID_INPUT format is not apollo-persisted-query-manifest, version 1'],
    [
      '{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [3]}',
      'INVALID_INPUT operations.0 is no object',
    ],
  ])('like %s is refused with its place', (text, expected) => {
    expect(outcome(text)).toBe(expected);
  });

  it('of any other kind is refused and never harms', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const result = outcome(text);
        return Array.isArray(result) || String(result).startsWith('INVALID_INPUT');
      }),
    );
  });
});
