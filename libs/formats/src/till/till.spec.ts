import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DecimalText } from '#lib/kernel';
import { readEnvelope } from '../soap/read-envelope.js';
import { readTillAnswer, readTillBalances, readTillClients } from './read-answer.js';
import { tillReturnCode } from './return-codes.js';
import { writeClientDeposit, writeGetClients, writeGetClientsEx } from './write-request.js';
import { readCents } from './xsd-number.js';

const CREDENTIALS = { userName: 'portal', password: 'a<b>&"c' };

interface Extra {
  readonly key: string;
  readonly value: string;
}

const extraXml = ({ key, value }: Extra): string =>
  `<item xsi:type="NS3:TExtraInfo"><Key xsi:type="xsd:string">${key}</Key><Value xsi:type="xsd:string">${value}</Value>` +
  '<Extra xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="NS3:TExtraInfo[0]"/></item>';

const clientXml = (id: string, balance: string, extras: readonly Extra[]): string =>
  `<item xsi:type="NS3:TClient"><Id xsi:type="xsd:long">${id}</Id><Name xsi:type="xsd:string">Nora Beispiel</Name>` +
  `<AccountBalance xsi:type="xsd:double">${balance}</AccountBalance>` +
  `<Extra xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="NS3:TExtraInfo[${extras.length}]">` +
  `${extras.map(extraXml).join('')}</Extra></item>`;

const clientsXml = (...clients: readonly string[]): string =>
  '<ReturnCode xsi:type="xsd:int">0</ReturnCode><ReturnMessage xsi:type="xsd:string">ok</ReturnMessage>' +
  `<Clients xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="NS3:TClient[${clients.length}]">${clients.join('')}</Clients>`;

const envelope = (body: string): Buffer =>
  Buffer.from(
    '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" ' +
      'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
      'xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/">' +
      `<SOAP-ENV:Body xmlns:NS1="urn:TPAPIPosIntfU-ITPAPIPOS">${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>`,
  );

const answer = (fields: string, operation = 'GetClientsEx'): Buffer =>
  envelope(
    `<NS1:${operation}Response xmlns:NS2="urn:TPAPIPosIntfU" xmlns:NS3="urn:TPAPIPosTypesU">` +
      `<return xsi:type="NS2:TGetClientsResponse">${fields}</return></NS1:${operation}Response>`,
  );

const readClients = (bytes: Buffer): ReturnType<typeof readTillClients> => {
  const read = readTillAnswer(bytes);
  if (read.kind === 'fault') throw new Error('unexpected fault');
  return readTillClients(read.result);
};

const refused = (path: string): unknown =>
  expect.objectContaining({ code: 'UPSTREAM_MALFORMED', details: expect.objectContaining({ path }) });

const thrownBy = (task: () => unknown): unknown => {
  try {
    return task();
  } catch (error) {
    return error;
  }
};

describe('a request to the till', () => {
  it('names its operation in the SOAPAction header', () => {
    expect(writeGetClients(CREDENTIALS).soapAction).toBe('"urn:TPAPIPosIntfU-ITPAPIPOS#GetClients"');
    expect(writeGetClientsEx(CREDENTIALS, { id: '1' }).soapAction).toBe('"urn:TPAPIPosIntfU-ITPAPIPOS#GetClientsEx"');
  });

  it('carries credentials as text that cannot become markup', () => {
    const { body } = writeGetClients(CREDENTIALS);
    expect(readEnvelope(Buffer.from(body))).toMatchObject({
      name: 'GetClients',
      namespace: 'urn:TPAPIPosIntfU-ITPAPIPOS',
      fields: { Request: { Password: 'a<b>&"c', UserName: 'portal' } },
    });
  });

  it.each([
    [{ id: '5000096001' }, 'id', '5000096001'],
    [{ smartcardUid: '04A1B2C3' }, 'smartcard_uid', '04A1B2C3'],
  ] as const)('carries the filter %j as key and value', (filter, Key, Value) => {
    const { body } = writeGetClientsEx(CREDENTIALS, filter);
    expect(readEnvelope(Buffer.from(body))).toMatchObject({
      name: 'GetClientsEx',
      fields: { Request: { Extra: [{ Key, Value, Extra: [] }] } },
    });
    expect(body).toContain('enc:arrayType="typ:TExtraInfo[1]"');
  });
});

describe('a deposit', () => {
  const DEPOSIT = { clientId: '5000096068', paymentId: '5000000055', amount: '10.50' as DecimalText };

  it('is written with the types of the interface, in its order', () => {
    const { body, soapAction } = writeClientDeposit({ userName: 'portal', password: 'k' }, DEPOSIT);
    expect(soapAction).toBe('"urn:TPAPIPosIntfU-ITPAPIPOS#ClientDeposit"');
    expect(body).toContain(
      '<pos:ClientDeposit soap:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">' +
        '<Request xsi:type="msg:TClientAccountDepositRequest"><Password xsi:type="xsd:string">k</Password>' +
        '<UserName xsi:type="xsd:string">portal</UserName><ClientId xsi:type="xsd:long">5000096068</ClientId>' +
        '<PaymentId xsi:type="xsd:long">5000000055</PaymentId><Amount xsi:type="xsd:double">10.50</Amount>' +
        '<Extra xsi:type="typ:TExtraInfoArray" enc:arrayType="typ:TExtraInfo[0]"/></Request></pos:ClientDeposit>',
    );
  });

  it.each([
    { clientId: '1</ClientId><ClientId>2' },
    { clientId: '' },
    { paymentId: '-1' },
    { paymentId: '1e3' },
    { amount: '0.00' },
    { amount: '-5.00' },
    { amount: '5' },
    { amount: '5.000' },
    { amount: '1E2' },
    { amount: 'NaN' },
    { amount: '5.00</Amount><Amount>500.00' },
  ])('is not written with %j', (wrong) => {
    expect(() => writeClientDeposit(CREDENTIALS, { ...DEPOSIT, ...wrong } as typeof DEPOSIT)).toThrow(RangeError);
  });

  it('reaches the till as the same cents, whatever the amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_000 }), (cents) => {
        const digits = String(cents).padStart(3, '0');
        const amount = `${digits.slice(0, -2)}.${digits.slice(-2)}` as DecimalText;
        const { body } = writeClientDeposit(CREDENTIALS, { ...DEPOSIT, amount });
        const sent = /xsd:double">([^<]*)</.exec(body)![1]!;
        expect(sent).toBe(amount);
        expect(Math.round(Number(sent) * 100)).toBe(cents);
      }),
    );
  });

  it.each([
    ['<OldBalance>40.0</OldBalance><NewBalance>50.300000000000004</NewBalance>', '40.00', '50.30'],
    ['<OldBalance>-2</OldBalance>', '-2.00', null],
    ['<OldBalance>INF</OldBalance><NewBalance xsi:nil="true"/>', null, null],
  ])('tells the balances of %s as far as they can be read', (fields, oldBalance, newBalance) => {
    const read = readTillAnswer(answer(`<ReturnCode>0</ReturnCode>${fields}`, 'ClientDeposit'));
    if (read.kind === 'fault') throw new Error('unexpected fault');
    expect(readTillBalances(read.result)).toEqual({ oldBalance, newBalance });
  });
});

describe('an answer of the till', () => {
  it('gives clients with card and balance, and no names', () => {
    const extras = [
      { key: 'is_active', value: '1' },
      { key: 'smartcard_uid', value: '04A1B2C3D4E580' },
    ];
    expect(readClients(answer(clientsXml(clientXml('5000096001', '37.5', extras))))).toEqual({
      value: [{ id: '5000096001', active: true, smartcardUid: '04A1B2C3D4E580', accountBalance: '37.50' }],
      omissions: [],
    });
  });

  it('gives a client without a card and one who is no longer active', () => {
    const { value } = readClients(
      answer(clientsXml(clientXml('1', '0', []), clientXml('2', '1E1', [{ key: 'is_active', value: '0' }]))),
    );
    expect(value).toEqual([
      { id: '1', active: true, smartcardUid: null, accountBalance: '0.00' },
      { id: '2', active: false, smartcardUid: null, accountBalance: '10.00' },
    ]);
  });

  it.each([
    '<Clients/>',
    '<Clients xsi:nil="true"/>',
    '<Clients xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="NS3:TClient[0]"/>',
  ])('knows the empty list %s', (list) => {
    expect(readClients(answer(`<ReturnCode>0</ReturnCode>${list}`)).value).toEqual([]);
  });

  it('resolves references to values beside the answer', () => {
    const bytes = envelope(
      '<NS1:GetClientsResponse xmlns:NS3="urn:TPAPIPosTypesU"><return href="#1"/></NS1:GetClientsResponse>' +
        '<multiRef id="1" SOAP-ENC:root="0"><ReturnCode>0</ReturnCode><Clients href="#2"/></multiRef>' +
        '<SOAP-ENC:Array id="2" SOAP-ENC:root="0" SOAP-ENC:arrayType="NS3:TClient[1]"><item href="#3"/></SOAP-ENC:Array>' +
        '<multiRef id="3" SOAP-ENC:root="0"><Id>9</Id><AccountBalance>2</AccountBalance></multiRef>',
    );
    expect(readClients(bytes).value).toEqual([{ id: '9', active: true, smartcardUid: null, accountBalance: '2.00' }]);
  });

  it('loses a malformed client and keeps the others', () => {
    const card = { key: 'smartcard_uid', value: 'lost' };
    const { value, omissions } = readClients(
      answer(
        clientsXml(
          clientXml('x1', '1', []),
          clientXml('2', 'NaN', []),
          clientXml('3', '3', []),
          clientXml('4', '4', [card]),
        ),
      ),
    );
    expect(value.map(({ id }) => id)).toEqual(['3']);
    expect(omissions).toEqual([
      { path: 'return.Clients[0].Id', reason: 'is not a whole number' },
      { path: 'return.Clients[1].AccountBalance', reason: 'is not a finite number' },
      { path: 'return.Clients[3].Extra.smartcard_uid', reason: 'is no card UID in hexadecimal' },
    ]);
  });

  it('of any other operation is read as plain fields', () => {
    const fields = '<ReturnCode>7</ReturnCode><ReturnMessage>no</ReturnMessage><OldBalance>4.5</OldBalance>';
    expect(readTillAnswer(answer(fields, 'ClientDeposit'))).toMatchObject({
      kind: 'answer',
      operation: 'ClientDeposit',
      returnCode: 7,
      result: { OldBalance: '4.5' },
    });
  });

  it('may be a fault of the SOAP layer', () => {
    const fault = '<SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>x</faultstring></SOAP-ENV:Fault>';
    expect(readTillAnswer(envelope(fault))).toEqual({ kind: 'fault', code: 'Server' });
  });

  it.each([
    ['without a return code', answer('<Clients/>'), 'GetClientsExResponse.return.ReturnCode'],
    ['with words for a return code', answer('<ReturnCode>ok</ReturnCode>'), 'GetClientsExResponse.return.ReturnCode'],
    ['of another interface', envelope('<GetClientsResponse/>'), 'GetClientsResponse'],
    ['that is a web page', Buffer.from('<html/>'), '$'],
    ['with a document type', Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), '$'],
  ])('%s is refused', (_, bytes, path) => {
    expect(thrownBy(() => readTillAnswer(bytes))).toEqual(refused(path));
  });

  it('with code 0 but without clients is refused', () => {
    expect(thrownBy(() => readClients(answer('<ReturnCode>0</ReturnCode>')))).toEqual(refused('return.Clients'));
  });
});

describe('money of the till', () => {
  it.each([
    ['0', '0.00'],
    ['40.0', '40.00'],
    ['12.340000000000002', '12.34'],
    ['2.345', '2.35'],
    ['-2.345', '-2.35'],
    ['-5.684341886080802E-14', '0.00'],
    ['1.5e+2', '150.00'],
    ['+.5', '0.50'],
    ['7.', '7.00'],
    [' 3 ', '3.00'],
  ])('%s is %s', (text, amount) => {
    expect(readCents(text, 'x')).toBe(amount);
  });

  it.each(['', 'INF', '-INF', 'NaN', '1,50', '1.2.3', '0x10', '1e9999', '9E300', '--1', 'e5'])(
    '%s is refused',
    (text) => {
      expect(thrownBy(() => readCents(text, 'x'))).toEqual(refused('x'));
    },
  );

  it('survives the way through a double for every amount a till can hold', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), (cents) => {
        const amount = readCents(String(cents / 100), 'x');
        expect(Math.round(Number(amount) * 100) + 0).toBe(cents + 0);
        expect(amount).toMatch(/^-?\d+\.\d{2}$/);
      }),
    );
  });
});

describe('return codes', () => {
  it.each([
    [0, 'done'],
    [1, 'unavailable'],
    [2, 'rejected'],
    [3, 'rejected'],
    [4, 'unavailable'],
    [5, 'unavailable'],
    [6, 'rejected'],
    [7, 'rejected'],
    [8, 'rejected'],
    [-1, 'rejected'],
  ])('%i means %s', (code, verdict) => {
    expect(tillReturnCode(code).verdict).toBe(verdict);
  });
});
