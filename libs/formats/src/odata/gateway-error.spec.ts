import { describe, expect, it } from '@jest/globals';
import { readGatewayError } from './gateway-error.js';

const json = (body: unknown): Buffer => Buffer.from(JSON.stringify(body));

describe('readGatewayError', () => {
  it('reads the JSON form with its single messages', () => {
    const body = json({
      error: {
        code: 'EL/424',
        message: { lang: 'de', value: 'Zählerstand liegt schon vor' },
        innererror: {
          transactionid: '1',
          errordetails: [{ code: 'EL/424', message: 'Schon da', severity: 'error', propertyref: '', target: '' }, {}],
        },
      },
    });
    expect(readGatewayError('json', body)).toEqual({
      code: 'EL/424',
      message: 'Zählerstand liegt schon vor',
      details: [
        { code: 'EL/424', message: 'Schon da', severity: 'error' },
        { code: '', message: '', severity: '' },
      ],
    });
  });

  it('reads the XML form', () => {
    const body = Buffer.from(
      '<?xml version="1.0" encoding="utf-8"?><error xmlns="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">' +
        '<code>005056A509B11EE1B9A8FEC11C21578E</code><message xml:lang="de">Ungültige &amp; falsche Anfrage</message>' +
        '<innererror><errordetails><errordetail><code>X/1</code><message>m</message><severity>warning</severity></errordetail>' +
        '</errordetails></innererror></error>',
    );
    expect(readGatewayError('xml', body)).toEqual({
      code: '005056A509B11EE1B9A8FEC11C21578E',
      message: 'Ungültige & falsche Anfrage',
      details: [{ code: 'X/1', message: 'm', severity: 'warning' }],
    });
  });

  it('takes no more than a hundred single messages', () => {
    const errordetails = Array.from({ length: 500 }, () => ({ code: 'a' }));
    const body = json({ error: { code: 'x', message: 'text', innererror: { errordetails } } });
    expect(readGatewayError('json', body)?.details).toHaveLength(100);
  });

  it.each([
    ['json', '{"d":{}}'],
    ['json', '{"error":"text"}'],
    ['json', '{'],
    ['xml', '<feed/>'],
    ['xml', '<!DOCTYPE error [<!ENTITY a "b">]><error><code>&a;</code></error>'],
    ['login-page', '<html></html>'],
  ] as const)('finds no error in %s %s', (kind, body) => {
    expect(readGatewayError(kind, Buffer.from(body))).toBeUndefined();
  });
});
