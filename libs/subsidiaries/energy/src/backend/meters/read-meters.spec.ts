import { describe, expect, it } from '@jest/globals';
import { readRows } from '#lib/formats';
import type { CalendarDate, Omission } from '#lib/kernel';
import { fixture, rowsOf } from '../../../fixtures/fake-sap.js';
import { readDevices, readRegister } from './read-meters.js';
import { readPlans } from '../billing/read-plans.js';
import { readNote, readReading } from './read-readings.js';

const day = (text: string): CalendarDate => text as CalendarDate;

describe('readDevices', () => {
  const left: Omission[] = [];
  const { value, omissions } = readRows(rowsOf('devices.answer.json'), 'd.results', (row, path) =>
    readDevices(row, path, '0004471100', day('2026-11-22'), (omission) => left.push(omission)),
  );

  it('reads the devices of running contracts from older and newer service packs, doubles included', () => {
    expect(value.flat().map(({ device }) => device)).toEqual([
      { number: '10071001', contractNumber: '0900071001', serialNumber: '1EMH0071001', since: '2021-04-01' },
      { number: '10071001', contractNumber: '0900071001', serialNumber: '1EMH0071001', since: '2021-04-01' },
      { number: '10071003', contractNumber: '0900071003', serialNumber: '6QDS0071003', since: '2019-10-01' },
    ]);
  });

  it('shows no meter of a contract that has ended, since it counts for someone else now', () => {
    const numbers = value.flat().map(({ device }) => device.number);
    expect(numbers).not.toContain('10071002');
    expect(numbers).not.toContain('10071004');
  });

  it('shows the meter on the last day of its contract', () => {
    const rows = readRows(rowsOf('devices.answer.json'), 'd.results', (row, path) =>
      readDevices(row, path, '0004471100', day('2025-12-31'), () => undefined),
    ).value.flat();
    expect(rows.map(({ device }) => device.number)).toContain('10071002');
  });

  it('leaves out what belongs to another contract or account, and says so', () => {
    expect(left).toEqual([
      { path: 'd.results[1].Contracts.results[0].Devices.results[1].ContractID', reason: 'is another contract' },
      { path: 'd.results[1].Contracts.results[2].ContractStartDate', reason: 'is not text' },
    ]);
    expect(omissions).toEqual([{ path: 'd.results[2].AccountID', reason: 'is another account' }]);
  });
});

describe('readRegister', () => {
  const [high, low] = rowsOf('registers.answer.json');
  const read = (changes: object, since = '2021-04-01'): unknown =>
    readRegister({ ...(high as object), ...changes }, 'r', '10071001', day(since));

  it('reads digits, unit and the last value, cut to what the meter shows', () => {
    expect(read({})).toEqual({
      number: '001',
      name: 'Hochtarif',
      unit: 'kWh',
      integerDigits: 6,
      decimals: 1,
      lastValue: '4711.1',
      lastDate: '2025-12-31',
    });
    expect(readRegister(low, 'r', '10071001', day('2021-04-01'))).toMatchObject({ number: '002', lastValue: '998.9' });
  });

  it('does without a type and without a last value, and keeps a unit that it does not know', () => {
    const [row] = rowsOf('registers-heating.answer.json');
    expect(readRegister({ ...(row as object), ReadingUnit: 'GJ' }, 'r', '10071003', day('2019-10-01'))).toEqual({
      number: '001',
      name: '001',
      unit: 'GJ',
      integerDigits: 5,
      decimals: 0,
      lastValue: null,
      lastDate: null,
    });
  });

  it('does not tell what the meter showed before this customer', () => {
    expect(read({}, '2026-01-01')).toMatchObject({ lastValue: null, lastDate: null });
    expect(read({}, '2025-12-31')).toMatchObject({ lastValue: '4711.1' });
  });

  it.each([
    [{ DeviceID: '10079999' }, 'r.DeviceID', 'is another device'],
    [{ IntegerPlaces: '00' }, 'r.IntegerPlaces', 'is not a number of digits'],
    [{ IntegerPlaces: '15' }, 'r.IntegerPlaces', 'is not a number of digits'],
    [{ DecimalPlaces: '-1' }, 'r.DecimalPlaces', 'is not a number of digits'],
    [{ PreviousMeterReadingResult: '4.711,1' }, 'r.PreviousMeterReadingResult', 'is not a decimal number'],
  ])('refuses %j', (changes, path, reason) => {
    expect(() => read(changes)).toThrow(
      expect.objectContaining({ code: 'UPSTREAM_MALFORMED', details: { path, reason } }),
    );
  });
});

describe('readReading and readNote', () => {
  it('read the day of a result whatever its time, and leave out what is no number or of another device', () => {
    const { value, omissions } = readRows(rowsOf('readings.answer.json'), 'd.results', (row, path) =>
      readReading(row, path, '10071001'),
    );
    expect(value).toHaveLength(4);
    expect(value[2]).toEqual({ register: '001', date: '2026-11-20', value: '5020.50000000000000' });
    expect(omissions.map(({ reason }) => reason)).toEqual(['is not a decimal number', 'is another device']);
  });

  it('read codes and their texts', () => {
    const { value, omissions } = readRows(rowsOf('notes.answer.json'), 'd.results', readNote);
    expect(value[0]).toEqual({ code: '03', description: 'Ablesung in Ordnung' });
    expect(value).toHaveLength(2);
    expect(omissions).toHaveLength(1);
  });
});

describe('readPlans', () => {
  const read = (rows: readonly unknown[]) =>
    readRows(rows, 'd.results', (row, path) => readPlans(row, path, '0004471100', () => undefined)).value.flat();

  it('reads plans with their bounds, days and number, and contracts without one', () => {
    const plans = read(rowsOf('instalments.answer.json'));
    expect(plans[0]).toEqual({
      contractNumber: '0900071001',
      plan: {
        planNumber: '000007100001',
        amount: '87.00',
        minimum: '60.00',
        maximum: '130.50',
        changeFrom: '2026-12-01',
        until: null,
        etag: null,
      },
    });
    expect(plans.some(({ plan }) => plan === null)).toBe(true);
  });

  it('reads the version of a plan where there is one', () => {
    const text = fixture('instalments.answer.json').toString('utf8');
    const tagged = text.replaceAll('"type": "ERP_UTILITIES_UMC.BudgetBillingPlan"', '"etag": "W/\\"1\\""');
    const { d } = JSON.parse(tagged) as { d: { results: unknown[] } };
    expect(read(d.results)[0]).toMatchObject({ plan: { etag: 'W/"1"' } });
  });
});
