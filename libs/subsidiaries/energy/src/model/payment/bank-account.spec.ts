import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Principal } from '#lib/kernel';
import { expectMaySeeIban, maskedIban } from './bank-account.js';

describe('maskedIban', () => {
  it('shows the country and the last four characters', () => {
    expect(maskedIban('DE31999123457100000001')).toBe('DE•• •••• •••• •••• ••00 01');
  });

  it('hides short numbers as a whole', () => {
    expect(maskedIban('xxx4567')).toBe('•••• •••');
    expect(maskedIban('')).toBe('');
  });

  it('never shows more than six characters, and always as many places as there are', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9]{0,34}$/), (iban) => {
        const shown = maskedIban(iban).replaceAll(' ', '');
        expect(shown).toHaveLength(iban.length);
        expect(shown.replaceAll('•', '').length).toBeLessThanOrEqual(6);
      }),
    );
  });
});

describe('an IBAN in full', () => {
  const now = 1000;
  const customer = (stepUpUntil?: number): Principal => ({
    kind: 'customer',
    subject: 's',
    expiresAt: 9,
    ...(stepUpUntil !== undefined && { stepUpUntil }),
  });

  it('is for customers whose second factor is fresh', () => {
    expect(() => expectMaySeeIban(customer(1001), now)).not.toThrow();
    for (const stepUpUntil of [undefined, 0, 1000]) {
      expect(() => expectMaySeeIban(customer(stepUpUntil), now)).toThrow(
        expect.objectContaining({ code: 'STEP_UP_REQUIRED' }),
      );
    }
  });

  it('is for nobody else, whatever they prove', () => {
    const agent: Principal = {
      kind: 'agent',
      subject: 'a',
      expiresAt: 9,
      stepUpUntil: 2000,
      subsidiary: 'ENERGY',
      role: 'service',
      mandate: null,
    };
    const delegate: Principal = { kind: 'delegate', clientId: 'c', role: 'sales', customerId: '1', scopes: [] };
    for (const principal of [agent, delegate, { kind: 'anonymous' } as const]) {
      expect(() => expectMaySeeIban(principal, now)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    }
  });
});
