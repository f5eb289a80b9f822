import { malformed, WireObject } from '#lib/formats';

/** @throws AppError UPSTREAM_MALFORMED when the body is no JSON object, e.g. an error page with status 200 */
export function parseJson(body: Buffer): WireObject {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw malformed('$', 'is not JSON');
  }
  return new WireObject(value, '');
}
