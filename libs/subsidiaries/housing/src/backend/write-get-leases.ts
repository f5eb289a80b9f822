import { element, writeEnvelope } from '#lib/formats';
import type { CalendarDate } from '#lib/kernel';
import { ADDRESSING_NAMESPACE, CLIENT, GET_LEASES_ACTION, SERVICE_NAMESPACE } from './tenancy.wire.js';

/**
 * The envelope of GetLeases. An element out of order would be ignored without a word, so the order here is the rule.
 * @param to address of the service, as WS-Addressing wants it in the header
 */
export function writeGetLeases(tenantNumber: string, keyDate: CalendarDate, to: string): string {
  const request = element('t:Request', [
    element('t:Mandant', CLIENT),
    element('t:MieterNr', tenantNumber),
    element('t:Stichtag', keyDate),
  ]);
  return writeEnvelope({
    version: '1.2',
    namespaces: { a: ADDRESSING_NAMESPACE, t: SERVICE_NAMESPACE },
    header: [element('a:Action', GET_LEASES_ACTION), element('a:To', to)],
    body: [element('t:GetLeases', [request])],
  });
}
