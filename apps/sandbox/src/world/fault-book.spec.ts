import { describe, expect, it } from '@jest/globals';
import { FaultBook, TooManyFaults } from './fault-book.js';
import { ALWAYS_DOWN } from './personas.js';

describe('FaultBook', () => {
  it('prefers the fault of a household and system to one of a household, of a system, of all', () => {
    const book = new FaultBook();
    book.order({ kind: 'hang', system: null, household: null });
    expect(book.find('till', 2)?.kind).toBe('hang');
    book.order({ kind: 'reset', system: 'till', household: null });
    expect(book.find('till', 2)?.kind).toBe('reset');
    book.order({ kind: '500', system: null, household: 2 });
    expect(book.find('till', 2)?.kind).toBe('500');
    book.order({ kind: 'garbage', system: 'till', household: 2 });
    expect(book.find('till', 2)?.kind).toBe('garbage');
    expect(book.find('hafas', 3)?.kind).toBe('hang');
  });

  it('ends a counted fault with its last request', () => {
    const book = new FaultBook();
    const fault = { kind: 'hang', system: 'till', household: 2, count: 2 } as const;
    book.order(fault);
    book.spend(fault);
    expect(book.left(fault)).toBe(1);
    expect(book.find('till', 2)).toBe(fault);
    book.spend(fault);
    expect(book.find('till', 2)).toBeUndefined();
  });

  it('keeps a fault for reading requests beside one for modifying requests, and prefers them to one for all', () => {
    const book = new FaultBook();
    const scope = { system: 'till', household: 2 };
    book.order({ kind: 'hang', ...scope });
    book.order({ kind: 'cut', after: 'effect', methods: 'modifying', ...scope });
    expect(book.find('till', 2, true)?.kind).toBe('cut');
    expect(book.find('till', 2, false)?.kind).toBe('hang');
    book.order({ kind: 'reset', methods: 'reading', ...scope });
    expect(book.find('till', 2, true)?.kind).toBe('cut');
    expect(book.find('till', 2, false)?.kind).toBe('reset');
  });

  it('leaves public data alone when only a household is disturbed', () => {
    const book = new FaultBook();
    book.order({ kind: 'hang', system: 'wodis', household: 2 });
    expect(book.find('wodis', null)).toBeUndefined();
  });

  it('keeps one fault for each system and household, the newest', () => {
    const book = new FaultBook();
    book.order({ kind: 'hang', system: 'till', household: 2 });
    book.order({ kind: 'latency', system: 'till', household: 2, milliseconds: 5 });
    expect(book.list().filter((fault) => fault.household === 2)).toEqual([
      { kind: 'latency', system: 'till', household: 2, milliseconds: 5 },
    ]);
  });

  it('ends only the faults of the given scope', () => {
    const book = new FaultBook();
    book.order({ kind: 'hang', system: 'till', household: 2 });
    book.order({ kind: 'hang', system: 'till', household: 3 });
    book.order({ kind: 'hang', system: 'wodis', household: 3 });
    book.end({ system: 'till', household: 3 });
    expect(book.find('till', 3)).toBeUndefined();
    book.end({ household: 3 });
    expect(book.find('wodis', 3)).toBeUndefined();
    expect(book.find('till', 2)?.kind).toBe('hang');
    book.end({ system: 'till' });
    expect(book.find('till', 2)).toBeUndefined();
  });

  it('never ends the standing fault', () => {
    const book = new FaultBook();
    book.order({ kind: 'latency', system: 'sap-umc', household: ALWAYS_DOWN, milliseconds: 1 });
    expect(book.find('sap-umc', ALWAYS_DOWN)?.kind).toBe('500');
    book.end();
    expect(book.find('sap-umc', ALWAYS_DOWN)?.kind).toBe('500');
    expect(book.find('tenancy', ALWAYS_DOWN)).toBeUndefined();
  });

  it('refuses more faults than it can keep', () => {
    const book = new FaultBook();
    for (let household = 1; household <= 1000; household += 1) book.order({ kind: 'hang', system: 'till', household });
    expect(() => book.order({ kind: 'hang', system: 'till', household: 1001 })).toThrow(TooManyFaults);
    expect(() => book.order({ kind: 'reset', system: 'till', household: 1 })).not.toThrow();
  });
});
