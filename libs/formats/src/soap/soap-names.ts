export type SoapVersion = '1.1' | '1.2';

/** Namespace of the envelope; it alone tells the two versions apart. */
export const ENVELOPE_NAMESPACE: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
};

export const XSI_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance';

/** Namespace of arrays and references: SOAP 1.1 section 5 and SOAP 1.2 part 2. */
export const ENCODING_NAMESPACES: readonly string[] = [
  'http://schemas.xmlsoap.org/soap/encoding/',
  'http://www.w3.org/2003/05/soap-encoding',
];

/** The version whose envelope namespace this is; undefined for any other. */
export function soapVersionOf(namespace: string | null): SoapVersion | undefined {
  if (namespace === ENVELOPE_NAMESPACE['1.2']) return '1.2';
  return namespace === ENVELOPE_NAMESPACE['1.1'] ? '1.1' : undefined;
}
