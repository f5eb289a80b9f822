import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Principal } from '#lib/kernel';
import { boundTo, readCapability, signCapability, type Capability } from './capability-token.js';

const KEY = Buffer.alloc(32, 3);
const NOW = 1_000_000;
const capability: Capability = {
  kind: 'energy.invoice-pdf',
  item: '03100000302610',
  customerId: 'e3a8eb6b2200b2e2c66282617aee71b2',
  bound: 'x'.repeat(43),
  bare: false,
  expiresAt: NOW + 60_000,
};

describe('a signed capability', () => {
  it('comes back as it was given, until its time is over', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.boolean(), (item, kind, bare) => {
        const given = { ...capability, item: item.slice(0, 50), kind: kind.slice(0, 50), bare };
        const token = signCapability(KEY, given);
        expect(readCapability(KEY, token, NOW)).toEqual(given);
      }),
    );
    const token = signCapability(KEY, capability);
    expect(readCapability(KEY, token, NOW + 59_999)).toEqual(capability);
    expect(readCapability(KEY, token, NOW + 60_000)).toBeUndefined();
  });

  it('is none when a single character was changed, added or left out', () => {
    const token = signCapability(KEY, capability);
    const character = fc.constantFrom(...'ABCxyz019-_.=/ ');
    fc.assert(
      fc.property(fc.nat(token.length - 1), character, (at, other) => {
        const changed = token.slice(0, at) + other + token.slice(at + 1);
        fc.pre(changed !== token);
        expect(readCapability(KEY, changed, NOW)).toBeUndefined();
        expect(readCapability(KEY, token.slice(0, at) + token.slice(at + 1), NOW)).toBeUndefined();
        expect(readCapability(KEY, token.slice(0, at) + other + token.slice(at), NOW)).toBeUndefined();
      }),
    );
  });

  it('is none with another key, without a signature, or at any length', () => {
    const token = signCapability(KEY, capability);
    expect(readCapability(Buffer.alloc(32, 4), token, NOW)).toBeUndefined();
    for (const text of ['', '.', token.split('.')[0]!, `${token}.`, 'A'.repeat(100_000)]) {
      expect(readCapability(KEY, text, NOW)).toBeUndefined();
    }
  });
});

describe('boundTo', () => {
  const customer = (subject: string, sessionId?: string): Principal => ({
    kind: 'customer',
    subject,
    expiresAt: NOW,
    ...(sessionId !== undefined && { sessionId }),
  });

  it('tells sessions, people and kinds of callers apart, and names nobody', () => {
    const agent: Principal = {
      ...customer('lena'),
      kind: 'agent',
      subsidiary: 'ENERGY',
      role: 'service',
      mandate: null,
    } as Principal;
    const callers = [customer('lena'), customer('aylin'), customer('lena', 's1'), customer('lena', 's2'), agent];
    const bound = callers.map((caller) => boundTo(KEY, caller));
    expect(new Set(bound).size).toBe(callers.length);
    expect(bound.join(' ')).not.toMatch(/lena|s1/);
    expect(boundTo(KEY, customer('lena', 's1'))).toBe(bound[2]);
  });

  it('is nothing for callers who get no capabilities', () => {
    const delegate: Principal = { kind: 'delegate', clientId: 'c', role: 'sales', customerId: '1', scopes: [] };
    expect([{ kind: 'anonymous' } as const, delegate].map((caller) => boundTo(KEY, caller))).toEqual([
      undefined,
      undefined,
    ]);
  });
});
