import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays } from '../../../world/dates.js';
import { type Answered, type Bench, energyOf, type Session, startBench, type Written } from '../umc-test-client.js';

const NOON = Date.parse('2026-11-22T12:00:00+01:00');
const TODAY = '2026-11-22';

interface Register {
  readonly id: string;
  readonly last: number;
  readonly lastDay: string;
}

describe.each(['newer', 'older'] as const)('readings handed in to the %s service pack', (servicePack) => {
  let bench: Bench;
  let session: Session;
  beforeAll(async () => {
    bench = await startBench(servicePack);
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    bench.city.clock.shift(NOON - Date.now());
    bench.system.reset();
    session = await bench.signOn();
  });

  /** The meter of one of a persona's contracts, as SAP lists it. */
  async function meterOf(key: string, place = 0): Promise<{ deviceId: string; registers: Register[] }> {
    const { energy } = energyOf(bench.city, key);
    const { body } = await bench.json(`Contracts('${energy.contracts[place]?.contractId}')/Devices`);
    const deviceId = String(rowsOf(body)[0]?.['DeviceID']);
    const registers = rowsOf((await bench.json(`Devices('${deviceId}')/RegistersToRead`)).body).map((row) => ({
      id: String(row['RegisterID']),
      last: Number(row['PreviousMeterReadingResult']),
      lastDay: new Date(Number(/\d+/.exec(String(row['PreviousMeterReadingDate']))?.[0])).toISOString().slice(0, 10),
    }));
    return { deviceId, registers };
  }

  /** One register's reading; 2,000 kWh of power since the turn of the year are plausible. */
  function reading(register: Register | undefined, more: object = {}, use = 2000): object {
    return {
      RegisterID: register?.id,
      ReadingResult: ((register?.last ?? 0) + use).toFixed(1),
      ReadingDateTime: `/Date(${Date.parse(TODAY)})/`,
      ...more,
    };
  }

  async function submit(deviceId: string, body: object): Promise<Written> {
    return await bench.write(session, 'POST', `Devices('${deviceId}')/MeterReadingResults`, body);
  }

  async function stored(deviceId: string): Promise<Record<string, unknown>[]> {
    return rowsOf((await bench.json(`Devices('${deviceId}')/MeterReadingResults`)).body);
  }

  it('are booked, answered with 201 and shown by later reads', async () => {
    const { deviceId, registers } = await meterOf('lena');
    const before = await stored(deviceId);
    const made = await submit(deviceId, { DeviceID: deviceId, ...reading(registers[0]) });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toMatch(/MeterReadingResults\('\d{18}'\)$/);
    expect(made.body?.['d']).toMatchObject({
      DeviceID: deviceId,
      RegisterID: '001',
      ReadingResult: `${((registers[0]?.last ?? 0) + 2000).toFixed(1)}${'0'.repeat(13)}`,
      Consumption: (2000).toFixed(14),
      MeterReadingCategoryID: '02',
      MeterReadingStatusID: '1',
      DependentMeterReadingResults: { results: [] },
    });
    const after = await stored(deviceId);
    expect(after).toHaveLength(before.length + 1);
    expect(after.at(-1)).toMatchObject({ MeterReadingResultID: made.body?.['d']?.['MeterReadingResultID'] });
    expect((await meterOf('lena')).registers[0]).toMatchObject({
      last: (registers[0]?.last ?? 0) + 2000,
      lastDay: TODAY,
    });
  });

  it('stand in the books with all that was promised', async () => {
    const { energy } = energyOf(bench.city, 'lena');
    const { deviceId, registers } = await meterOf('lena');
    await submit(deviceId, reading(registers[0], { MeterReadingNoteID: '02' }));
    expect(bench.system.books?.()).toEqual([
      {
        kind: 'meter-reading',
        at: expect.stringMatching(/^2026-11-22T11:00:/),
        account: energy.accountId,
        contract: energy.contracts[0]?.contractId,
        device: deviceId,
        register: '001',
        day: TODAY,
        value: ((registers[0]?.last ?? 0) + 2000).toFixed(1),
        note: '02',
        id: expect.stringMatching(/^\d{18}$/),
        request: expect.stringMatching(/^\d{18}$/),
        times: 1,
      },
    ]);
  });

  it('come for all registers at once, the first on top and the others below it', async () => {
    const { deviceId, registers } = await meterOf('karl');
    expect(registers).toHaveLength(2);
    const [peak, offPeak] = [reading(registers[0], {}, 100), reading(registers[1], { DeviceID: deviceId }, 50)];
    const made = await submit(deviceId, { ...peak, DependentMeterReadingResults: [offPeak] });
    expect(made.status).toBe(201);
    expect(made.body?.['d']).toHaveProperty('DependentMeterReadingResults.results.0.RegisterID', '002');
    const [first, second] = bench.system.books?.() ?? [];
    expect([first?.['register'], second?.['register']]).toEqual(['001', '002']);
    expect(second?.['request']).toBe(first?.['id']);
  });

  it('are refused for a meter that is not read as a whole, or twice in one request', async () => {
    const { deviceId, registers } = await meterOf('karl');
    const peak = reading(registers[0], {}, 100);
    for (const body of [peak, { ...peak, DependentMeterReadingResults: [peak] }]) {
      expect(codeOf(await submit(deviceId, body))).toBe('EL/209');
    }
    expect(bench.system.books?.()).toEqual([]);
  });

  it('are a question when they are far from what is expected, and taken with a note', async () => {
    const { deviceId, registers } = await meterOf('lena');
    const asked = await submit(deviceId, reading(registers[0], {}, 9000));
    expect(asked.status).toBe(400);
    const details = detailsOf(asked);
    expect(details[0]).toMatchObject({ code: 'PLAUSIBILITY_ERROR', severity: 'warning', longtext_url: '', target: '' });
    expect(details.at(-1)).toMatchObject({ code: '/IWBEP/CX_MGW_BUSI_EXCEPTION', severity: 'error' });
    expect(bench.system.books?.()).toEqual([]);
    const taken = await submit(deviceId, reading(registers[0], { MeterReadingNoteID: '02' }, 9000));
    expect(taken.body?.['d']).toMatchObject({ MeterReadingNoteID: '02' });
  });

  it('are a question when almost nothing was used in a year', async () => {
    const { deviceId, registers } = await meterOf('lena');
    expect(detailsOf(await submit(deviceId, reading(registers[0], {}, 1)))[0]?.['code']).toBe('PLAUSIBILITY_ERROR');
  });

  it('of petra are always a question at first', async () => {
    const { deviceId, registers } = await meterOf('petra');
    const dependents = registers.slice(1);
    const body = (note: object): object => ({
      ...reading(registers[0], note),
      DependentMeterReadingResults: dependents.map((register) => reading(register, note, 1000)),
    });
    const asked = detailsOf(await submit(deviceId, body({})));
    expect(asked.map(({ severity }) => severity)).toEqual([...registers.map(() => 'warning'), 'error']);
    expect((await submit(deviceId, body({ MeterReadingNoteID: '01' }))).status).toBe(201);
  });

  it('below the last one are refused, whatever the note, unless the register went over its end', async () => {
    const { deviceId, registers } = await meterOf('lena');
    const below = reading(registers[0], { MeterReadingNoteID: '02' }, -10);
    expect(codeOf(await submit(deviceId, below))).toBe('EL/355');
    const full = { ReadingResult: '999999.9', MeterReadingNoteID: '02' };
    const locked = (await submit(deviceId, reading(registers[0], full))).body?.['d']?.['MeterReadingResultID'];
    const release = { MeterReadingStatusID: '4' };
    expect((await bench.write(session, 'MERGE', `MeterReadingResults('${locked}')`, release)).status).toBe(204);
    const over = await submit(deviceId, reading(registers[0], { ReadingResult: '0.4' }));
    expect(over.body?.['d']).toMatchObject({ Consumption: '0.50000000000000' });
  });

  it.each([
    ['too many digits', { ReadingResult: '1234567.0' }, 'EL/209'],
    ['too many decimals', { ReadingResult: '99999.25' }, 'EL/209'],
    ['a negative value', { ReadingResult: '-1.0' }, 'EL/209'],
    ['tomorrow', { ReadingDateTime: `/Date(${Date.parse(addDays(TODAY, 1))})/` }, 'EL/422'],
    ['a day in 2099', { ReadingDateTime: '2099-01-01T00:00:00' }, 'EL/422'],
    ['a day before the last reading', { ReadingDateTime: '2025-06-01T00:00:00' }, 'EL/459'],
    ['a day before the contract', { ReadingDateTime: '1999-01-01T00:00:00' }, 'EL/573'],
    ['a register that is not there', { RegisterID: '007' }, 'EL/355'],
    ['a note that is not there', { MeterReadingNoteID: '77' }, 'EL/355'],
  ])('with %s are refused with a reason and a summary', async (_what, wrong, code) => {
    const { deviceId, registers } = await meterOf('lena');
    const refused = await submit(deviceId, reading(registers[0], wrong));
    expect([refused.status, codeOf(refused)]).toEqual([400, code]);
    expect(detailsOf(refused).map((detail) => [detail['code'], detail['severity']])).toEqual([
      [code, 'error'],
      ['/IWBEP/CX_MGW_BUSI_EXCEPTION', 'error'],
    ]);
    expect(bench.system.books?.()).toEqual([]);
  });

  it.each([
    ['a number where text belongs', { ReadingResult: 12 }],
    ['an exponent', { ReadingResult: '1e3' }],
    ['no reading', { ReadingResult: undefined }],
    ['no day', { ReadingDateTime: 'yesterday' }],
    ['a day outside of all calendars', { ReadingDateTime: '/Date(999999999999999)/' }],
    ['a name that is not there', { Constructor: 'x' }],
    ['a text that is too long', { MeterReadingNoteID: '00001' }],
    ['an entity below a dependent one', { DependentMeterReadingResults: [{ DependentMeterReadingResults: [{}] }] }],
  ])('with %s are a bad request', async (_what, wrong) => {
    const { deviceId, registers } = await meterOf('lena');
    expect((await submit(deviceId, reading(registers[0], wrong))).status).toBe(400);
  });

  it('that are no JSON are refused', async () => {
    const { deviceId } = await meterOf('lena');
    const path = `Devices('${deviceId}')/MeterReadingResults`;
    expect((await bench.write(session, 'POST', path, '<entry/>', 'application/atom+xml')).status).toBe(415);
    expect((await bench.write(session, 'POST', path, '{')).status).toBe(400);
    expect((await bench.write(session, 'POST', path, '[]')).status).toBe(400);
  });

  it('name the device of the address or none', async () => {
    const [mine, others] = [await meterOf('lena'), await meterOf('jana')];
    const body = reading(mine.registers[0], { DeviceID: others.deviceId });
    expect(codeOf(await submit(mine.deviceId, body))).toBe('EL/355');
    expect((await submit('000000099999999991', body)).status).toBe(404);
  });

  it('are booked twice when they come twice, until the job has run', async () => {
    const { deviceId, registers } = await meterOf('lena');
    const body = reading(registers[0]);
    expect((await submit(deviceId, body)).status).toBe(201);
    expect((await submit(deviceId, body)).status).toBe(201);
    expect(bench.system.books?.().map(({ times }) => times)).toEqual([2, 2]);
    expect(
      (await stored(deviceId)).filter((row) => Number(row['ReadingResult']) > (registers[0]?.last ?? 0)),
    ).toHaveLength(2);
    bench.city.clock.shift(NOON - Date.now() + 11 * 60_000);
    expect(codeOf(await submit(deviceId, body))).toBe('EL/424');
  });

  it('leave nothing where the session has expired, or the server started anew', async () => {
    const { deviceId, registers } = await meterOf('lena');
    bench.city.clock.shift(NOON - Date.now() + 31 * 60_000);
    const late = await submit(deviceId, reading(registers[0]));
    expect([late.status, late.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    session = await bench.signOn();
    bench.system.reset();
    expect((await submit(deviceId, reading(registers[0]))).text).toContain('loginForm');
    expect(bench.system.books?.()).toEqual([]);
  });

  it('are taken back by a reset, of everything or of their household', async () => {
    const [lena, jana] = [await meterOf('lena'), await meterOf('jana')];
    await submit(lena.deviceId, reading(lena.registers[0]));
    await submit(jana.deviceId, {
      ...reading(jana.registers[0]),
      DependentMeterReadingResults: jana.registers.slice(1).map((register) => reading(register, {}, 1000)),
    });
    bench.system.resetHousehold?.(1);
    expect(bench.system.books?.().map(({ device }) => device)).toEqual(jana.registers.map(() => jana.deviceId));
    expect((await meterOf('lena')).registers).toEqual(lena.registers);
    bench.system.reset();
    expect(bench.system.books?.()).toEqual([]);
    expect((await meterOf('jana')).registers).toEqual(jana.registers);
  });

  it('have their effect, and no answer, when the connection is cut after it', async () => {
    const { deviceId, registers } = await meterOf('lena');
    const scope = { system: 'sap-umc', household: 1, methods: 'modifying' } as const;
    bench.city.faults.order({ kind: 'cut', after: 'effect', count: 1, ...scope });
    const stale = await bench.write(
      { ...session, token: 'stale' },
      'POST',
      `Devices('${deviceId}')/MeterReadingResults`,
      {},
    );
    expect(stale.status).toBe(403);
    await expect(submit(deviceId, reading(registers[0]))).rejects.toThrow();
    expect(bench.system.books?.()).toHaveLength(1);
    bench.city.faults.order({ kind: 'cut', after: 'nothing', count: 1, ...scope });
    await expect(submit(deviceId, reading(registers[0]))).rejects.toThrow();
    expect(bench.system.books?.()).toHaveLength(1);
  });
});

function rowsOf(body: Answered): Record<string, unknown>[] {
  return (body['d'] as unknown as { results: Record<string, unknown>[] }).results;
}

function codeOf({ body }: Written): unknown {
  return body?.['error']?.['code'];
}

function detailsOf({ body }: Written): Record<string, unknown>[] {
  return (body?.['error']?.['innererror']?.['errordetails'] ?? []) as unknown as Record<string, unknown>[];
}
