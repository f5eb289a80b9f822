import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '#lib/kernel';
import { isXmlText } from '../xml/xml-text.js';
import { readEnvelope } from './read-envelope.js';
import { element, writeEnvelope } from './write-envelope.js';

const namespaces = { t: 'urn:till' };

describe('writeEnvelope', () => {
  it('writes elements in the given order with their prefixes declared once', () => {
    const header = [element('t:To', 'here', { 'soap:mustUnderstand': '1' })];
    const body = [element('t:Ask', [element('t:B', '2'), element('t:A', '1'), element('t:C', '')])];
    expect(writeEnvelope({ version: '1.2', namespaces, header, body })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>' +
        '<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns:t="urn:till">' +
        '<soap:Header><t:To soap:mustUnderstand="1">here</t:To></soap:Header>' +
        '<soap:Body><t:Ask><t:B>2</t:B><t:A>1</t:A><t:C/></t:Ask></soap:Body></soap:Envelope>',
    );
  });

  it('uses the namespace of SOAP 1.1 when asked and no header when there is none', () => {
    const envelope = writeEnvelope({ version: '1.1', namespaces, body: [element('t:Ask', '')] });
    expect(envelope).toContain('<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"');
    expect(envelope).not.toContain('Header');
  });

  it('allows a prefix that the element itself declares', () => {
    const body = [element('t:Ask', [element('Request', [element('x:A', '1')], { 'xmlns:x': 'urn:x' })])];
    expect(writeEnvelope({ version: '1.1', namespaces, body })).toContain(
      '<Request xmlns:x="urn:x"><x:A>1</x:A></Request>',
    );
  });

  it('lets no text and no attribute become markup: what is read back is what was written', () => {
    const text = fc.string({ unit: 'grapheme' }).filter(isXmlText);
    fc.assert(
      fc.property(text, text, fc.constantFrom('1.1' as const, '1.2' as const), (value, attribute, version) => {
        const body = [element('t:Ask', [element('t:Value', value, { note: attribute }), element('t:End', '.')])];
        const answer = readEnvelope(Buffer.from(writeEnvelope({ version, namespaces, body })));
        expect(answer).toMatchObject({ kind: 'payload', version, fields: { Value: value, End: '.' } });
      }),
    );
  });

  it.each(['a\u0000b', '\u001b[31m', '\ud800', '\uffff'])('refuses characters that XML cannot carry', (text) => {
    expect.assertions(2);
    try {
      writeEnvelope({ version: '1.2', namespaces, body: [element('t:Ask', text)] });
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
      expect(error).toMatchObject({ code: 'INVALID_INPUT', details: { path: 't:Ask' } });
    }
  });

  it.each(['a b', '<a>', '', 'u:Unknown', '1a'])('refuses the element name "%s"', (name) => {
    expect(() => writeEnvelope({ version: '1.2', namespaces, body: [element(name, '')] })).toThrow(RangeError);
  });
});
