import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { child, escapeXml, NotXml, parseXml } from './xml.js';

const read = (source: string) => parseXml(Buffer.from(source, 'utf8'));

describe('the XML a legacy server takes', () => {
  it('resolves prefixes by the nearest declaration', () => {
    const root = read('<p:a xmlns:p="urn:one"><p:b xmlns:p="urn:two"/><c xmlns="urn:three"><d/></c><p:e/></p:a>');
    expect(root.children.map((one) => `${one.namespace} ${one.name}`)).toEqual([
      'urn:two b',
      'urn:three c',
      'urn:one e',
    ]);
    expect(root.children[1]?.children[0]?.namespace).toBe('urn:three');
  });

  it('decodes the five entities, character references and CDATA once', () => {
    expect(read('<a>&lt;&amp;amp;&#228;&#x1F600;<![CDATA[&lt;]]></a>').text).toBe('<&amp;ä😀&lt;');
  });

  it('gives back every text that it escaped itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const printable = text.replace(/\p{Cc}/gu, '');
        expect(read(`<a>${escapeXml(printable)}</a>`).text).toBe(printable);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['text', 'MieterNr=1'],
    ['an open tag', '<a><b></a>'],
    ['two roots', '<a/><b/>'],
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['an unknown entity', '<a>&nbsp;</a>'],
    ['a lone ampersand', '<a>Groß & Klein</a>'],
    ['an unbound prefix', '<p:a/>'],
    ['a name of the object prototype', '<a><constructor>x</constructor></a>'],
    ['deep nesting', `${'<a>'.repeat(200)}${'</a>'.repeat(200)}`],
  ])('refuses %s', (_, source) => {
    expect(() => read(source)).toThrow(NotXml);
  });

  it('never finds a child that is not there', () => {
    expect(child(read('<a/>'), '', 'toString')).toBeUndefined();
  });
});
