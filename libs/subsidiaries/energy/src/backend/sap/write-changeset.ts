import { malformed, readBatch, writeBatch, type BatchWrite } from '#lib/formats';
import type { HttpRequest, HttpResponse } from '#lib/upstream';
import { readWritten, type Written } from './write-answer.js';

/**
 * Changes as one changeset of a `$batch`: carried out together or not at all.
 * @param writes at least one, addresses relative to the service
 */
export function changesetRequest(service: string, writes: readonly BatchWrite[]): HttpRequest {
  const { contentType, body } = writeBatch([{ kind: 'changeset', writes }]);
  return {
    method: 'POST',
    path: `${service}/$batch`,
    headers: { accept: 'multipart/mixed', 'accept-language': 'de', 'content-type': contentType },
    body,
  };
}

/**
 * Reads the answer to {@link changesetRequest}: SAP answers a changeset that failed by one refusal in its place.
 * @throws AppError as {@link readWritten}
 */
export function readChangeset(response: HttpResponse): Written {
  const type = String(response.headers['content-type']);
  const isBatch = (response.status === 202 || response.status === 200) && /^\s*multipart\/mixed\b/i.test(type);
  if (!isBatch) return readWritten(response);
  const [answer, ...more] = readBatch(type, response.body);
  if (answer === undefined || more.length > 0) throw malformed('$', 'does not answer one changeset');
  const answers = (answer.kind === 'changeset' ? answer.responses : [answer]).map(({ status, headers, body }) =>
    readWritten({ status, headers: Object.fromEntries(headers), body }),
  );
  const [first] = answers;
  if (first === undefined) throw malformed('$', 'does not answer a change');
  return answers.find(({ kind }) => kind === 'refused') ?? first;
}
