import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { until } from '#lib/testing';
import type { DocumentGate } from '../documents/document-gate.js';
import type { AnswerReuse } from './answer-reuse.js';
import type { FinishedAnswer } from './finished-answers.js';
import { reuseAnswers } from './reuse-answers.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const TEXT = '{"data":{"name":"Gülay Öz €"}}\n';

/** An answer as it is kept. */
const kept = (text: string, documentId: string | null = null): FinishedAnswer => {
  const bytes = Buffer.from(text).toString('latin1');
  const head = ['content-type', 'application/json; charset=utf-8', 'x-frame-options', 'DENY'];
  return { head: [...head, 'content-length', String(bytes.length)], bytes, documentId };
};

describe('a request to /graphql', () => {
  const known = new Map<string, FinishedAnswer>();
  const counted: unknown[] = [];
  const keeping: unknown[] = [];
  let fastify: FastifyInstance;
  let noted: boolean;

  beforeEach(async () => {
    known.clear();
    counted.length = 0;
    keeping.length = 0;
    noted = false;
    const reuse: Pick<AnswerReuse, 'find' | 'isNoted' | 'keep'> = {
      find: (_, body) => Promise.resolve(known.get(body.toString('utf8'))),
      isNoted: () => noted,
      keep: (_, headers, documentId) => void keeping.push([headers['content-type'], headers['x-late'], documentId]),
    };
    const gate: Pick<DocumentGate, 'count' | 'idBehind'> = {
      count: (id, { from }) => void counted.push([id, from]),
      idBehind: (body) => (body as { documentId?: string }).documentId ?? null,
    };
    const adapter = new FastifyAdapter();
    fastify = adapter.getInstance();
    fastify.addHook('onSend', async (_, reply) => void reply.header('x-late', '1'));
    reuseAnswers(adapter, reuse as AnswerReuse, gate as DocumentGate);
    for (const url of ['/graphql', '/other']) {
      fastify.post(url, (request, reply) => void reply.send({ read: request.body }));
    }
    await fastify.listen({ port: 0, host: '127.0.0.1' });
  });
  afterEach(() => fastify.close());

  const post = (payload: string, url = '/graphql', headers: Record<string, string> = JSON_TYPE) =>
    fastify.inject({ method: 'POST', url, headers, payload });

  it('whose answer is known gets it with the headers of then, before anything of it is read', async () => {
    known.set('no JSON at all', kept(TEXT));
    const { statusCode, body, headers } = await post('no JSON at all');
    expect([statusCode, body]).toEqual([200, TEXT]);
    expect(headers).toMatchObject({ 'x-frame-options': 'DENY', 'content-length': String(Buffer.byteLength(TEXT)) });
    expect(headers['x-late']).toBeUndefined();
    expect(counted).toEqual([]);
  });

  it('counts as a use of the document that it named, by whoever sends it', async () => {
    known.set('{"documentId":"d"}', kept(TEXT, 'd'));
    await post('{"documentId":"d"}', '/graphql', { ...JSON_TYPE, from: 'kiosk' });
    expect(counted).toEqual([['d', 'kiosk']]);
  });

  it('whose answer is not known is read as any other', async () => {
    expect((await post('{"query":"ü"}')).json()).toEqual({ read: { query: 'ü' } });
    expect((await post('{"query":"ü"}', '/other')).json()).toEqual({ read: { query: 'ü' } });
  });

  it.each([
    ['that is no JSON', '{"query"'],
    ['that is empty', ''],
    ['that would change what objects are', '{"__proto__":{"a":1}}'],
  ])('with a body %s is refused as anywhere else', async (_, payload) => {
    const [here, there] = [await post(payload), await post(payload, '/other')];
    expect(here.statusCode).toBe(400);
    expect(here.json()).toEqual(there.json());
  });

  it('whose new answer was noted has it kept with all its headers', async () => {
    await post('{"query":"a"}');
    expect(keeping).toEqual([]);
    noted = true;
    await post('{"query":"a","documentId":"d"}');
    expect(keeping).toEqual([['application/json; charset=utf-8', '1', 'd']]);
  });

  it('is answered in its turn where several come at once on one connection', async () => {
    known.set('1', kept('{"a":"one"}'));
    known.set('2', kept('{"a":"twö"}'));
    const socket = connect((fastify.server.address() as AddressInfo).port, '127.0.0.1');
    let heard = '';
    socket.on('error', () => undefined).on('data', (chunk) => (heard += chunk.toString('utf8')));
    const request = (body: string): string =>
      `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 1\r\n\r\n${body}`;
    socket.write(['1', '2', '3', '1'].map(request).join(''));
    await until('all are answered', () => heard.split('HTTP/1.1 200').length === 5 && heard.endsWith('{"a":"one"}'));
    socket.destroy();
    expect(heard.match(/\{.*?\}/g)).toEqual(['{"a":"one"}', '{"a":"twö"}', '{"read":3}', '{"a":"one"}']);
  });
});
