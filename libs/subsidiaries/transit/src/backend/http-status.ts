import { AppError } from '#lib/kernel';
import type { HttpResponse } from '#lib/upstream';

/** Longer announcements of downtime are cut: after an hour clients may look again. */
const LONGEST_RETRY_AFTER = 3_600;

/**
 * What a status other than success means.
 * @param upstreamCode the system's own code, if its body named one
 */
export function statusError({ status, headers }: HttpResponse, upstreamCode = `HTTP ${status}`): AppError {
  if (status !== 429 && status < 500)
    return new AppError('UPSTREAM_REJECTED', `refused: ${upstreamCode}`, { upstreamCode });
  const retryAfter = [headers['retry-after']].flat()[0] ?? '';
  return new AppError('UPSTREAM_UNAVAILABLE', `out of service: ${upstreamCode}`, {
    upstreamCode,
    // The date form of the header is rare and only a hint: without it clients use their own delay.
    ...(/^\d{1,9}$/.test(retryAfter) ? { retryAfterSeconds: Math.min(Number(retryAfter), LONGEST_RETRY_AFTER) } : {}),
  });
}
