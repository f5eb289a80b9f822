import { odataKey } from '#lib/formats';
import type { HttpRequest } from '#lib/upstream';
import type { ReadingDecision } from '../../model/meters/reading-review.js';
import { ERP, READING_RESULTS } from '../umc.wire.js';

/** MeterReadingStatusID (domain.md section 1). */
const STATUS: Readonly<Record<ReadingDecision, string>> = { RELEASE: '4', REJECT: '3' };

/**
 * Changes the status and nothing else. OData v2 changes single properties by MERGE, which not every proxy lets through:
 * it travels as POST under `X-HTTP-Method`.
 */
export function readingStatusRequest(reading: string, decision: ReadingDecision): HttpRequest {
  return {
    method: 'POST',
    path: `${ERP}/${READING_RESULTS}(${odataKey(reading)})`,
    headers: {
      accept: 'application/json',
      'accept-language': 'de',
      'content-type': 'application/json',
      'x-http-method': 'MERGE',
    },
    body: JSON.stringify({ MeterReadingStatusID: STATUS[decision] }),
  };
}
