import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { vacantPoints, type VacantPoint } from '../books/vacant-points.js';
import { basic, type Bench, energyOf, NODE, type Session, startBench, type Reply } from '../umc-test-client.js';

const NOON = Date.parse('2026-11-22T12:00:00+01:00');
const day = (date: string): string => `/Date(${Date.parse(date)})/`;
const CRM = 'CRM_UTILITIES_UMC/';

describe('beginnings and ends of contracts', () => {
  let bench: Bench;
  let session: Session;
  let power: VacantPoint;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    bench.city.clock.shift(NOON - Date.now());
    bench.system.reset();
    session = await bench.signOn();
    power = vacantPoints(aylin().household)[0]!;
  });

  const aylin = () => energyOf(bench.city, 'aylin');
  const post = (resource: string, body?: object, token = session.token): Promise<Reply> =>
    bench.ask(
      'POST',
      `${NODE}${CRM}${resource}`,
      { cookie: session.cookie, 'x-csrf-token': token, accept: 'application/json', 'content-type': 'application/json' },
      body && JSON.stringify(body),
    );
  const codeOf = ({ text }: Reply): string => (JSON.parse(text) as { error: { code: string } }).error.code;
  const moveOut = (contractId: string, date: string): Promise<Reply> =>
    post(`MoveOut?ContractID='${contractId}'&MoveOutDate=datetime'${date}T00:00:00'`);
  const contractsOf = async () =>
    (await bench.json(`${CRM}Accounts('${aylin().energy.accountId}')/ContractItems?$expand=Dates`)).body['d']![
      'results'
    ]!;
  const sale = (changes: object = {}, detail: object = {}) => ({
    AccountID: aylin().energy.accountId,
    ContractStartDate: day('2026-12-01'),
    CheckModeOnly: false,
    ConsumerID: 'SAALTOR',
    ProductProposalResult: {
      BundleID: '',
      ElecProductID: 'STROM_SAALE',
      GasProductID: '',
      ElecDiscountID: '0000',
      GasDiscountID: '0000',
    },
    SaleDetails: [
      {
        ContractID: '',
        DivisionID: '01',
        BusinessAgreementID: aylin().energy.contractAccountId,
        PointOfDeliveryGUID: power.pointOfDeliveryId,
        SalesProcessTypeID: 'MOVEI',
        NewConnection: false,
        MeterReadings: [],
        ...detail,
      },
    ],
    ...changes,
  });

  it('an end by MoveOut is shown by both services, once, and counted in the books', async () => {
    const { contractId } = aylin().energy.contracts[0]!;
    expect((await bench.json(`${CRM}CheckMoveOut?ContractID='${contractId}'`)).body['d']).toMatchObject({
      CheckMoveOut: { __metadata: { type: 'CRM_UTILITIES_UMC.BooleanResult' }, Result: true },
    });
    const done = await moveOut(contractId, '2026-12-31');
    expect([done.status, JSON.parse(done.text)]).toMatchObject([
      200,
      { d: { ContractID: contractId, ContractEndDate: day('2026-12-31') } },
    ]);
    expect((await bench.json(`Contracts('${contractId}')`)).body['d']).toMatchObject({
      MoveOutDate: day('2026-12-31'),
    });
    expect(codeOf(await moveOut(contractId, '2026-12-31'))).toBe('EL/573');
    expect((await bench.json(`${CRM}CheckMoveOut?ContractID='${contractId}'`)).body['d']).toMatchObject({
      CheckMoveOut: { Result: false },
    });
    expect(bench.system.books?.()).toMatchObject([
      { kind: 'move-out', account: aylin().energy.accountId, contract: contractId, until: '2026-12-31', times: 1 },
    ]);
    bench.system.resetHousehold?.(aylin().household.number);
    expect((await contractsOf())[0]).toMatchObject({ ContractEndDate: day('9999-12-31') });
  });

  it.each([
    ['a contract that nobody has', () => '0310999999', '2026-12-31', 'EL/209'],
    ['today, for power', () => aylin().energy.contracts[0]!.contractId, '2026-11-22', 'EL/422'],
    ['seven weeks ago, for heating', () => aylin().energy.contracts[1]!.contractId, '2026-10-01', 'EL/422'],
    ['years ahead', () => aylin().energy.contracts[0]!.contractId, '2036-11-22', 'EL/422'],
  ])('no end for %s', async (_, contractId, date, code) => {
    expect(codeOf(await moveOut(contractId(), date))).toBe(code);
    expect(bench.system.books?.()).toEqual([]);
  });

  it('needs a token, a contract and a day for an end, and POST', async () => {
    const { contractId } = aylin().energy.contracts[0]!;
    const refused = await post(`MoveOut?ContractID='${contractId}'`, undefined, 'stale');
    expect([refused.status, refused.headers.get('x-csrf-token')]).toEqual([403, 'Required']);
    expect((await post(`MoveOut?ContractID='${contractId}'`)).status).toBe(400);
    const read = await bench.ask('GET', `${NODE}${CRM}MoveOut?ContractID='${contractId}'`, basic(bench.system));
    expect(read.status).toBe(405);
  });

  it('an empty place is found by its market location', async () => {
    const filter = encodeURIComponent(`ExternalID eq '${power.marketLocation}'`);
    const { body } = await bench.json(`${CRM}PointOfDeliveries?$filter=${filter}&$expand=Premise`);
    expect(body['d']!['results']).toMatchObject([
      { PointOfDeliveryID: power.pointOfDeliveryId, DivisionID: '01', Premise: { AddressInfo: { HouseNo: '7 a' } } },
    ]);
  });

  it('an order makes a contract that CRM shows at once, signed today', async () => {
    const reading = {
      DivisionID: '01',
      ContractID: '',
      SerialNumber: power.meterSerialNumber,
      RegisterID: '001',
      ReadingDateTime: day('2026-12-01'),
      ReadingResult: '5555.0',
      MeterReadingReasonID: '06',
      MeterReadingCategoryID: '02',
      ReadingUnit: '',
    };
    const made = await post('ContractSales', sale({}, { MeterReadings: [reading] }));
    expect([made.status, JSON.parse(made.text)]).toMatchObject([
      201,
      { d: { CheckModeOnly: false, SaleDetails: { results: [{ DivisionID: '01', SalesProcessTypeID: 'MOVEI' }] } } },
    ]);
    const contracts = await contractsOf();
    expect(contracts).toHaveLength(3);
    expect(contracts[2]).toMatchObject({
      ProductID: 'STROM_SAALE',
      ContractStartDate: day('2026-12-01'),
      PointOfDeliveryGUID: power.pointOfDeliveryId,
      Dates: {
        results: expect.arrayContaining([expect.objectContaining({ DateID: 'SIGNED', DateValue: day('2026-11-22') })]),
      },
    });
    expect(bench.system.books?.()).toMatchObject([
      { kind: 'contract-sale', readings: '001 5555.0', from: '2026-12-01' },
    ]);
    // The registers are known to ERP from the first day on.
    const account = aylin().energy.accountId;
    const known = async () =>
      (await bench.json(`Accounts('${account}')/ContractAccounts?$expand=Contracts`)).body['d']!['results']![0]![
        'Contracts'
      ]!['results']!.length;
    expect(await known()).toBe(2);
    bench.city.clock.shift(Date.parse('2026-12-02T12:00:00Z') - Date.now());
    expect(await known()).toBe(3);
  });

  it('takes a second order for the place only after the first has ended', async () => {
    await post('ContractSales', sale());
    expect(codeOf(await post('ContractSales', sale()))).toBe('EL/573');
    expect(bench.system.books?.()).toHaveLength(1);
  });

  it('an order that has not begun is taken back by an end on the day before', async () => {
    await post('ContractSales', sale());
    const contractId = String((await contractsOf())[2]!['ContractID']);
    expect((await moveOut(contractId, '2026-11-30')).status).toBe(200);
  });

  it.each([
    ['no account', () => sale({ AccountID: '' }), 'CRM_IU_UMC_ODATA/081'],
    ['another’s agreement', () => sale({}, { BusinessAgreementID: '000000000001' }), 'EL/209'],
    ['a place that there is not', () => sale({}, { PointOfDeliveryGUID: 'x' }), 'EL/209'],
    ['today, for power', () => sale({ ContractStartDate: day('2026-11-22') }), 'EL/422'],
    ['no product', () => sale({ ProductProposalResult: { ElecProductID: 'GAS_SAALE' } }), 'CRM_IU_UMC_ODATA/081'],
    ['the meter of another place', () => sale({}, { MeterReadings: [{ SerialNumber: 'x' }] }), 'EL/355'],
  ])('refuses an order with %s, and books nothing', async (_, body, code) => {
    const refused = await post('ContractSales', body());
    expect([refused.status, codeOf(refused)]).toEqual([400, code]);
    expect(bench.system.books?.()).toEqual([]);
  });
});
