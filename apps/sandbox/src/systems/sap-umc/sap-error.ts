/** One entry of `errordetails`. */
export interface ErrorDetail {
  readonly code: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

/** A refusal as SAP Gateway words it. `status` is HTTP's, `code` SAP's message class and number. */
export class SapError extends Error {
  override readonly name = 'SapError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** All messages; only this one unless given. */
    readonly details: readonly ErrorDetail[] = [{ code, message, severity: 'error' }],
  ) {
    super(message);
  }
}

/** Closes the list of messages when the application refuses; says nothing itself. */
const SUMMARY: ErrorDetail = {
  code: '/IWBEP/CX_MGW_BUSI_EXCEPTION',
  message: 'Eine Ausnahme wurde ausgelöst',
  severity: 'error',
};

/** The application, not the framework, refuses: each reason, led by the first one, and a summary at the end. */
export function businessError(reasons: readonly [Reason, ...Reason[]]): SapError {
  const details = reasons.map((reason): ErrorDetail => ({ ...reason, severity: 'error' }));
  return new SapError(400, reasons[0].code, reasons[0].message, [...details, SUMMARY]);
}

type Reason = Pick<ErrorDetail, 'code' | 'message'>;

/** Readings that are taken only with a note (domain: plausibility handshake). The leading code says nothing. */
export function implausible(messages: readonly string[]): SapError {
  const warnings = messages.map((message): ErrorDetail => ({
    code: 'PLAUSIBILITY_ERROR',
    message,
    severity: 'warning',
  }));
  return new SapError(400, 'SY/530', SUMMARY.message, [...warnings, SUMMARY]);
}

/** No entity with that key, or the single navigation leads nowhere. `segment` is the entity type's name. */
export function notFound(segment: string): SapError {
  return new SapError(404, '/IWBEP/CM_MGW_RT/020', `Ressource für Segment "${segment}" nicht gefunden`);
}

/** The URI names a set, navigation or property that the model does not have at that place. */
export function unknownSegment(segment: string): SapError {
  return new SapError(
    404,
    '005056A509B11EE1B9A8FEC11C21D78E',
    `Ressource für das Segment '${segment}' nicht gefunden.`,
  );
}

/** A query option names a property that the type does not have. */
export function unknownProperty(property: string, type: string): SapError {
  return new SapError(400, '005056A509B11EE1B9A8FEA8DE87F78E', `Property ${property} nicht gefunden in Typ ${type}`);
}

/** A key, option or expression that cannot be read. */
export function badRequest(message: string): SapError {
  return new SapError(400, '005056A509B11EE1B9A8FEC11C21578E', message);
}

/** Options that make no sense for the addressed resource, such as `$filter` on a single entity. */
export function optionsNotAllowed(options: readonly string[]): SapError {
  const names = options.join(',');
  return new SapError(
    400,
    '005056A509B11EE1B9A8FEC11C23378E',
    `System-Query-Optionen '${names}' sind in der angeforderten URI nicht erlaubt`,
  );
}

/** An operand of the wrong type in `$filter`. `position` counts characters from 1. */
export function wrongOperand(operator: string, position: number): SapError {
  return new SapError(
    400,
    '005056A509B11EE1BB8AF4A65EC3CA20',
    `Ungültiger Parametertyp in Funktion '${operator}' (Position: ${position})`,
  );
}

/** The data provider lacks this operation; `method` as the generated ABAP class would name it. */
export function notImplemented(method: string): SapError {
  return new SapError(501, '/IWBEP/CM_MGW_RT/021', `Methode '${method}' nicht implementiert in Datenproviderklasse`);
}
