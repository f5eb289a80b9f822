import type { Instant } from '#lib/kernel';
import { element, writeDocument, type SoapElement } from '../soap/write-envelope.js';
import { OJP_NAMESPACE, SIRI_NAMESPACE } from './ojp-names.js';

/** Who asks, and when. */
export interface OjpSender {
  /** Name the operator of the system knows us by. */
  readonly requestor: string;
  readonly now: Instant;
  /** Comes back with the answer. */
  readonly messageId: string;
}

export interface StopEventQuestion {
  /** Reference of a stop point or stop place, as the same system gave it, or a DHID. */
  readonly stopRef: string;
  /** From when on; now when it is left out. */
  readonly time?: Instant;
  readonly type: 'departure' | 'arrival';
  readonly limit: number;
}

export interface LocationQuestion {
  /** Beginning of a name. */
  readonly text: string;
  readonly limit: number;
}

/**
 * Writes an OJP 2.0 request for departures or arrivals at a stop, with forecasts. The order of elements is the schema's.
 * @throws AppError INVALID_INPUT for characters that XML cannot carry
 */
export function writeStopEventRequest(sender: OjpSender, question: StopEventQuestion): string {
  const place = element('PlaceRef', [
    element('siri:StopPointRef', question.stopRef),
    element('Name', [element('Text', '')]),
  ]);
  const time = question.time === undefined ? [] : [element('DepArrTime', question.time)];
  return write(sender, 'OJPStopEventRequest', [
    element('Location', [place, ...time]),
    element('Params', [
      element('NumberOfResults', String(question.limit)),
      element('StopEventType', question.type),
      element('UseRealtimeData', 'explanatory'),
    ]),
  ]);
}

/**
 * Writes an OJP 2.0 request for stops by name.
 * @throws AppError INVALID_INPUT for characters that XML cannot carry
 */
export function writeLocationRequest(sender: OjpSender, question: LocationQuestion): string {
  return write(sender, 'OJPLocationInformationRequest', [
    element('InitialInput', [element('Name', question.text)]),
    element('Restrictions', [element('Type', 'stop'), element('NumberOfResults', String(question.limit))]),
  ]);
}

function write({ requestor, now, messageId }: OjpSender, name: string, content: readonly SoapElement[]): string {
  const question = element(name, [
    element('siri:RequestTimestamp', now),
    element('siri:MessageIdentifier', messageId),
    ...content,
  ]);
  const request = element('siri:ServiceRequest', [
    element('siri:RequestTimestamp', now),
    element('siri:RequestorRef', requestor),
    question,
  ]);
  const namespaces = { xmlns: OJP_NAMESPACE, 'xmlns:siri': SIRI_NAMESPACE, version: '2.0' };
  return writeDocument(element('OJP', [element('OJPRequest', [request])], namespaces));
}
