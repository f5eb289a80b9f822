import { describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { settle, TestClock } from '#lib/testing';
import { NOBODY_WAITS, type HttpRequest, type HttpResponse, type UpstreamCall } from '#lib/upstream';
import { batchAnswer, isBatch, readsOf } from '../../../fixtures/fake-batch.js';
import {
  FakeSap,
  fixture,
  isSignIn,
  jsonAnswer,
  pageAnswer,
  sessionAnswer,
  tokenRefused,
} from '../../../fixtures/fake-sap.js';
import { BatchReads } from './batch-reads.js';
import { SapSession } from './sap-session.js';
import { CRM, ERP } from '../umc.wire.js';

const TEN_MINUTES = 600_000;
const invoices = `${ERP}/Accounts('1')/Invoices`;
const balances = `${ERP}/Accounts('1')/ContractAccounts?$expand=ContractAccountBalance`;
const contracts = `${CRM}/Accounts('1')/ContractItems`;

type Answer = ConstructorParameters<typeof FakeSap>[0];

/** Each read is answered with its own path. */
const echo: Answer = (request) => (isSignIn(request) ? sessionAnswer() : jsonAnswer(JSON.stringify(request.path)));

function readsFrom(answer: Answer = echo, onBatch?: Answer): { reads: BatchReads; sap: FakeSap; clock: TestClock } {
  const sap = new FakeSap(answer, onBatch);
  const clock = new TestClock();
  return { reads: new BatchReads(new SapSession(sap, { user: 'TOR', password: 'offen' }, clock), clock), sap, clock };
}

const callOf = (account: string | null, signal = new AbortController().signal): UpstreamCall => ({ account, signal });
const first = callOf('1');

/** What went over the wire after the sign-ins, e.g. `POST ERP/$batch`. */
const wire = (sap: FakeSap): string[] =>
  sap.calls.filter((sent) => !isSignIn(sent)).map(({ method, path }) => `${method} ${path.split('/sap/').at(-1)}`);

const textOf = ({ status, body }: HttpResponse): [number, unknown] => [status, JSON.parse(body.toString('utf8'))];

/** Sends both reads in one tick. */
async function sendTwo(reads: BatchReads, call: UpstreamCall = first): Promise<[number, unknown][]> {
  return (await Promise.all([reads.send(invoices, call), reads.send(balances, call)])).map(textOf);
}

const BATCH = 'POST ERP_UTILITIES_UMC/$batch';
const SINGLY = [invoices, balances].map((path) => `GET ${path.split('/sap/').at(-1)}`);
const BOTH = [invoices, balances].map((path) => [200, path]);

describe('reads of one tick', () => {
  it('of one account share one call for each service, and each gets its own answer', async () => {
    const { reads, sap } = readsFrom();
    const answers = await Promise.all([
      reads.send(invoices, first),
      reads.send(contracts, first),
      Promise.resolve().then(() => reads.send(balances, first)),
      reads.send(`${contracts}?$expand=Dates`, first),
    ]);
    expect(answers.map(textOf)).toEqual(
      [invoices, contracts, balances, `${contracts}?$expand=Dates`].map((path) => [200, path]),
    );
    expect(wire(sap)).toEqual([BATCH, 'POST CRM_UTILITIES_UMC/$batch']);
  });

  it('go as an ordinary GET without a token where one is alone', async () => {
    const { reads, sap } = readsFrom();
    expect(textOf(await reads.send(invoices, first))).toEqual([200, invoices]);
    expect(textOf(await reads.send(balances, first))).toEqual([200, balances]);
    expect(wire(sap)).toEqual(SINGLY);
    expect(sap.calls.at(-1)?.headers).toEqual({
      accept: 'application/json',
      'accept-language': 'de',
      cookie: 'SAP_SESSIONID_SWE_100=fixture; sap-usercontext=sap-client=100',
    });
  });

  it('of two accounts never share a call', async () => {
    const { reads, sap } = readsFrom();
    const second = [invoices, balances].map((path) => path.replace("'1'", "'2'"));
    await Promise.all([sendTwo(reads), ...second.map((path) => reads.send(path, callOf('2')))]);
    const batches = sap.calls.filter(isBatch).map((sent) => readsOf(sent).map(({ path }) => path));
    expect(batches).toEqual([[invoices, balances], second]);
  });

  it.each([
    ['of public data', `${ERP}/MeterReadingNotes`, callOf(null)],
    ['of nobody knows whom', invoices, { signal: first.signal }],
    ['with a character that no address has', `${ERP}/Accounts('1')/Invoices HTTP/1.1\r\nX: 1`, first],
    ['with a very long address', `${ERP}/${'x'.repeat(4001)}`, first],
    ['of another place', '/sap/bc/ping', first],
  ])('are sent one by one %s', async (_case, path, call) => {
    const { reads, sap } = readsFrom();
    await Promise.all([reads.send(path, call), reads.send(path, call)]);
    expect(sap.calls.some(isBatch)).toBe(false);
    expect(sap.requests.filter((sent) => sent.path === path)).toHaveLength(2);
  });

  it('are spread over several batches of at most twenty', async () => {
    const { reads, sap } = readsFrom();
    const paths = Array.from({ length: 41 }, (_, index) => `${ERP}/Devices('${index}')/RegistersToRead`);
    const answers = await Promise.all(paths.map((path) => reads.send(path, first)));
    expect(answers.map(textOf)).toEqual(paths.map((path) => [200, path]));
    expect(sap.calls.filter(isBatch).map((sent) => readsOf(sent).length)).toEqual([20, 20]);
    expect(wire(sap)).toHaveLength(3);
  });
});

describe('a batch', () => {
  const refused = jsonAnswer('{"error":{"code":"005056A509B1"}}', 404);

  it('fails only the read whose part fails', async () => {
    const { reads, sap } = readsFrom(echo, () => batchAnswer([jsonAnswer('{"error":{}}', 500), jsonAnswer('"there"')]));
    expect(await sendTwo(reads)).toEqual([
      [500, { error: {} }],
      [200, 'there'],
    ]);
    await sendTwo(reads);
    expect(wire(sap)).toEqual([BATCH, BATCH]);
  });

  it.each([
    ['403', tokenRefused()],
    ['a logon page with status 200', pageAnswer(fixture('logon.answer.html'))],
    ['401', jsonAnswer('{}', 401)],
  ])('renews session and token exactly once after %s, for all services together', async (_case, answer) => {
    let session = 0;
    const sessions: Answer = (sent) => (isSignIn(sent) ? sessionAnswer(`S=${(session += 1)}`) : jsonAnswer('{}'));
    const { reads, sap } = readsFrom(sessions, (sent) =>
      sent.headers?.['cookie']?.startsWith('S=1;')
        ? settle().then(() => answer)
        : batchAnswer(readsOf(sent).map(({ path }) => jsonAnswer(JSON.stringify(path)))),
    );
    const others = [contracts, `${contracts}?x`].map((path) => reads.send(path, first));
    expect(await sendTwo(reads)).toEqual(BOTH);
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200]);
    expect(sap.signIns).toBe(2);
    expect(sap.calls.filter(isBatch)).toHaveLength(4);
    expect(sap.calls.at(-1)?.headers).toMatchObject({ 'x-csrf-token': 'fixture-token==' });
  });

  it('fails all its reads by one error where nobody is served', async () => {
    const { reads, sap } = readsFrom(echo, () => jsonAnswer('{}', 503));
    const outcomes = await Promise.allSettled([reads.send(invoices, first), reads.send(balances, first)]);
    const [one, other] = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason : undefined));
    expect(one).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(other).toBe(one);
    await Promise.allSettled([reads.send(invoices, first), reads.send(balances, first)]);
    expect(wire(sap)).toEqual([BATCH, BATCH]);
  });

  it('that a read may have brought down is not repeated for that account and service, but for others', async () => {
    const { reads, sap, clock } = readsFrom(echo, () => pageAnswer('<html>500', 500));
    const twice = (account: string, paths = [invoices, balances]): Promise<unknown> =>
      Promise.allSettled(paths.map((path) => reads.send(path, callOf(account))));
    await twice('1');
    expect(await sendTwo(reads)).toEqual(BOTH);
    expect(wire(sap)).toEqual([BATCH, ...SINGLY]);
    await twice('2');
    await twice('1', [contracts, `${contracts}?x`]);
    expect(wire(sap).slice(3)).toEqual([BATCH, 'POST CRM_UTILITIES_UMC/$batch']);
    await clock.advance(TEN_MINUTES);
    await twice('1');
    expect(wire(sap).slice(5)).toEqual([BATCH]);
  });

  it.each([
    ['an address that is not there', refused],
    ['no right', jsonAnswer('{}', 403)],
    ['a token refused again', tokenRefused()],
    ['405', pageAnswer('', 405)],
    ['501', pageAnswer('', 501)],
    ['a firewall page', pageAnswer(fixture('firewall.answer.html'))],
  ])('that is refused with %s is read one by one, and so is all of that service for a while', async (_case, answer) => {
    const { reads, sap, clock } = readsFrom(echo, () => answer);
    expect(await sendTwo(reads)).toEqual(BOTH);
    const batches = sap.calls.filter(isBatch).length;
    expect(await sendTwo(reads, callOf('2'))).toEqual(BOTH);
    expect(sap.calls.filter(isBatch)).toHaveLength(batches);
    expect(wire(sap).slice(batches)).toEqual([...SINGLY, ...SINGLY]);
    await clock.advance(TEN_MINUTES);
    await sendTwo(reads);
    expect(sap.calls.filter(isBatch).length).toBeGreaterThan(batches);
  });

  const whole = batchAnswer([jsonAnswer('"a"'), jsonAnswer('"b"')]);
  it.each([
    ['fewer parts than asked', batchAnswer([jsonAnswer('"a"')])],
    ['more parts than asked', batchAnswer(['"a"', '"b"', '"c"'].map((body) => jsonAnswer(body)))],
    ['another content type', { ...whole, headers: { 'content-type': 'application/json' } }],
    ['no content type', { ...whole, headers: {} }],
    ['a boundary that does not occur', { ...whole, headers: { 'content-type': 'multipart/mixed; boundary=x' } }],
    ['a cut body', { ...whole, body: whole.body.subarray(0, -20) }],
    ['no body', { ...whole, body: Buffer.alloc(0) }],
    ['garbage', { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: Buffer.from([0, 255]) }],
    ['a bad request', jsonAnswer('{"error":{}}', 400)],
    ['too much', jsonAnswer('{}', 413)],
  ])('answered with %s is read one by one, and so is that account for a while', async (_case, answer) => {
    const { reads, sap } = readsFrom(echo, () => answer);
    expect(await sendTwo(reads)).toEqual(BOTH);
    expect(await sendTwo(reads)).toEqual(BOTH);
    expect(wire(sap)).toEqual([BATCH, ...SINGLY, ...SINGLY]);
    await sendTwo(reads, callOf('2'));
    expect(wire(sap).slice(5)).toEqual([BATCH, ...SINGLY]);
  });

  it('whose answer is larger than a connection takes is read one by one', async () => {
    const { reads, sap } = readsFrom(echo, () => Promise.reject(new AppError('UPSTREAM_MALFORMED', 'too large')));
    expect(await sendTwo(reads)).toEqual(BOTH);
    expect(wire(sap)).toEqual([BATCH, ...SINGLY]);
  });

  it('takes a quoted boundary and line feeds alone', async () => {
    const { reads } = readsFrom(echo, () => ({
      status: 200,
      headers: { 'content-type': 'multipart/mixed;charset=utf-8; boundary="F00DFACE0"' },
      body: Buffer.from(whole.body.toString('utf8').replaceAll('\r\n', '\n')),
    }));
    expect(await sendTwo(reads)).toEqual([
      [200, 'a'],
      [200, 'b'],
    ]);
  });
});

describe('a read that is given up', () => {
  const timeout = new AppError('UPSTREAM_TIMEOUT', 'deadline');

  /** A system that holds batches until told; whether the call was given up shows in `signals`. */
  function held(): ReturnType<typeof readsFrom> & { signals: AbortSignal[]; answer: () => void } {
    const signals: AbortSignal[] = [];
    let answer: () => void = () => undefined;
    const from = readsFrom(echo, (sent: HttpRequest, { signal }: UpstreamCall) => {
      signals.push(signal);
      return new Promise((resolve, reject) => {
        answer = () => resolve(batchAnswer(readsOf(sent).map(({ path }) => jsonAnswer(JSON.stringify(path)))));
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    });
    return { ...from, signals, answer: () => answer() };
  }

  async function departed({ reads }: ReturnType<typeof held>): Promise<{
    one: AbortController;
    other: AbortController;
    outcomes: Promise<PromiseSettledResult<HttpResponse>[]>;
  }> {
    const [one, other] = [new AbortController(), new AbortController()];
    const outcomes = Promise.allSettled([
      reads.send(invoices, callOf('1', one.signal)),
      reads.send(balances, callOf('1', other.signal)),
    ]);
    // The tick, the sign-in, the batch.
    for (let turn = 0; turn < 3; turn += 1) await settle();
    return { one, other, outcomes };
  }

  it('leaves its batch to the others', async () => {
    const system = held();
    const { one, outcomes } = await departed(system);
    one.abort(timeout);
    system.answer();
    const [left, stayed] = await outcomes;
    expect(left).toEqual({ status: 'rejected', reason: timeout });
    expect(stayed).toMatchObject({ status: 'fulfilled', value: { status: 200 } });
    expect(system.signals.map(({ aborted }) => aborted)).toEqual([false]);
  });

  it('ends the batch when it is the last one', async () => {
    const system = held();
    const { one, other, outcomes } = await departed(system);
    one.abort(timeout);
    await settle();
    expect(system.signals[0]?.aborted).toBe(false);
    other.abort(NOBODY_WAITS);
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(system.signals[0]?.reason).toBe(NOBODY_WAITS);
  });

  it('at its deadline keeps later ones of its account from waiting for each other', async () => {
    const system = held();
    const { one } = await departed(system);
    one.abort(timeout);
    expect(await sendTwo(system.reads)).toEqual(BOTH);
    expect(wire(system.sap)).toEqual([BATCH, ...SINGLY]);
  });

  it('because nobody waits says nothing about batches', async () => {
    const system = held();
    const { one, other } = await departed(system);
    one.abort(NOBODY_WAITS);
    other.abort(NOBODY_WAITS);
    const again = sendTwo(system.reads);
    await settle();
    await settle();
    system.answer();
    expect(await again).toEqual(BOTH);
    expect(wire(system.sap)).toEqual([BATCH, BATCH]);
  });

  it('before the tick is over does not travel', async () => {
    const { reads, sap } = readsFrom();
    const impatient = new AbortController();
    const outcome = reads.send(invoices, callOf('1', impatient.signal)).catch((error: unknown) => error);
    const stayed = reads.send(balances, first);
    impatient.abort(timeout);
    expect(textOf(await stayed)).toEqual([200, balances]);
    expect(await outcome).toBe(timeout);
    expect(wire(sap)).toEqual([SINGLY[1]]);
    await expect(reads.send(invoices, callOf('1', impatient.signal))).rejects.toBe(timeout);
  });

  it('while it is read by itself after a useless batch ends its own call only', async () => {
    const { reads, sap } = readsFrom(
      (sent, { signal }) =>
        sent.path === invoices
          ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
          : echo(sent, first),
      () => jsonAnswer('{}', 413),
    );
    const impatient = new AbortController();
    const outcome = reads.send(invoices, callOf('1', impatient.signal)).catch((error: unknown) => error);
    expect(textOf(await reads.send(balances, first))).toEqual([200, balances]);
    impatient.abort(timeout);
    expect(await outcome).toBe(timeout);
    expect(wire(sap)).toEqual([BATCH, ...SINGLY]);
  });
});
