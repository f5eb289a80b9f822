import { describe, expect, it } from '@jest/globals';
import type { CalendarDate, DecimalText } from '#lib/kernel';
import { meterId, registerId } from './meter-id.js';
import type { Meter } from './meter.js';
import { countStored, refusalByItself, refusalByMeters, type ReadingsWish } from './readings-wish.js';

const ACCOUNT = '0004471100';
const day = (text: string): CalendarDate => text as CalendarDate;
const TODAY = day('2026-11-22');

const key = { account: ACCOUNT, contract: '0900071001', device: '10071001' };
const HIGH = registerId({ ...key, register: '001' });
const LOW = registerId({ ...key, register: '002' });

function register(number: string, lastDate: string | null): Meter['registers'][number] {
  const lastValue = lastDate === null ? null : ('4711.1' as DecimalText);
  return {
    number,
    name: `Zählwerk ${number}`,
    unit: 'kWh',
    integerDigits: 6,
    decimals: 1,
    lastValue,
    lastDate: lastDate as CalendarDate | null,
  };
}

const meter: Meter = {
  number: '10071001',
  contractNumber: '0900071001',
  serialNumber: '1EMH0071001',
  since: day('2021-04-01'),
  registers: [register('001', '2025-12-31'), register('002', '2026-01-15')],
};
const known = { value: [meter], omissions: [] };

function wish(changes: Partial<ReadingsWish> = {}): ReadingsWish {
  const reading = (id: string) => ({ registerId: id, value: '5000', noteCode: null });
  return { meterId: meterId(key), date: day('2026-11-20'), readings: [reading(HIGH), reading(LOW)], ...changes };
}

const given = (...readings: readonly (readonly [id: string, value: string])[]): Partial<ReadingsWish> => ({
  readings: readings.map(([id, value]) => ({ registerId: id, value, noteCode: null })),
});

describe('what stands against readings by themselves', () => {
  it('is nothing when they are numbers of one’s own meter', () => {
    expect(refusalByItself(wish(), ACCOUNT, TODAY)).toBeNull();
  });

  it.each([
    ['someone else’s meter', meterId({ ...key, account: '0004471999' })],
    ['an id of something else', registerId({ ...key, register: '001' })],
    ['no id', 'x'],
  ])('is %s', (_, id) => {
    expect(refusalByItself(wish({ meterId: id }), ACCOUNT, TODAY)).toMatchObject({
      code: 'NOT_YOURS',
      problems: [{ path: 'meterId', code: 'NOT_YOURS' }],
    });
  });

  it.each([
    ['account', { account: '0004471999' }],
    ['contract', { contract: '0900079999' }],
    ['device', { device: '10079999' }],
  ])('is a register of another %s', (_, other) => {
    const foreign = registerId({ ...key, ...other, register: '002' });
    const refusal = refusalByItself(wish(given([HIGH, '5000'], [foreign, '5000'])), ACCOUNT, TODAY);
    expect(refusal?.problems).toEqual([{ path: 'readings.1.registerId', code: 'NOT_YOURS' }]);
  });

  it('is every wrong field at its place', () => {
    const refusal = refusalByItself(
      wish({ date: day('2099-01-01'), ...given([HIGH, 'NaN'], [LOW, '123456789012']) }),
      ACCOUNT,
      TODAY,
    );
    expect(refusal).toMatchObject({
      code: 'DATE_IN_FUTURE',
      problems: [
        { path: 'date', code: 'DATE_IN_FUTURE' },
        { path: 'readings.0.value', code: 'NOT_A_NUMBER' },
        { path: 'readings.1.value', code: 'TOO_MANY_DIGITS' },
      ],
    });
  });
});

describe('what stands against readings by SAP’s list', () => {
  it('is nothing when all registers are given as they can be', () => {
    expect(refusalByMeters(wish(), known, TODAY)).toBeNull();
  });

  it('knows the meter however its numbers are written', () => {
    const short = { value: [{ ...meter, contractNumber: '900071001', number: '000000000010071001' }], omissions: [] };
    expect(refusalByMeters(wish(), short, TODAY)).toBeNull();
  });

  it('is a meter that the list has not, or has in another contract', () => {
    const elsewhere = { ...meter, contractNumber: '0900071002' };
    for (const value of [[], [elsewhere]]) {
      expect(refusalByMeters(wish(), { value, omissions: [] }, TODAY)).toMatchObject({ code: 'NOT_YOURS' });
    }
  });

  it('is unknown when the list has gaps', () => {
    const gap = { path: 'd.results[0]', reason: 'is malformed' };
    expect(refusalByMeters(wish(), { value: [], omissions: [gap] }, TODAY)).toBeNull();
    const foreign = { path: 'd.results[0].AccountID', reason: 'is another account' };
    expect(refusalByMeters(wish(), { value: [], omissions: [foreign] }, TODAY)).toMatchObject({ code: 'NOT_YOURS' });
  });

  it('is a missing register, with its id to choose', () => {
    expect(refusalByMeters(wish(given([HIGH, '5000'])), known, TODAY)).toMatchObject({
      code: 'REGISTER_MISSING',
      problems: [{ path: 'readings', code: 'REGISTER_MISSING', choices: [{ value: LOW, label: 'Zählwerk 002' }] }],
    });
  });

  it('is a register that the meter has not', () => {
    const third = registerId({ ...key, register: '003' });
    const refusal = refusalByMeters(wish(given([HIGH, '5000'], [LOW, '5000'], [third, '1'])), known, TODAY);
    expect(refusal?.problems).toEqual([{ path: 'readings.2.registerId', code: 'NOT_YOURS' }]);
  });

  it('is a day before the latest reading of any register, or before the supply began', () => {
    expect(refusalByMeters(wish({ date: day('2026-01-14') }), known, TODAY)?.problems).toContainEqual({
      path: 'date',
      code: 'DATE_TOO_EARLY',
      earliest: '2026-01-15',
    });
    const fresh = { value: [{ ...meter, registers: [register('001', null), register('002', null)] }], omissions: [] };
    expect(refusalByMeters(wish({ date: day('2021-03-31') }), fresh, TODAY)?.problems).toEqual([
      { path: 'date', code: 'DATE_TOO_EARLY', earliest: '2021-04-01' },
    ]);
  });

  it('is a value below the last one, with the least that would do', () => {
    expect(refusalByMeters(wish(given([HIGH, '5000'], [LOW, '4711'])), known, TODAY)?.problems).toEqual([
      { path: 'readings.1.value', code: 'READING_BELOW_LAST', minimum: '4711.1' },
    ]);
  });
});

describe('readings that SAP keeps', () => {
  const stored = (number: string, date: string, value: string) => ({
    register: number,
    date: day(date),
    value: value as DecimalText,
  });

  it('count when register, day and value are the same, however the value is written', () => {
    const all = [stored('001', '2026-11-20', '5000.00000000000000'), stored('002', '2026-11-20', '5000')];
    expect(countStored(wish(), all)).toBe(2);
    expect(countStored(wish(), all.slice(1))).toBe(1);
  });

  it('do not count for another register, day or value', () => {
    const others = [
      stored('003', '2026-11-20', '5000'),
      stored('001', '2026-11-19', '5000'),
      stored('001', '2026-11-20', '5000.1'),
    ];
    expect(countStored(wish(), others)).toBe(0);
  });
});
