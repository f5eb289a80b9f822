import { describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { readEnvelope } from './read-envelope.js';

const SOAP11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const SOAP12 = 'http://www.w3.org/2003/05/soap-envelope';
const NAMESPACES = [
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  'xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/"',
  'xmlns:enc12="http://www.w3.org/2003/05/soap-encoding"',
].join(' ');

function envelope(body: string, namespace = SOAP12): Buffer {
  return Buffer.from(
    `<e:Envelope xmlns:e="${namespace}" ${NAMESPACES}><e:Header/><e:Body>${body}</e:Body></e:Envelope>`,
  );
}

function fieldsOf(bytes: Buffer, lists = {}): unknown {
  const answer = readEnvelope(bytes, lists);
  if (answer.kind === 'fault') throw new Error('a payload was expected');
  return JSON.parse(JSON.stringify(answer.fields));
}

function refusalOf(bytes: Buffer, lists = {}): string {
  try {
    readEnvelope(bytes, lists);
  } catch (error) {
    if (error instanceof AppError && error.code === 'UPSTREAM_MALFORMED') return error.message;
    throw error;
  }
  return 'was read';
}

describe('readEnvelope', () => {
  it('tells version, namespace and name of the answer', () => {
    expect(readEnvelope(envelope('<r xmlns="urn:books"/>'))).toMatchObject({
      version: '1.2',
      namespace: 'urn:books',
      name: 'r',
    });
    expect(readEnvelope(envelope('<x:r xmlns:x="urn:b"/>', SOAP11))).toMatchObject({
      version: '1.1',
      namespace: 'urn:b',
    });
  });

  it('reads nested elements by local name, whatever their prefixes', () => {
    const bytes = envelope(
      '<a:r xmlns:a="urn:1" xmlns:b="urn:2"><b:one>1</b:one><two xmlns="urn:3"><three> x </three></two></a:r>',
    );
    expect(fieldsOf(bytes)).toEqual({ one: '1', two: { three: ' x ' } });
  });

  it('reads xsi:nil as null and an empty element as empty text', () => {
    expect(fieldsOf(envelope('<r><a xsi:nil="true"/><b xsi:nil="1"/><c xsi:nil="false"/><d/></r>'))).toEqual({
      a: null,
      b: null,
      c: '',
      d: '',
    });
  });

  it.each([
    ['no item', '', []],
    ['one item', '<i>1</i>', ['1']],
    ['many items', '<i>1</i><i>2</i>', ['1', '2']],
  ])('reads a declared list with %s as a list', (_case, items, expected) => {
    expect(fieldsOf(envelope(`<r><l>${items}</l></r>`), { l: 'i' })).toEqual({ l: expected });
  });

  it('reads SOAP-encoded arrays as lists without being told', () => {
    const array =
      '<l xsi:type="enc:Array" enc:arrayType="t:T[1]"><item><id>7</id></item></l><n enc:arrayType="t:T[0]"/>';
    expect(fieldsOf(envelope(`<r>${array}</r>`, SOAP11))).toEqual({ l: [{ id: '7' }], n: [] });
  });

  it('follows references of both versions to values beside and before them', () => {
    const oneOne =
      '<r><a href="#x"/><b href="#x"/></r><multiRef id="x" enc:root="0"><c href="#y"/></multiRef><multiRef id="y">7</multiRef>';
    expect(fieldsOf(envelope(oneOne, SOAP11))).toEqual({ a: { c: '7' }, b: { c: '7' } });
    expect(fieldsOf(envelope('<r><a enc12:id="p"><c>1</c></a><b enc12:ref="p"/></r>'))).toEqual({
      a: { c: '1' },
      b: { c: '1' },
    });
  });

  it('takes the answer for the answer when shared values come first', () => {
    expect(fieldsOf(envelope('<multiRef id="x">7</multiRef><r><a href="#x"/></r>', SOAP11))).toEqual({ a: '7' });
  });

  it('leaves a link that is data alone', () => {
    expect(fieldsOf(envelope('<r><a href="https://example.org">site</a></r>'))).toEqual({ a: 'site' });
  });

  it('decodes entities once, CDATA never', () => {
    const text = '&lt;b&gt; &amp;amp; &quot;&apos; &#228;&#x20AC;<![CDATA[ &amp; <!DOCTYPE x> ]]>';
    expect(fieldsOf(envelope(`<r><a>${text}</a></r>`))).toEqual({ a: '<b> &amp; "\' ä€ &amp; <!DOCTYPE x> ' });
  });

  it('reads the encoding that the document declares', () => {
    const text = `<?xml version="1.0" encoding="ISO-8859-1"?><E:Envelope xmlns:E="${SOAP11}"><E:Body><r><a>Straße</a></r></E:Body></E:Envelope>`;
    expect(fieldsOf(Buffer.from(text, 'latin1'))).toEqual({ a: 'Straße' });
    const wide = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from(text.replace('ISO-8859-1', 'UTF-16'), 'utf16le'),
    ]);
    expect(fieldsOf(wide)).toEqual({ a: 'Straße' });
  });
});

describe('faults', () => {
  it('reads a SOAP 1.2 fault with subcodes, its German reason and its detail', () => {
    const reason = '<e:Reason><e:Text xml:lang="en">bad</e:Text><e:Text xml:lang="de">schlecht</e:Text></e:Reason>';
    const code =
      '<e:Code><e:Value>e:Sender</e:Value><e:Subcode><e:Value xmlns:a="urn:a">a:InvalidRequest</e:Value></e:Subcode></e:Code>';
    expect(readEnvelope(envelope(`<e:Fault>${code}${reason}<e:Detail><n>7</n></e:Detail></e:Fault>`))).toEqual({
      kind: 'fault',
      version: '1.2',
      code: 'Sender',
      subcodes: ['InvalidRequest'],
      reason: 'schlecht',
      detail: { n: '7' },
    });
  });

  it('reads a SOAP 1.1 fault', () => {
    const fault = '<e:Fault><faultcode>e:Server</faultcode><faultstring>kaputt</faultstring></e:Fault>';
    expect(readEnvelope(envelope(fault, SOAP11))).toEqual({
      kind: 'fault',
      version: '1.1',
      code: 'Server',
      subcodes: [],
      reason: 'kaputt',
      detail: null,
    });
  });

  it('reads a mangled fault as a fault, without letting free text into its code', () => {
    expect(readEnvelope(envelope('<e:Fault/>'))).toMatchObject({ kind: 'fault', code: 'unknown', reason: '' });
    expect(readEnvelope(envelope('<e:Fault><faultcode>Kunde Ärger</faultcode></e:Fault>', SOAP11))).toMatchObject({
      code: 'unknown',
    });
  });
});

describe('what is refused', () => {
  const ENTITIES = '<!DOCTYPE e [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>';
  const EXTERNAL = '<!DOCTYPE e [<!ENTITY x SYSTEM "file:///etc/hostname">]>';

  it.each([
    ['an entity bomb', Buffer.concat([Buffer.from(ENTITIES), envelope('<r>&b;</r>')])],
    ['an external entity', Buffer.concat([Buffer.from(EXTERNAL), envelope('<r>&x;</r>')])],
    [
      'an external document type',
      Buffer.concat([Buffer.from('<!DOCTYPE e SYSTEM "http://example.org/e.dtd">'), envelope('<r/>')]),
    ],
    ['a declaration inside the body', envelope('<!DOCTYPE e [<!ENTITY a "b">]><r>&a;</r>')],
    ['a declaration after a comment', Buffer.concat([Buffer.from('<!-- c --><!DOCTYPE e>'), envelope('<r/>')])],
  ])('refuses %s', (_case, bytes) => {
    expect(refusalOf(bytes)).toBe('$: has a document type declaration');
  });

  it('never expands a declaration hidden behind an attribute that looks like a comment', () => {
    const bytes = envelope('<r a="<!-- "><!DOCTYPE e [<!ENTITY a "b">]><c>&a;</c><!-- --></r>');
    expect(refusalOf(bytes)).not.toBe('was read');
  });

  it.each([
    ['unknown entities', envelope('<r>&nbsp;</r>')],
    ['a reference to NUL', envelope('<r>&#0;</r>')],
    ['a reference to a surrogate', envelope('<r>&#xD800;</r>')],
    ['crossed tags', envelope('<r><a></r></a>')],
    ['an undeclared prefix', envelope('<x:r/>')],
    ['an element named like the prototype', envelope('<r><__proto__><polluted>1</polluted></__proto__></r>')],
    ['an attribute named like the prototype', envelope('<r __proto__="1"/>')],
    ['an element named like the constructor', envelope('<r><constructor><prototype>1</prototype></constructor></r>')],
    ['a page of HTML', Buffer.from('<html><body><p>Anmeldung<br></body></html>')],
    ['well-formed XML that is no envelope', Buffer.from('<Envelope><Body><r/></Body></Envelope>')],
    ['an empty body', envelope('')],
    ['bytes that are not UTF-8', Buffer.concat([envelope('<r/>'), Buffer.from([0xe4])])],
    ['an unknown encoding', Buffer.from('<?xml version="1.0" encoding="UTF-7"?><a/>')],
    ['two roots', Buffer.concat([envelope('<r/>'), envelope('<r/>')])],
    ['deep nesting', envelope(`<r>${'<a>'.repeat(500)}${'</a>'.repeat(500)}</r>`)],
    ['nothing', Buffer.alloc(0)],
    ['more than 8 MiB', Buffer.alloc(8 * 1024 * 1024 + 1, 0x20)],
    ['too many namespaces', envelope(`<r ${Array.from({ length: 101 }, (_, at) => `xmlns:p${at}="u"`).join(' ')}/>`)],
    ['a dangling reference', envelope('<r><a href="#gone"/></r>', SOAP11)],
    ['a circular reference', envelope('<r><a href="#x"/></r><multiRef id="x"><b href="#x"/></multiRef>', SOAP11)],
  ])('refuses %s', (_case, bytes) => {
    expect(refusalOf(bytes)).not.toBe('was read');
  });

  it('refuses references that unfold exponentially', () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `<multiRef id="l${level}"><a href="#l${level + 1}"/><b href="#l${level + 1}"/></multiRef>`,
    );
    const bytes = envelope(`<r><a href="#l0"/></r>${levels.join('')}<multiRef id="l30">ha</multiRef>`, SOAP11);
    expect(refusalOf(bytes)).toContain('unfolds too far');
  });

  it('never quotes content in an error', () => {
    expect(refusalOf(envelope('<r><name>Geheimnis &nbsp; Geheimnis</name></r>'))).not.toContain('Geheimnis');
  });
});
