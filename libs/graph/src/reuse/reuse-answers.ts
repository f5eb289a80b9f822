import type { DocumentGate } from '../documents/document-gate.js';
import type { AskedRequest } from './answer-key.js';
import type { AnswerReuse } from './answer-reuse.js';
import type { FinishedAnswer } from './finished-answers.js';
import { Outbox, type PlainResponse } from './outbox.js';
import { leaveBodiesUnread, UnreadBody } from './unread-body.js';

type Find = Parameters<AnswerReuse['find']>;

/** What is used of Fastify, and of Nest's adapter for it. */
type HookedRequest = AskedRequest & Find[0] & { readonly routeOptions: { readonly url?: string }; body: unknown };
interface HookedReply {
  readonly statusCode: number;
  readonly raw: PlainResponse;
  getHeaders(): Readonly<Record<string, number | string | string[] | undefined>>;
  hijack(): unknown;
}
type GoOn = (error?: Error) => void;
type Json = (request: HookedRequest, bytes: Buffer, done: (error: Error | null, body?: unknown) => void) => void;
interface Fastify {
  readonly initialConfig: { readonly bodyLimit?: number };
  getDefaultJsonParser(onProtoPoisoning: 'error', onConstructorPoisoning: 'error'): unknown;
  addHook(name: 'preValidation', hook: (request: HookedRequest, reply: HookedReply, goOn: GoOn) => void): unknown;
  addHook(
    name: 'onSend',
    hook: (request: HookedRequest, reply: HookedReply, payload: unknown, goOn: GoOn) => void,
  ): unknown;
}
interface Adapter {
  getInstance(): unknown;
  useBodyParser(type: string, rawBody: boolean, options: object, parser: Json): unknown;
}

/**
 * Puts the reuse of answers before the reading of bodies. Goes before {@link admitDocuments}: what was let in once, to the
 * letter, is let in again, since no document is ever taken off the list.
 */
export function reuseAnswers(adapter: Adapter, reuse: AnswerReuse, gate: DocumentGate): void {
  const fastify = adapter.getInstance() as Fastify;
  const json = fastify.getDefaultJsonParser('error', 'error') as Json;
  leaveBodiesUnread<HookedRequest>(adapter, fastify.initialConfig.bodyLimit!, json);
  const outbox = new Outbox();
  const read = (request: HookedRequest, bytes: Buffer, goOn: GoOn): void =>
    json(request, bytes, (error, body) => {
      request.body = body;
      goOn(error ?? undefined);
    });
  fastify.addHook('preValidation', (request, reply, goOn) => {
    const { body } = request;
    if (!(body instanceof UnreadBody)) return goOn();
    const give = (answer: FinishedAnswer | undefined): void => {
      if (answer === undefined) return read(request, body.bytes, goOn);
      if (answer.documentId !== null) gate.count(answer.documentId, request.headers);
      // No hook is to touch it any more: its headers are those that they have made.
      reply.hijack();
      outbox.send(reply.raw, answer);
    };
    // Whatever goes wrong in looking is met again, and told, by the way that every other request takes.
    void reuse.find(request, body.bytes).then(give, () => give(undefined));
  });
  fastify.addHook('onSend', (request, reply, _payload, goOn) => {
    if (reply.statusCode === 200 && reuse.isNoted(request)) {
      reuse.keep(request, reply.getHeaders(), gate.idBehind(request.body));
    }
    goOn();
  });
}
