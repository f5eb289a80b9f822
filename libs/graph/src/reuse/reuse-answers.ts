import type { AskedRequest } from './answer-key.js';
import type { AnswerReuse } from './answer-reuse.js';
import type { FinishedAnswer } from './finished-answers.js';

type Find = Parameters<AnswerReuse['find']>;

/** What is used of Fastify. */
type HookedRequest = AskedRequest &
  Find[0] & {
    /** The route that was found, however its path was spelled. */
    readonly routeOptions: { readonly url?: string };
  };
interface HookedReply {
  readonly statusCode: number;
  getHeader(name: string): unknown;
  header(name: string, value: string): this;
  send(body: Buffer): this;
}
type GoOn = () => void;
interface Hooks {
  addHook(name: 'preHandler', hook: (request: HookedRequest, reply: HookedReply, goOn: GoOn) => void): unknown;
  addHook(
    name: 'onSend',
    hook: (request: HookedRequest, reply: HookedReply, payload: unknown, goOn: GoOn) => void,
  ): unknown;
}

const ROUTE = '/graphql';

/** Puts the reuse of answers behind the gate of documents and before GraphQL. */
export function reuseAnswers(fastify: Hooks, reuse: AnswerReuse): void {
  fastify.addHook('preHandler', (request, reply, goOn) => {
    if (request.method !== 'POST' || request.routeOptions.url !== ROUTE) return goOn();
    const give = (answer: FinishedAnswer | undefined): void => {
      if (answer === undefined) return goOn();
      reply.header('content-type', answer.contentType).header('cache-control', 'no-store').send(answer.body);
    };
    void reuse.find(request).then(give);
  });
  fastify.addHook('onSend', (request, reply, _payload, goOn) => {
    if (request.routeOptions.url === ROUTE && reply.statusCode === 200) {
      reuse.keep(request, String(reply.getHeader('content-type')));
    }
    goOn();
  });
}
