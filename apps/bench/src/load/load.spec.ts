import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Answers, firstDifference, WrongAnswer } from './answers.js';
import { readAnswer, type RawAnswer } from './read-answer.js';
import { writeRequest } from './request.js';
import { closedLoop, fixedRate } from './run-load.js';
import { Wire } from './wire.js';

const answerOf = (value: unknown, status = 200): RawAnswer => ({ status, body: Buffer.from(JSON.stringify(value)) });

describe('an answer on the wire', () => {
  const whole = 'HTTP/1.1 200 OK\r\ncontent-type: x\r\nContent-Length: 5\r\n\r\nhello';
  const chunked = 'HTTP/1.1 503 No\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n';

  it.each([
    [whole, 200],
    [chunked, 503],
  ])('is read when it is there, and not before', (text, status) => {
    for (let length = 0; length < text.length; length += 1) {
      expect(readAnswer(Buffer.from(text.slice(0, length)))).toBeUndefined();
    }
    const answer = readAnswer(Buffer.from(text));
    expect(answer?.status).toBe(status);
    expect(answer?.body.toString()).toBe('hello');
  });
});

describe('answers', () => {
  it('are right when everyone says the same, whatever stands besides and in whatever order', () => {
    const answers = new Answers();
    answers.check('ours', 'q', answerOf({ data: { a: 1, b: [2] }, extensions: { ms: 1 } }));
    answers.check('ours', 'q', answerOf({ data: { a: 1, b: [2] }, extensions: { ms: 2 } }));
    answers.check('theirs', 'q', answerOf({ data: { b: [2], a: 1 } }));
    answers.check('theirs', 'other question', answerOf({ data: { a: 2 } }));
    expect(answers.checked).toBe(4);
  });

  it.each([
    ['another value', { data: { a: 1, b: [3] } }, 200, /ours differ about q at data\.b\.0/],
    ['more than that', { data: { a: 1, b: [2], c: 1 } }, 200, /at data\.c/],
    ['an error besides', { data: { a: 1, b: [2] }, errors: [{ message: 'x' }] }, 200, /with errors/],
    ['no data', { data: null }, 200, /with errors/],
    ['another status', { data: { a: 1, b: [2] } }, 500, /answered 500/],
  ])('are wrong with %s', (_, value, status, message) => {
    const answers = new Answers();
    answers.check('ours', 'q', answerOf({ data: { a: 1, b: [2] } }));
    expect(() => answers.check('theirs', 'q', answerOf(value, status))).toThrow(message);
    expect(() => answers.check('theirs', 'q', answerOf(value, status))).toThrow(WrongAnswer);
  });

  it('of one contender are compared to the last byte of data, not only how they begin', () => {
    const answers = new Answers();
    answers.check('ours', 'q', answerOf({ data: { a: 1 } }));
    expect(() => answers.check('ours', 'q', answerOf({ data: { a: 12 } }))).toThrow(/at data\.a/);
    expect(() => answers.check('ours', 'q', answerOf({ data: { a: 1 }, errors: [{}] }))).toThrow(/with errors/);
  });

  it('differ at a place that is named', () => {
    expect(firstDifference({ a: { b: 1 } }, { a: { b: 2 } })).toBe('data.a.b');
    expect(firstDifference([1], [1, 2])).toBe('data.1');
  });
});

describe('a load', () => {
  let server: Server;
  let port: number;
  let met = 0;

  beforeAll(async () => {
    server = createServer((request, response) => {
      met += 1;
      request.resume().on('end', () => response.end(JSON.stringify({ data: request.headers.authorization })));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const loadOf = (count: number, taken: RawAnswer[]) => ({
    port,
    ask: (index: number) =>
      index < count ? { key: 'q', request: writeRequest({ port, query: '{ a }', token: 'ey.x.y' }) } : undefined,
    take: (_: unknown, answer: RawAnswer) => void taken.push(answer),
  });

  it.each([
    ['in a closed loop', (taken: RawAnswer[]) => closedLoop(loadOf(7, taken), 3)],
    ['at a fixed rate', (taken: RawAnswer[]) => fixedRate(loadOf(7, taken), 10_000)],
  ])('%s asks every question once and takes every answer', async (_, run) => {
    const taken: RawAnswer[] = [];
    met = 0;
    const { answered, latencies } = await run(taken);
    expect([answered, latencies.length, taken.length, met]).toEqual([7, 7, 7, 7]);
    expect(latencies).toEqual(latencies.toSorted((left, right) => left - right));
    expect(taken[0]?.body.toString()).toBe('{"data":"Bearer ey.x.y"}');
  });

  it('ends with an error when a connection breaks', async () => {
    const rude = createServer((request) => request.socket.destroy());
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
    const { port: there } = rude.address() as AddressInfo;
    const wire = new Wire(there);
    await expect(wire.ask(writeRequest({ port: there, query: '{ a }' }))).rejects.toThrow();
    rude.close();
  });
});
