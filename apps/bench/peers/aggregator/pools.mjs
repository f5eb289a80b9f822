// The till: one SOAP 1.1 call, RPC/encoded.
import { createHash } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import { idOf } from './shapes.mjs';
import { callWell } from './upstream.mjs';

const { POOLS_TILL_URL: URL_OF_TILL, POOLS_TILL_USER: USER, POOLS_TILL_PASSWORD: PASSWORD } = process.env;

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: (name) => name === 'item',
});
const headers = {
  'content-type': 'text/xml; charset=utf-8',
  soapaction: '"urn:TPAPIPosIntfU-ITPAPIPOS#GetClientsEx"',
};

export async function poolsOf(account) {
  const { text } = await callWell(URL_OF_TILL, {
    method: 'POST',
    path: '/soap/ITPAPIPOS',
    headers,
    body: bodyFor(account),
  });
  const answer = parser.parse(text).Envelope.Body.GetClientsExResponse.return;
  if (answer.ReturnCode !== '0') throw new Error(`the till answered ${answer.ReturnCode}`);
  const cards = (answer.Clients?.item ?? []).flatMap((client) => cardOf(client, account));
  return { id: idOf('PoolsCustomer', account), cards };
}

function cardOf({ Id, AccountBalance, Extra }, account) {
  const extra = new Map((Extra?.item ?? []).map(({ Key, Value }) => [Key, Value]));
  const uid = extra.get('smartcard_uid');
  if (Id !== account || extra.get('is_active') === '0' || !uid) return [];
  const digest = createHash('sha256').update(`${Id}:${uid}`).digest('hex').slice(0, 16);
  return [
    {
      id: idOf('ValueCard', `${Id}-${digest}`),
      number: `••••${uid.slice(-4)}`,
      balance: { amount: Number(AccountBalance).toFixed(2), currency: 'EUR' },
    },
  ];
}

function bodyFor(account) {
  const text = (name, value) => `<${name} xsi:type="xsd:string">${value}</${name}>`;
  const none = '<Extra xsi:type="typ:TExtraInfoArray" enc:arrayType="typ:TExtraInfo[0]"/>';
  return (
    '<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" ' +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" ' +
    'xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:pos="urn:TPAPIPosIntfU-ITPAPIPOS" ' +
    'xmlns:msg="urn:TPAPIPosIntfU" xmlns:typ="urn:TPAPIPosTypesU"><soap:Body><pos:GetClientsEx ' +
    'soap:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><Request xsi:type="msg:TGetClientsExRequest">' +
    text('Password', PASSWORD) +
    text('UserName', USER) +
    '<Extra xsi:type="typ:TExtraInfoArray" enc:arrayType="typ:TExtraInfo[1]"><item xsi:type="typ:TExtraInfo">' +
    text('Key', 'id') +
    text('Value', account) +
    `${none}</item></Extra></Request></pos:GetClientsEx></soap:Body></soap:Envelope>`
  );
}
