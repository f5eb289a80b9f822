/** A SOAP 1.2 fault the service answers with. */
export class SoapFault extends Error {
  override readonly name = 'SoapFault';

  /**
   * @param status 500 by the SOAP 1.2 HTTP binding; 200 where the service itself made the fault
   * @param subcode qualified name with prefix `a`, WS-Addressing 1.0; null for none
   */
  constructor(
    readonly status: 200 | 500,
    readonly code: 'Sender' | 'Receiver' | 'VersionMismatch',
    readonly subcode: string | null,
    reason: string,
  ) {
    super(reason);
  }
}
