import { AppError } from '#lib/kernel';
import type { HttpResponse } from '#lib/upstream';
import { statusError } from './http-status.js';
import { parseJson } from './parse-json.js';

/** What a status other than success of the shop means, with the code of its body if there is one. */
export function shopError(response: HttpResponse): AppError {
  return statusError(response, codeOf(response));
}

/** `{"error":{"code"}}` of the API or `{"error"}` of OAuth; undefined for anything else, such as a maintenance page. */
function codeOf({ body }: HttpResponse): string | undefined {
  try {
    const error = parseJson(body).value('error');
    const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : error;
    return typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : undefined;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
