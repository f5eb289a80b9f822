import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Bench, energyOf, type Session, startBench, type Written } from '../umc-test-client.js';

const NOON = Date.parse('2026-11-22T12:00:00+01:00');
/** Far more kilowatt hours than anyone uses in a year. */
const TOO_MUCH = 40_000;

describe.each(['newer', 'older'] as const)('a reading beyond belief in the %s service pack', (servicePack) => {
  let bench: Bench;
  let session: Session;
  let device: string;
  let last: number;
  beforeAll(async () => {
    bench = await startBench(servicePack);
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    bench.city.clock.shift(NOON - Date.now());
    bench.system.reset();
    session = await bench.signOn();
    const { energy } = energyOf(bench.city, 'lena');
    const { body } = await bench.json(`Contracts('${energy.contracts[0]?.contractId}')/Devices`);
    device = String(body['d']?.['results']?.[0]?.['DeviceID']);
    last = Number((await registerRow())['PreviousMeterReadingResult']);
  });

  const registerRow = async (): Promise<Record<string, unknown>> =>
    (await bench.json(`Devices('${device}')/RegistersToRead`)).body['d']?.['results']?.[0] as never;
  const submit = (use: number, noteId = '02'): Promise<Written> =>
    bench.write(session, 'POST', `Devices('${device}')/MeterReadingResults`, {
      RegisterID: '001',
      ReadingResult: (last + use).toFixed(1),
      ReadingDateTime: '/Date(1795305600000)/',
      MeterReadingNoteID: noteId,
    });
  const lock = async (): Promise<string> => String((await submit(TOO_MUCH)).body?.['d']?.['MeterReadingResultID']);
  const change = (id: string, body: object, method = 'MERGE'): Promise<Written> =>
    bench.write(session, method, `MeterReadingResults('${id}')`, body);
  const statusOf = async (id: string): Promise<unknown> =>
    (await bench.json(`MeterReadingResults('${id}')`)).body['d']?.['MeterReadingStatusID'];

  it('is kept locked in spite of its note, and does not count as the last one', async () => {
    const id = await lock();
    expect(await statusOf(id)).toBe('2');
    expect(Number((await registerRow())['PreviousMeterReadingResult'])).toBe(last);
    expect(bench.system.books?.()).toMatchObject([{ kind: 'meter-reading', id }]);
  });

  it('counts once an agent has released it, by MERGE, PUT or PATCH, tunnelled, too', async () => {
    for (const method of ['MERGE', 'PUT', 'PATCH']) {
      const id = await lock();
      expect((await change(id, { MeterReadingStatusID: '4' }, method)).status).toBe(204);
      expect(await statusOf(id)).toBe('4');
      bench.system.resetHousehold?.(1);
    }
    const id = await lock();
    const headers = {
      cookie: session.cookie,
      'x-csrf-token': session.token,
      'content-type': 'application/json',
      'x-http-method': 'MERGE',
    };
    const path = `/sap/opu/odata/sap/ERP_UTILITIES_UMC/MeterReadingResults('${id}')`;
    expect((await bench.ask('POST', path, headers, '{"MeterReadingStatusID":"4"}')).status).toBe(204);
    expect(Number((await registerRow())['PreviousMeterReadingResult'])).toBe(last + TOO_MUCH);
    expect(bench.system.books?.().at(-1)).toMatchObject({ kind: 'reading-status', id, status: '4', times: 1 });
  });

  it('stays locked when an agent says so, and lets a right one of the same day in', async () => {
    const id = await lock();
    expect((await change(id, { MeterReadingStatusID: '3' })).status).toBe(204);
    expect(await statusOf(id)).toBe('3');
    bench.city.clock.shift(NOON + 3_600_000 - Date.now());
    session = await bench.signOn();
    expect((await submit(2000, '')).status).toBe(201);
    expect((await change(id, { MeterReadingStatusID: '4' })).status).toBe(204);
  });

  it('is refused another status, another property, and a second release', async () => {
    const id = await lock();
    const codes = [];
    for (const body of [
      { MeterReadingStatusID: '1' },
      { MeterReadingStatusID: '4', ReadingResult: '5.0' },
      { ReadingResult: '5.0' },
      { MeterReadingStatusID: '4', DependentMeterReadingResults: [{ RegisterID: '002' }] },
    ]) {
      const refused = await change(id, body);
      codes.push([refused.status, refused.body?.['error']?.['code']]);
    }
    const bad = [400, '005056A509B11EE1B9A8FEC11C21578E'];
    expect(codes).toEqual([[400, 'EL/355'], bad, bad, bad]);
    expect(await statusOf(id)).toBe('2');
    await change(id, { MeterReadingStatusID: '4' });
    expect((await change(id, { MeterReadingStatusID: '4' })).body?.['error']?.['code']).toBe('EL/459');
  });

  it('is no plausible one, and none that nobody has', async () => {
    const plausible = String((await submit(2000, '')).body?.['d']?.['MeterReadingResultID']);
    expect((await change(plausible, { MeterReadingStatusID: '4' })).body?.['error']?.['code']).toBe('EL/459');
    expect((await change('031000000519000001', { MeterReadingStatusID: '4' })).status).toBe(404);
  });
});
