import { Refusal, type Language } from '#lib/kernel';
import type { ProcessView } from '#lib/processes';
import { PROBLEM_MEDIA_TYPE, UNPROCESSABLE } from '../problem.js';
import { processIdOf, toProcessDto, toRefusalFacts, type ProcessDto } from './process.dto.js';

/** What of Fastify's reply these answers need; a route gets it by `@Res({ passthrough: true })`. */
export interface PartnerReply {
  code(status: number): PartnerReply;
  header(name: string, value: string): PartnerReply;
}

const CREATED = 201;
const ACCEPTED = 202;
const OK = 200;

/**
 * The outcome of a durable command as a partner sees it: 201 when it is done, 202 while it runs or waits for somebody,
 * 422 when it was refused, at once or later, 200 when it was cancelled. Whatever was accepted has its `Location`.
 */
export function answerOutcome(outcome: ProcessView | Refusal, reply: PartnerReply, language: Language): object {
  if (outcome instanceof Refusal) return refused(outcome, reply, language);
  reply.header('location', `/partner/v1/processes/${processIdOf(outcome.id)}`);
  const { state, refusal, pollAfterSeconds } = outcome;
  if (state === 'REFUSED' && refusal !== null) return refused(refusal, reply, language);
  reply.code(state === 'DONE' ? CREATED : state === 'CANCELLED' ? OK : ACCEPTED);
  if (pollAfterSeconds !== null) reply.header('retry-after', String(pollAfterSeconds));
  return toProcessDto({ view: outcome, isWhole: true }, language) satisfies ProcessDto;
}

/** A problem (RFC 9457) whose code is that of the refusal. */
function refused(refusal: Refusal, reply: PartnerReply, language: Language): object {
  reply.code(UNPROCESSABLE).header('content-type', PROBLEM_MEDIA_TYPE);
  if (refusal.retryAfterSeconds !== null) reply.header('retry-after', String(refusal.retryAfterSeconds));
  const { code, title, ...facts } = toRefusalFacts(refusal, language);
  const type = `urn:saaltor:refusal:${code.toLowerCase().replaceAll('_', '-')}`;
  return { type, title, status: UNPROCESSABLE, code, ...facts };
}
