import { AppError } from '#lib/kernel';
import type { HttpResponse } from '#lib/upstream';

/**
 * What a status means that brings no answer we could read: trouble there may pass, anything else (a wrong password, a
 * wrong address) will not.
 */
export function failedResponse({ status }: Pick<HttpResponse, 'status'>): AppError {
  const passes = status >= 500 || status === 429;
  return new AppError(passes ? 'UPSTREAM_UNAVAILABLE' : 'UPSTREAM_REJECTED', `answered with HTTP ${status}`, {
    upstreamCode: `HTTP ${status}`,
  });
}

/** Media type without parameters, in lower case; empty when none is named. */
export function mediaTypeOf({ headers }: Pick<HttpResponse, 'headers'>): string {
  const [type] = [headers['content-type']].flat();
  return type?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
