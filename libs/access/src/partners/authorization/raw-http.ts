import type Provider from 'oidc-provider';
import { AppError } from '#lib/kernel';

type Handler = ReturnType<Provider['callback']>;

/** Request and answer as Node gives them; the library works on nothing else. */
export type RawRequest = Extract<Parameters<Handler>[0], { readonly aborted: boolean }>;
export type RawResponse = Extract<Parameters<Handler>[1], { strictContentLength: boolean }>;

const LARGEST_FORM_BYTES = 8_000;

/** Headers of every answer of the authorization server. */
export const ANSWER_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
};

/** @throws AppError INVALID_INPUT for a form that is too large or cut off */
export async function readForm(request: RawRequest): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_FORM_BYTES) throw new AppError('INVALID_INPUT', 'the form is too large');
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

/** Answers with a whole body. */
export function send(
  response: RawResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = status;
  response.end(body);
}
