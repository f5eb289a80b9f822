import { randomBytes } from 'node:crypto';
import type { ErrorDetail, SapError } from '../sap-error.js';
import { xmlText } from './xml-text.js';

const NAMESPACE = 'http://schemas.microsoft.com/ado/2007/08/dataservices/metadata';
const LANGUAGE = 'de';

/** A refusal in JSON with all that SAP Gateway adds: application, transaction, time and the list of messages. */
export function errorJson(error: SapError, service: string, now: number): string {
  return JSON.stringify({
    error: {
      code: error.code,
      message: { lang: LANGUAGE, value: error.message },
      innererror: {
        application: { component_id: '', service_namespace: '/SAP/', service_id: service, service_version: '0001' },
        transactionid: transactionId(),
        timestamp: abapTimestamp(now),
        Error_Resolution: { SAP_Transaction: 'Transaktion /IWFND/ERROR_LOG', SAP_Note: 'SAP-Hinweis 1797736' },
        errordetails: error.details.map(({ code, message, severity }) => ({
          code,
          message,
          longtext_url: '',
          propertyref: '',
          severity,
          target: '',
        })),
      },
    },
  });
}

/** The same refusal in XML. */
export function errorXml(error: SapError, service: string, now: number): string {
  return [
    `<?xml version="1.0" encoding="utf-8"?><error xmlns="${NAMESPACE}"><code>${xmlText(error.code)}</code>`,
    `<message xml:lang="${LANGUAGE}">${xmlText(error.message)}</message><innererror>`,
    '<application><component_id/><service_namespace>/SAP/</service_namespace>',
    `<service_id>${xmlText(service)}</service_id><service_version>0001</service_version></application>`,
    `<transactionid>${transactionId()}</transactionid><timestamp>${abapTimestamp(now)}</timestamp>`,
    `<errordetails>${error.details.map(detailXml).join('')}</errordetails></innererror></error>`,
  ].join('');
}

function detailXml({ code, message, severity }: ErrorDetail): string {
  const said = `<code>${xmlText(code)}</code><message>${xmlText(message)}</message><longtext_url/><propertyref/>`;
  return `<errordetail>${said}<severity>${severity}</severity><target/></errordetail>`;
}

function transactionId(): string {
  return randomBytes(16).toString('hex').toUpperCase();
}

/** `20301231235959.1230000`: UTC with seven decimals. */
function abapTimestamp(now: number): string {
  const [seconds = '', fraction = ''] = new Date(now)
    .toISOString()
    .replace(/[-:TZ]/g, '')
    .split('.');
  return `${seconds}.${fraction.padEnd(7, '0')}`;
}
