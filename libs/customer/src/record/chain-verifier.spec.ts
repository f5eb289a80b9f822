import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Instant } from '#lib/kernel';
import { chainStart, seal, type AccessEntry, type SealedEntry } from './access-entry.js';
import { ChainVerifier, type ChainFault } from './chain-verifier.js';

const CUSTOMER = 'c1';

function chainOf(count: number): SealedEntry[] {
  const chain: SealedEntry[] = [];
  for (let seq = 1; seq <= count; seq += 1) {
    const entry: AccessEntry = {
      customerId: CUSTOMER,
      at: `2026-11-22T12:00:${String(seq).padStart(2, '0')}.000Z` as Instant,
      actorKind: 'agent',
      actor: 'agent-7',
      subsidiary: 'ENERGY',
      operation: 'energy.contracts',
      purpose: 'COUNTER_ADVICE',
      reason: 'Umzug',
    };
    chain.push(seal(entry, seq, chain.at(-1)?.digest ?? chainStart(CUSTOMER)));
  }
  return chain;
}

function faults(chain: readonly SealedEntry[]): ChainFault[] {
  const verifier = new ChainVerifier(CUSTOMER);
  return chain.flatMap((entry) => verifier.check(entry) ?? []);
}

describe('the record of access', () => {
  it('is whole as it was written', () => {
    expect(faults(chainOf(20))).toEqual([]);
  });

  it('betrays any changed character of any fact, at its place', () => {
    const place = fc.integer({ min: 0, max: 9 });
    const fact = fc.constantFrom(
      'at',
      'actorKind',
      'actor',
      'subsidiary',
      'operation',
      'purpose',
      'reason',
      'digest',
      'previous',
    );
    fc.assert(
      fc.property(place, fact, fc.nat(), (index, name, position) => {
        const chain = chainOf(10);
        const text = chain[index]![name as 'actor'];
        const at = position % text.length;
        const changed = text.slice(0, at) + (text[at] === 'x' ? 'y' : 'x') + text.slice(at + 1);
        chain[index] = { ...chain[index]!, [name]: changed };
        expect(faults(chain)[0]).toEqual({ customerId: CUSTOMER, seq: index + 1, reason: 'changed' });
      }),
    );
  });

  it('betrays a removed, a moved and a doubled entry', () => {
    const [first, second, third] = chainOf(3) as [SealedEntry, SealedEntry, SealedEntry];
    expect(faults([first, third])[0]?.reason).toBe('missing');
    expect(faults([second, third])[0]?.reason).toBe('missing');
    expect(faults([first, first])[0]?.reason).toBe('out of order');
  });

  it('betrays an entry that comes from another customer', () => {
    const foreign = seal({ ...chainOf(1)[0]!, customerId: 'c2' }, 1, chainStart('c2'));
    expect(faults([foreign])[0]?.reason).toBe('out of order');
    expect(faults([{ ...foreign, customerId: CUSTOMER }])[0]?.reason).toBe('changed');
  });
});
