import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { weightedCheckDigit } from './check-digit.js';
import { isIban } from './iban.js';
import { isMarketLocation, isMarketPartnerCode, isMeteringLocation } from './market-location.js';

const tenDigits = fc.integer({ min: 1_000_000_000, max: 9_999_999_999 }).map(String);

/** The German IBAN of an 18-digit account; D and E stand for 13 and 14. */
function withCheckDigits(account: string): string {
  const number = BigInt(`${account}131400`);
  return `DE${String(98n - (number % 97n)).padStart(2, '0')}${account}`;
}

describe('market location', () => {
  it('is valid with exactly one of the ten check digits', () => {
    fc.assert(
      fc.property(tenDigits, (digits) => {
        const valid = [...'0123456789'].filter((digit) => isMarketLocation(digits + digit));
        expect(valid).toEqual([String(weightedCheckDigit(digits))]);
      }),
    );
  });

  it('notices every single wrong digit at an odd place', () => {
    const change = fc.record({
      digits: tenDigits,
      place: fc.constantFrom(0, 2, 4, 6, 8),
      by: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(change, ({ digits, place, by }) => {
        const whole = digits + String(weightedCheckDigit(digits));
        const other = String((Number(whole[place]) + by) % 10);
        expect(isMarketLocation(whole.slice(0, place) + other + whole.slice(place + 1))).toBe(false);
      }),
    );
  });

  it.each(['', '01234567890', '5071234568', '507123456820', '5071234568a', ' 50712345682'])('refuses %p', (text) => {
    expect(isMarketLocation(text)).toBe(false);
  });
});

describe('metering location', () => {
  it('has 33 characters of which the first two name Germany', () => {
    expect(isMeteringLocation('DE0007107743000000000A1B2C3D4E5F6')).toBe(true);
    expect(isMeteringLocation('AT0007107743000000000A1B2C3D4E5F6')).toBe(false);
    expect(isMeteringLocation('DE0007107743000000000a1b2c3d4e5f6')).toBe(false);
    expect(isMeteringLocation('DE0007107743000000000A1B2C3D4E5F')).toBe(false);
  });
});

describe('market partner code', () => {
  it('is valid with exactly one check digit and a known issuer', () => {
    const digits = '990710077100';
    expect(isMarketPartnerCode(digits + String(weightedCheckDigit(digits)))).toBe(true);
    expect(isMarketPartnerCode(digits + String((weightedCheckDigit(digits) + 1) % 10))).toBe(false);
    expect(isMarketPartnerCode('1234567890128')).toBe(false);
  });
});

describe('IBAN', () => {
  it('accepts computed check digits and refuses all others', () => {
    const accounts = fc.stringMatching(/^[1-9]\d{17}$/);
    fc.assert(
      fc.property(accounts, fc.integer({ min: 1, max: 95 }), (account, by) => {
        const iban = withCheckDigits(account);
        const wrong = ((Number(iban.slice(2, 4)) - 2 + by) % 97) + 2;
        expect(isIban(iban)).toBe(true);
        expect(isIban(`DE${String(wrong).padStart(2, '0')}${account}`)).toBe(false);
      }),
    );
  });

  it.each([
    'AT611904300234573201',
    'CH9300762011623852957',
    'FR1420041010050500013M02606',
    'GB29NWBK60161331926819',
    'MT84MALT011000012345MTLCAST001S',
    'NO9386011117947',
  ])('accepts the registry’s example %s, and not one character more or less', (iban) => {
    expect([iban, `${iban}0`, iban.slice(0, -1)].map(isIban)).toEqual([true, false, false]);
  });

  it('has the length of its country, whatever its check digits', () => {
    // Valid modulo 97, but of no country, of a country without IBAN, and of the wrong length.
    const numbers = ['ZZ', 'US', 'AT'].map((country) => {
      const account = '123456789012345678';
      const digits = [...`${account}${country}`].map((sign) => Number.parseInt(sign, 36)).join('');
      return `${country}${String(98n - (BigInt(`${digits}00`) % 97n)).padStart(2, '0')}${account}`;
    });
    expect(numbers.map(isIban)).toEqual([false, false, false]);
  });

  it('has no check digits that the algorithm never gives', () => {
    const account = '830530300071007100';
    expect(['00', '01', '99'].map((digits) => isIban(`DE${digits}${account}`))).toEqual([false, false, false]);
  });

  it('refuses other spellings and lengths', () => {
    const iban = withCheckDigits('830530300071007100');
    expect(isIban(iban)).toBe(true);
    const spellings = ['', 'DE', iban.toLowerCase(), iban.replace(/(.{4})/g, '$1 '), iban.slice(0, -1), `${iban}0`];
    expect(spellings.filter(isIban)).toEqual([]);
  });
});
