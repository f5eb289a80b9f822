import { malformed, WireObject } from '../wire/wire-object.js';
import { hafasError } from './hafas-errors.js';

/** One service's part of an answer: a result, an error code, or both (a refusal may carry hints). */
interface HafasService {
  /** E.g. `StationBoard`. */
  readonly method: string;
  /** Null means OK. */
  readonly error: string | null;
  readonly result: WireObject | null;
  readonly path: string;
}

/** An answer of HAFAS mgate. Errors come with HTTP 200, at the top or per service. */
export interface HafasEnvelope {
  readonly version: string | null;
  /** Error of the whole answer; null means OK. */
  readonly error: string | null;
  readonly services: readonly HafasService[];
}

/** @throws AppError UPSTREAM_MALFORMED when the bytes are no JSON object, e.g. an error page */
export function parseHafasJson(bytes: Uint8Array): WireObject {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw malformed('$', 'is not JSON in UTF-8');
  }
  return new WireObject(value, '');
}

/** @throws AppError UPSTREAM_MALFORMED when neither an error nor a list of services is there */
export function readHafasEnvelope(answer: WireObject): HafasEnvelope {
  const error = readError(answer);
  const services = error !== null && !answer.has('svcResL') ? [] : answer.list('svcResL');
  return {
    version: answer.optionalText('ver', 20),
    error,
    services: services.map((service, index) => readService(new WireObject(service, `svcResL[${index}]`))),
  };
}

/**
 * The result of the only service of a request.
 * @throws AppError as the error table says, or UPSTREAM_MALFORMED when the answer is for another method
 */
export function hafasResult(bytes: Uint8Array, method: string): WireObject {
  const { error, services } = readHafasEnvelope(parseHafasJson(bytes));
  if (error !== null) throw hafasError(error, 'err');
  const [service] = services;
  if (service === undefined) throw malformed('svcResL', 'is empty');
  if (service.error !== null) throw hafasError(service.error, `${service.path}.err`);
  if (service.method !== method) throw malformed(`${service.path}.meth`, 'is another method');
  if (service.result === null) throw malformed(`${service.path}.res`, 'is missing');
  return service.result;
}

function readService(service: WireObject): HafasService {
  return {
    method: service.text('meth', 100),
    error: readError(service),
    result: service.optionalObject('res'),
    path: service.path,
  };
}

function readError(object: WireObject): string | null {
  const code = object.optionalText('err', 40);
  if (code === null || code === 'OK') return null;
  // The code is shown to clients and logged, so it must be a code.
  if (!/^[A-Z0-9_]+$/i.test(code)) throw malformed(object.at('err'), 'is not an error code');
  return code;
}
