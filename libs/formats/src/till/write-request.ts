import type { DecimalText } from '#lib/kernel';
import { element, writeEnvelope, type SoapElement } from '../soap/write-envelope.js';

/** Signs on to the till. It has no sessions: both go with every request, inside the body. */
interface TillCredentials {
  readonly userName: string;
  readonly password: string;
}

/** Which clients are asked for: the one with this id if it is active, or those with this card. */
type TillClientFilter = { readonly id: string } | { readonly smartcardUid: string };

interface TillRequest {
  /** Value of the SOAPAction header, in quotes as SOAP 1.1 section 6.1.1 wants it. */
  readonly soapAction: string;
  readonly contentType: string;
  /** Holds the password: never log it. */
  readonly body: string;
}

const NAMESPACES = {
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
  xsd: 'http://www.w3.org/2001/XMLSchema',
  enc: 'http://schemas.xmlsoap.org/soap/encoding/',
  pos: 'urn:TPAPIPosIntfU-ITPAPIPOS',
  msg: 'urn:TPAPIPosIntfU',
  typ: 'urn:TPAPIPosTypesU',
};

/** `GetClients`: every client there is. Large, and a till offers no paging. */
export function writeGetClients(credentials: TillCredentials): TillRequest {
  return request('GetClients', [...signOn(credentials)]);
}

/**
 * `GetClientsEx`: the clients that match one filter.
 * @throws AppError INVALID_INPUT for characters that XML cannot carry
 */
export function writeGetClientsEx(credentials: TillCredentials, filter: TillClientFilter): TillRequest {
  const [key, value] = 'id' in filter ? ['id', filter.id] : ['smartcard_uid', filter.smartcardUid];
  return request('GetClientsEx', [...signOn(credentials), extraArray([extraItem(key, value)])]);
}

/** Money that is put on the account of a client, whatever card they hold. */
interface TillDeposit {
  /** ClientId, digits. */
  readonly clientId: string;
  /** Id of the payment mode under which the till books it, digits. */
  readonly paymentId: string;
  /** Euros with two decimals. */
  readonly amount: DecimalText;
}

/**
 * `ClientDeposit`. The till has no key by which it would know a second one again: whoever sends this twice pays twice.
 * The amount goes out digit by digit; as xsd:double it is read back to the same cents.
 * @throws RangeError for anything but digits and an amount above zero: a programming error, nothing is written
 */
export function writeClientDeposit(credentials: TillCredentials, deposit: TillDeposit): TillRequest {
  const { clientId, paymentId, amount } = deposit;
  if (!/^\d{1,19}$/.test(clientId) || !/^\d{1,19}$/.test(paymentId)) throw new RangeError('not an id of the till');
  if (!/^\d{1,15}\.\d{2}$/.test(amount) || /^[0.]*$/.test(amount)) throw new RangeError('not an amount in cents');
  const parts = [
    ...signOn(credentials),
    element('ClientId', clientId, { 'xsi:type': 'xsd:long' }),
    element('PaymentId', paymentId, { 'xsi:type': 'xsd:long' }),
    element('Amount', amount, { 'xsi:type': 'xsd:double' }),
    extraArray([]),
  ];
  return request('ClientDeposit', parts, 'TClientAccountDepositRequest');
}

/** @param type of the message; this one operation's is not named after it */
function request(operation: string, parts: readonly SoapElement[], type = `T${operation}Request`): TillRequest {
  const message = element('Request', parts, { 'xsi:type': `msg:${type}` });
  const call = element(`pos:${operation}`, [message], { 'soap:encodingStyle': NAMESPACES.enc });
  return {
    soapAction: `"${NAMESPACES.pos}#${operation}"`,
    contentType: 'text/xml; charset=utf-8',
    body: writeEnvelope({ version: '1.1', namespaces: NAMESPACES, body: [call] }),
  };
}

function signOn({ userName, password }: TillCredentials): readonly SoapElement[] {
  return [text('Password', password), text('UserName', userName)];
}

/** Everything optional travels as key and value in `Extra`. */
function extraArray(items: readonly SoapElement[]): SoapElement {
  const attributes = { 'xsi:type': 'typ:TExtraInfoArray', 'enc:arrayType': `typ:TExtraInfo[${items.length}]` };
  return element('Extra', items, attributes);
}

function extraItem(key: string, value: string): SoapElement {
  return element('item', [text('Key', key), text('Value', value), extraArray([])], { 'xsi:type': 'typ:TExtraInfo' });
}

function text(name: string, value: string): SoapElement {
  return element(name, value, { 'xsi:type': 'xsd:string' });
}
