import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema, parse, type OperationDefinitionNode } from 'graphql';
import type { ScopeFactory } from '#lib/access';
import { CustomerAccess, type Customer } from '#lib/customer';
import { instantOf, LANGUAGES, RequestScope, type Principal, type ReadUse } from '#lib/kernel';
import { customerOf, directoryOf, noRecord, TestClock } from '#lib/testing';
import type { Upstream } from '#lib/upstream';
import { AnswerReuse } from './answer-reuse.js';
import type { ReuseSettings } from './reuse.settings.js';

const SCHEMA = buildSchema('type Query { me: Me } type Me { name: String }');
const FRESH_MS = 60_000;

type Incoming = Parameters<AnswerReuse['find']>[0];

/** A caller with what they ask. */
interface Asked {
  readonly principal: Principal;
  readonly host?: string;
  readonly language?: (typeof LANGUAGES)[number];
  readonly accept?: string;
  readonly body?: object;
  readonly method?: string;
  readonly contentType?: string;
  /** With which a new answer leaves, besides its type. */
  readonly headers?: Readonly<Record<string, string>>;
}

const customer = (subject: string, sessionId?: string, expiresAt = Number.MAX_SAFE_INTEGER): Principal => ({
  kind: 'customer',
  subject,
  expiresAt,
  ...(sessionId && { sessionId }),
});

/** Who asks what of whom, with a directory whose customers and epochs the test changes. */
class Stage {
  readonly clock = new TestClock();
  readonly customers = new Map<string, Customer>();
  readonly epochs = new Map<string, number>();
  /** False: this instance may not trust its memory. */
  trusts = true;
  private readonly reuse: AnswerReuse;
  private readonly access: CustomerAccess;
  private readonly scopes = new WeakMap<object, RequestScope>();

  constructor(answerBytes = 1_000_000) {
    for (const subject of ['kim', 'lou']) {
      this.customers.set(subject, customerOf({ id: `c-${subject}`, subject, links: { ENERGY: `1-${subject}` } }));
    }
    const directory = Object.assign(directoryOf(), {
      findBySubject: (subject: string) => Promise.resolve(this.customers.get(subject)),
      dataEpoch: (_: string, account: string) => this.epochs.get(account) ?? 0,
      recallBySubject: (subject: string) => (this.trusts ? this.customers.get(subject) : undefined),
      recallDataEpoch: (_: string, account: string) => (this.trusts ? (this.epochs.get(account) ?? 0) : undefined),
    });
    const upstream = { read: () => Promise.resolve({ value: null } as never) } as Partial<Upstream> as Upstream;
    this.access = new CustomerAccess(directory, upstream, this.clock, noRecord);
    const factory = {
      open: (request: object) => Promise.resolve(this.scopes.get(request)!),
      identify: (request: object) => Promise.resolve(this.scopes.get(request)!.caller),
      languageOf: (request: object) => this.scopes.get(request)!.language,
    };
    const settings: ReuseSettings = { answerBytes };
    this.reuse = new AnswerReuse(factory as Partial<ScopeFactory> as ScopeFactory, this.access, this.clock, settings);
  }

  /**
   * Asks once: what was kept, or else an answer that tells everything it was made of.
   * @param use what became of the one read of a new answer
   */
  async ask(asked: Asked, use: Partial<ReadUse> = {}, result: object = {}): Promise<{ text: string; reused: boolean }> {
    const { principal, language = 'de', body = { query: '{ me { name } }' }, host = 'portal.example', accept } = asked;
    const scope = new RequestScope(principal, language, this.clock.now() + 2_000, new AbortController().signal);
    const { method = 'POST', contentType = 'application/json' } = asked;
    const headers = { 'content-type': contentType, ...(accept !== undefined && { accept }) };
    const request = { method, protocol: 'https', host, headers } as Incoming;
    this.scopes.set(request, scope);
    const found = await this.reuse.find(request, Buffer.from(JSON.stringify(body)));
    if (found) return { text: Buffer.from(found.bytes, 'latin1').toString('utf8'), reused: true };
    await this.reuse.open(request, undefined as never);

    const caller = await this.access.findCaller(scope);
    if (caller) await this.read(scope, caller, use);
    const [document, answered] = [parse('{ me { name } }'), { data: { truth: this.truth(asked) }, ...result }];
    const operation = document.definitions[0] as OperationDefinitionNode;
    await this.reuse.note(scope, { schema: SCHEMA, document, operation, result: answered });
    this.reuse.keep(request, { 'content-type': 'application/json; charset=utf-8', ...asked.headers });
    return { text: `${JSON.stringify(answered)}\n`, reused: false };
  }

  /** All that an answer to this would be made of now. */
  truth({ principal, language = 'de', body, host = '', accept }: Asked): string {
    const subject = 'subject' in principal ? principal.subject : '';
    const session = 'sessionId' in principal ? host : 'app';
    const { rightsEpoch } = this.customers.get(subject) ?? {};
    return JSON.stringify([
      subject,
      session,
      language,
      accept ?? '',
      body,
      rightsEpoch,
      this.epochs.get(`1-${subject}`) ?? 0,
    ]);
  }

  private async read(scope: RequestScope, caller: Customer, use: Partial<ReadUse>): Promise<void> {
    const operation = { name: 'energy.x', subsidiary: 'ENERGY', system: 's', ttlMs: 1, staleForMs: 0, deadlineMs: 1 };
    await this.access.read(
      { operation, labels: {} as never, load: () => Promise.reject(new Error('unused')) },
      scope,
      caller,
    );
    const now = this.clock.now();
    const whole = { operation: 'energy.x', subsidiary: 'ENERGY', system: 's', personal: true, state: 'LIVE' } as const;
    const times = { asOf: instantOf(now), freshUntil: now + FRESH_MS, milliseconds: 7 };
    scope.uses.push({ ...whole, ...times, omissions: [], failure: null, ...use });
  }
}

describe('a finished answer', () => {
  let stage: Stage;
  const kim = customer('kim');
  const isReused = async (asked: Asked): Promise<boolean> => (await stage.ask(asked)).reused;

  beforeEach(() => {
    stage = new Stage();
  });

  it('is given again to the same question', async () => {
    const first = await stage.ask({ principal: kim });
    expect(await stage.ask({ principal: kim })).toEqual({ text: first.text, reused: true });
  });

  it('never crosses customers, channels, languages, media types, documents or variables, nor outlives an epoch', async () => {
    const callers: Asked[] = ['kim', 'lou'].flatMap((subject) => [
      { principal: customer(subject) },
      { principal: customer(subject, 's-1'), host: 'portal.example' },
      { principal: customer(subject, 's-2'), host: 'kiosk.example' },
    ]);
    const query = fc.constantFrom('{ me { name } }', '{me{name}}', 'query A { me { name } } query B { me { name } }');
    const body = fc.record({
      query,
      variables: fc.constantFrom(null, { a: 1 }, { a: '1' }),
      operationName: fc.constantFrom('A', 'B'),
    });
    const question = fc
      .record({
        caller: fc.constantFrom(...callers),
        language: fc.constantFrom(...LANGUAGES),
        accept: fc.constantFrom('', '*/*'),
        body,
      })
      .map(({ caller, ...rest }) => ({ kind: 'ask' as const, asked: { ...caller, ...rest } }));
    const change = fc.record({
      kind: fc.constantFrom('rights' as const, 'data' as const),
      subject: fc.constantFrom('kim', 'lou'),
    });
    const step = fc.oneof({ weight: 8, arbitrary: question }, { weight: 1, arbitrary: change });
    let reused = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
        const house = new Stage();
        for (const each of steps) {
          if (each.kind === 'ask') {
            const answer = await house.ask(each.asked);
            expect(JSON.parse(answer.text)).toMatchObject({ data: { truth: house.truth(each.asked) } });
            if (answer.reused) reused += 1;
          } else if (each.kind === 'data') {
            const account = `1-${each.subject}`;
            house.epochs.set(account, (house.epochs.get(account) ?? 0) + 1);
          } else {
            const known = house.customers.get(each.subject)!;
            house.customers.set(each.subject, { ...known, rightsEpoch: known.rightsEpoch + 1 });
          }
        }
      }),
      { numRuns: 40 },
    );
    expect(reused).toBeGreaterThan(0);
  });

  it('is not given while this instance may not trust its memory', async () => {
    await stage.ask({ principal: kim });
    stage.trusts = false;
    expect(await isReused({ principal: kim })).toBe(false);
  });

  it('ends with the shortest life of its reads', async () => {
    await stage.ask({ principal: kim });
    await stage.clock.advance(FRESH_MS - 1);
    expect(await isReused({ principal: kim })).toBe(true);
    await stage.clock.advance(1);
    expect(await isReused({ principal: kim })).toBe(false);
  });

  it('ends with the token it was made under', async () => {
    await stage.ask({ principal: customer('kim', undefined, stage.clock.now() + 1_000) });
    await stage.clock.advance(1_000);
    expect(await isReused({ principal: kim })).toBe(false);
  });

  it('whose data have changed while it was made is never given', async () => {
    const changing = new Stage();
    const { epochs } = changing;
    await changing.ask(
      { principal: kim },
      {
        get omissions() {
          epochs.set('1-kim', 1);
          return [];
        },
      },
    );
    expect((await changing.ask({ principal: kim })).reused).toBe(false);
  });

  it.each<[string, Partial<ReadUse>, object]>([
    ['with a stale part', { state: 'STALE', freshUntil: undefined }, {}],
    ['with a part that failed', { state: null, failure: { code: 'UPSTREAM_UNAVAILABLE' } }, {}],
    ['that lacks rows', { omissions: [{ path: 'd[0]', reason: 'no date' }] }, {}],
    ['of which a part is never kept', { freshUntil: undefined }, {}],
    ['with an error', {}, { errors: [{ message: 'no', extensions: { code: 'INTERNAL' } }] }],
    ['without data', {}, { data: null }],
  ])('%s is not kept', async (_, use, result) => {
    await stage.ask({ principal: kim }, use, result);
    expect(await isReused({ principal: kim })).toBe(false);
  });

  it.each<[string, Asked]>([
    ['nobody who signed in', { principal: { kind: 'anonymous' } }],
    [
      'an agent',
      {
        principal: {
          kind: 'agent',
          subject: 'kim',
          subsidiary: 'ENERGY',
          role: 'service',
          expiresAt: Number.MAX_SAFE_INTEGER,
          mandate: { id: 'm', customerId: 'c-kim', reason: 'asked', expiresAt: Number.MAX_SAFE_INTEGER },
        },
      },
    ],
    ['a partner', { principal: { kind: 'partner', clientId: 'p', subsidiary: null, scopes: [] } }],
    [
      'a partner whom the customer let in',
      { principal: { kind: 'delegate', role: 'sales', clientId: 'p', customerId: 'c-kim', scopes: [] } },
    ],
    ['a link', { principal: kim, method: 'GET' }],
    ['a body of another kind', { principal: kim, contentType: 'text/plain' }],
    ['a browser that is given a cookie with it', { principal: kim, headers: { 'set-cookie': 'a=1' } }],
  ])('is never kept for %s', async (_, asked) => {
    await stage.ask(asked);
    expect(await isReused(asked)).toBe(false);
  });

  it('says that its parts come from memory now, and how old they are', async () => {
    const source = {
      subsidiary: 'ENERGY',
      system: 's',
      state: 'LIVE',
      asOf: '2026-11-22T18:00:00+01:00',
      milliseconds: 7,
    };
    const extensions = { sources: [source] };
    await stage.ask({ principal: kim }, {}, { extensions });
    const again = await stage.ask({ principal: kim });
    const told = (JSON.parse(again.text) as { extensions: unknown }).extensions;
    expect(told).toEqual({ sources: [{ ...source, state: 'CACHED', milliseconds: 0 }] });
  });

  it('goes when others need the room, and none is kept without any', async () => {
    stage = new Stage(2_700);
    for (const number of [1, 2, 3]) await stage.ask({ principal: kim, body: { query: '{ me { name } }', number } });
    const body = (number: number): Asked => ({ principal: kim, body: { query: '{ me { name } }', number } });
    expect(await isReused(body(3))).toBe(true);
    expect(await isReused(body(1))).toBe(false);
    stage = new Stage(0);
    await stage.ask({ principal: kim });
    expect(await isReused({ principal: kim })).toBe(false);
  });

  it('is not looked for when the caller is refused, which the graph says', async () => {
    const refused = new Error('refused');
    const factory = { identify: () => Promise.reject(refused) } as Partial<ScopeFactory> as ScopeFactory;
    const reuse = new AnswerReuse(factory, undefined as never, stage.clock, { answerBytes: 1 });
    const request = { method: 'POST', headers: {} } as Incoming;
    expect(await reuse.find(request, Buffer.from('{}'))).toBeUndefined();
    await expect(reuse.open(request, undefined as never)).rejects.toBe(refused);
  });
});
