import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Contributions, CustomerNumbers } from '#lib/customer';
import { AppError, type AgentPrincipal, type RequestScope } from '#lib/kernel';
import type { Store } from '#lib/store';
import { openScope, TestClock } from '#lib/testing';
import { MandateProofs, type MandateProof } from './mandate-proofs.js';

const AGENT: AgentPrincipal = {
  kind: 'agent',
  subject: 'a',
  subsidiary: 'SEA',
  role: 'service',
  mandate: null,
  expiresAt: Number.MAX_SAFE_INTEGER,
};
const HOLDERS: Readonly<Record<string, string[]>> = { 'SEA 1': ['kim'], 'SEA 2': ['kim', 'otto'], 'POND 1': ['lena'] };

type Find = (card: string, scope: RequestScope) => Promise<string | null>;

describe('proofs by number and by card', () => {
  let finders: { subsidiary: string; finder: { findAccount: Find } }[];
  let proofs: MandateProofs;
  const scope = openScope(new TestClock(), { principal: AGENT });

  beforeEach(() => {
    finders = [];
    const numbers = {
      normalise: (_: string, number: string) => (/^\d+$/.test(number.trim()) ? String(Number(number)) : undefined),
      listHolders: (subsidiary: string, account: string) => Promise.resolve(HOLDERS[`${subsidiary} ${account}`] ?? []),
    } as unknown as CustomerNumbers;
    const contributions = { listCardFinders: () => finders } as unknown as Contributions;
    proofs = new MandateProofs({} as Store, numbers, contributions, new TestClock());
  });

  const number = (subsidiary: string, text: string, idDocumentSeen = true): MandateProof => ({
    kind: 'customer-number',
    subsidiary,
    number: text,
    idDocumentSeen,
  });
  const prove = (proof: MandateProof) => proofs.prove(proof, AGENT, scope);
  const card = (cardNumber = 'c') => prove({ kind: 'card-number', cardNumber });
  const addFinder = (subsidiary: string, findAccount: Find) => finders.push({ subsidiary, finder: { findAccount } });

  it('show the one customer who holds the number', async () => {
    expect(await prove(number('SEA', ' 0001 '))).toEqual({ customerId: 'kim', meant: ['kim'] });
  });

  it.each([
    ['of several people', number('SEA', '2'), ['kim', 'otto']],
    ['of nobody', number('SEA', '3'), []],
    ['that is none', number('SEA', 'x'), []],
    ['of another company', number('POND', '1'), []],
    ['without a document', number('SEA', '1', false), []],
  ])('show nobody by a number %s', async (_, proof, meant) => {
    expect(await prove(proof)).toEqual({ customerId: null, meant });
  });

  it('show whoever holds the card, in whichever company', async () => {
    addFinder('SEA', () => Promise.resolve(null));
    addFinder('POND', () => Promise.resolve('1'));
    expect((await card()).customerId).toBe('lena');
  });

  it('do not tell by a card people apart who share the account, or different people in two companies', async () => {
    addFinder('SEA', () => Promise.resolve('2'));
    expect((await card()).customerId).toBeNull();
    finders = [];
    addFinder('SEA', () => Promise.resolve('1'));
    addFinder('POND', () => Promise.resolve('1'));
    expect(await card()).toEqual({ customerId: null, meant: ['kim', 'lena'] });
  });

  it('fail with the system only where nobody else knows the card', async () => {
    addFinder('SEA', () => Promise.reject(new AppError('UPSTREAM_UNAVAILABLE', 'down')));
    await expect(card()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    addFinder('POND', () => Promise.resolve('1'));
    expect((await card()).customerId).toBe('lena');
  });

  it('take a system that refuses the card as one that does not know it', async () => {
    addFinder('SEA', () => Promise.reject(new AppError('UPSTREAM_REJECTED', 'no such card')));
    expect(await card()).toEqual({ customerId: null, meant: [] });
  });

  it('leave no trace of the systems asked in the answer of the agent', async () => {
    const seen: RequestScope[] = [];
    addFinder('SEA', (_, own) => {
      seen.push(own);
      return Promise.resolve(null);
    });
    await card();
    expect(seen[0]).not.toBe(scope);
  });

  it('count two spellings of a number, a card or a code as one', () => {
    const spell = (proof: MandateProof): string => JSON.stringify(proofs.spell(proof));
    expect(spell(number('SEA', ' 0001 '))).toBe(spell(number('SEA', '1')));
    expect(spell({ kind: 'phone-secret', subsidiary: 'SEA', number: '01', secret: 'x' })).toBe(
      spell(number('SEA', '1')),
    );
    expect(spell({ kind: 'card-number', cardNumber: '04:b7' })).toBe(
      spell({ kind: 'card-number', cardNumber: '04B7' }),
    );
    const codes = [' abcd-efgh', 'ABCDEFGH'].map((code) => spell({ kind: 'handover-code', code }));
    expect(codes[0]).toBe(codes[1]);
  });
});
