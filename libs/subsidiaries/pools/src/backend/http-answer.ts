import { AppError } from '#lib/kernel';
import type { HttpResponse } from '#lib/upstream';

/**
 * The body of a 200; all systems of the pools answer so when they work. TICOS says 500 to an unknown tenant, as to any
 * trouble of its own.
 * @throws AppError UPSTREAM_UNAVAILABLE when another try may help, else UPSTREAM_REJECTED
 */
export function bodyOf({ status, body }: HttpResponse): Buffer {
  if (status === 200) return body;
  const code = status >= 500 || status === 429 ? 'UPSTREAM_UNAVAILABLE' : 'UPSTREAM_REJECTED';
  throw new AppError(code, `answered with HTTP ${status}`, { upstreamCode: `HTTP ${status}` });
}
