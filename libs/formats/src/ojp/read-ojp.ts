import { parseXml } from '../xml/xml-element.js';
import { malformed } from '../wire/wire-object.js';
import { OjpElement } from './ojp-element.js';
import type { OjpMessage, OjpRequest, OjpResponse } from './ojp-model.js';
import { isTriasNamespace, OJP_NAMESPACE, SIRI_NAMESPACE } from './ojp-names.js';
import { readDelivery } from './read-deliveries.js';
import { readProblems } from './read-problems.js';
import { readQuestion } from './read-question.js';

type Header = Pick<OjpMessage, 'dialect' | 'version'>;

/**
 * Reads a message of OJP 1.0 to 2.0 or TRIAS 1.0 to 1.2, request or response. That the system could not answer is a
 * result: look at `failed` and `problems`. Questions and answers of other services are named and not read.
 * @throws AppError UPSTREAM_MALFORMED when it is no such message; a malformed result costs itself only
 */
export function readOjp(bytes: Uint8Array): OjpMessage {
  const xml = parseXml(bytes);
  const root = new OjpElement(xml, xml.name);
  const header = { dialect: xml.name === 'Trias' ? 'TRIAS' : 'OJP', version: root.attribute(null, 'version') } as const;
  if (xml.name === 'Trias' && isTriasNamespace(xml.namespace)) return readBody(root, header);
  // Up to OJP 1.1 the outermost elements belong to SIRI.
  if (xml.name !== 'OJP' || (xml.namespace !== OJP_NAMESPACE && xml.namespace !== SIRI_NAMESPACE)) {
    throw malformed('$', 'is neither an OJP nor a TRIAS message');
  }
  return readBody(root.get('OJPResponse', 'OJPRequest'), header);
}

function readBody(body: OjpElement, header: Header): OjpMessage {
  const content = body.children[0];
  if (content === undefined) throw malformed(body.path, 'is empty');
  return content.name.endsWith('Request') ? readRequest(content, header) : readResponse(content, header);
}

function readRequest(request: OjpElement, header: Header): OjpRequest {
  return {
    kind: 'REQUEST',
    ...header,
    at: request.optionalInstant('RequestTimestamp'),
    sender: request.optionalText('RequestorRef'),
    questions: payloadOf(request, 'RequestPayload', /Request$/).map(readQuestion),
  };
}

function readResponse(response: OjpElement, header: Header): OjpResponse {
  return {
    kind: 'RESPONSE',
    ...header,
    at: response.optionalInstant('ResponseTimestamp'),
    sender: response.optionalText('ProducerRef'),
    failed: !response.flag('Status', true),
    problems: readProblems(response),
    deliveries: payloadOf(response, 'DeliveryPayload', /(?:Delivery|Response)$/).map(readDelivery),
  };
}

/** TRIAS wraps the one question or answer, OJP lets several stand beside the header. */
function payloadOf(service: OjpElement, wrapper: string, named: RegExp): readonly OjpElement[] {
  const payload = service.find(wrapper);
  if (payload !== null) return payload.children;
  const found = service.children.filter(({ name }) => named.test(name));
  // Checks of the connection have no payload; they are named, not read.
  return found.length > 0 || /^Service(?:Request|Delivery)$/.test(service.name) ? found : [service];
}
