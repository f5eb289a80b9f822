import { describe, expect, it } from '@jest/globals';
import { readODataPage } from './odata-page.js';

describe('readODataPage', () => {
  it('reads a set of version 2 and the older form without results', () => {
    expect(readODataPage({ d: { results: [1, 2] } })).toEqual({
      rows: [1, 2],
      path: 'd.results',
      skipToken: null,
      count: null,
    });
    expect(readODataPage({ d: [1] })).toEqual({ rows: [1], path: 'd', skipToken: null, count: null });
  });

  it('reads the count as text or number', () => {
    expect(readODataPage({ d: { __count: '42', results: [] } }).count).toBe(42);
    expect(readODataPage({ d: { __count: 42, results: [] } }).count).toBe(42);
    expect(() => readODataPage({ d: { __count: '-1', results: [] } })).toThrow('d.__count');
  });

  it('takes only the token of the next address', () => {
    const next = 'https://elsewhere.example/sap/Invoices?$format=json&$skiptoken=a%2Fb%20100';
    expect(readODataPage({ d: { results: [], __next: next } }).skipToken).toBe('a/b 100');
    expect(() => readODataPage({ d: { results: [], __next: 'https://elsewhere.example/' } })).toThrow('d.__next');
  });

  it.each([[null], [{}], [{ d: null }], [{ d: {} }], [{ d: { results: null } }], [[]]])('refuses %j', (document) => {
    expect(() => readODataPage(document)).toThrow(expect.objectContaining({ code: 'UPSTREAM_MALFORMED' }));
  });
});
