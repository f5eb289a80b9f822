import type { PlainData, PlainDataReader } from './plain-data.js';
import { attributeOf, XML_NAMESPACE, type XmlElement } from '../xml/xml-element.js';
import type { SoapVersion } from './soap-names.js';

/** A SOAP fault: the server understood the envelope and refuses or fails. */
export interface SoapFault {
  readonly kind: 'fault';
  readonly version: SoapVersion;
  /** Local name of the code, e.g. `Sender`, `Receiver` (1.2) or `Client`, `Server` (1.1). */
  readonly code: string;
  /** Local names of the subcodes, outermost first; dotted codes of SOAP 1.1 stay in `code`. */
  readonly subcodes: readonly string[];
  /** The server's own sentence. It may quote what was asked for: never log it and never show it to clients. */
  readonly reason: string;
  readonly detail: PlainData;
}

const MOST_SUBCODES = 5;
const LONGEST_CODE = 100;

/** Reads a fault as far as it is there: a mangled one is still a fault. */
export function readFault(fault: XmlElement, version: SoapVersion, reader: PlainDataReader): SoapFault {
  const [code = 'unknown', ...subcodes] = version === '1.2' ? codesOf(fault) : [codeText(child(fault, 'faultcode'))];
  const reason = version === '1.2' ? reasonOf(fault) : child(fault, 'faultstring');
  const detail = child(fault, version === '1.2' ? 'Detail' : 'detail');
  return {
    kind: 'fault',
    version,
    code,
    subcodes,
    reason: reason?.text.trim() ?? '',
    detail: detail === undefined ? null : reader.read(detail, 'Fault.detail'),
  };
}

function codesOf(fault: XmlElement): readonly string[] {
  const codes: string[] = [];
  let level = child(fault, 'Code');
  while (level !== undefined && codes.length <= MOST_SUBCODES) {
    codes.push(codeText(child(level, 'Value')));
    level = child(level, 'Subcode');
  }
  return codes;
}

/** Reasons come in several languages; German is what the house's people read. */
function reasonOf(fault: XmlElement): XmlElement | undefined {
  const texts = child(fault, 'Reason')?.children ?? [];
  return texts.find((text) => attributeOf(text, XML_NAMESPACE, 'lang')?.startsWith('de')) ?? texts[0];
}

function codeText(element: XmlElement | undefined): string {
  const text = element?.text.trim() ?? '';
  const local = text.slice(text.indexOf(':') + 1);
  // The code goes into errors and logs, so only what can be a name may pass.
  return /^[A-Za-z_][\w.-]*$/.test(local) && local.length <= LONGEST_CODE ? local : 'unknown';
}

function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((each) => each.name === name);
}
