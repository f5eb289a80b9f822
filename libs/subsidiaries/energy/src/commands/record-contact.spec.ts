import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError, type AgentPrincipal, type Principal } from '#lib/kernel';
import type { Attempt } from '#lib/subsidiary-kit';
import { customerPrincipal, openScope, TestClock } from '#lib/testing';
import { Upstream, type HttpRequest, type HttpResponse } from '#lib/upstream';
import { FakeSap, fixture, isSignIn, jsonAnswer, sessionAnswer } from '../../fixtures/fake-sap.js';
import { ContactsBackend } from '../backend/agents/contacts.backend.js';
import { SapGateway } from '../backend/sap/sap-gateway.js';
import { RecordContact } from './record-contact.js';

const ACCOUNT = '0004471100';
const AGENT: AgentPrincipal = {
  kind: 'agent',
  subject: 'agent-7',
  subsidiary: 'ENERGY',
  role: 'sales',
  mandate: null,
  expiresAt: Number.MAX_SAFE_INTEGER,
};
const WISH = {
  at: '2026-11-22T12:00:00+01:00',
  direction: 'INBOUND',
  channel: 'TEL',
  reason: 'R1',
  category: null,
  subject: 'Anruf',
  note: 'Fragt nach.',
};
const LISTS: Readonly<Record<string, object[]>> = {
  InteractionRecordReasons: [{ InteractionRecordReasonID: 'R1', Description: 'Frage zur Rechnung' }],
  Channels: [{ ChannelID: 'TEL', Description: 'Telefon' }],
  InteractionRecordCategories: [
    { InteractionRecordCategoryGUID: 'C1', Description: 'Abrechnung', InteractionRecordCategoryParentGUID: '' },
  ],
};

function house() {
  const clock = new TestClock('2026-11-22T12:00:00Z');
  const records: object[] = [];
  const changes: HttpRequest[] = [];
  const book = ({ body }: HttpRequest): HttpResponse => {
    const sent = JSON.parse(String(body)) as object;
    records.push({ InteractionRecordID: '1', Channel: null, InteractionRecordReason: null, ...sent });
    return jsonAnswer('{"d":{}}', 201);
  };
  const stage = { instead: undefined as HttpResponse | undefined, onChange: book };
  const sap = new FakeSap((request) => {
    if (isSignIn(request)) return sessionAnswer();
    if (stage.instead !== undefined) return stage.instead;
    if (request.method === 'POST') {
      changes.push(request);
      return stage.onChange(request);
    }
    const list = LISTS[request.path.split('/').at(-1)!];
    return jsonAnswer(JSON.stringify({ d: { results: list ?? records } }));
  });
  const upstream = new Upstream(clock, { concurrent: 8, waiting: 8, cacheBytes: 1_000_000 });
  upstream.connect = () => sap;
  const gateway = new SapGateway({ url: 'https://sap.example', user: 'TOR', password: 'offen' }, upstream, clock);
  const command = new RecordContact(new ContactsBackend(gateway), upstream, clock);
  const intents: number[] = [];
  const attemptBy = (key: string): Attempt => ({
    account: ACCOUNT,
    key,
    number: 1,
    signal: new AbortController().signal,
    intend: () => Promise.resolve(void intents.push(changes.length)),
  });
  const wish = (changed: object = {}) => command.parse({ ...WISH, ...changed });
  const check = (changed: object = {}, principal: Principal = AGENT) =>
    command.check(wish(changed), { account: ACCOUNT, scope: openScope(clock, { principal }) });
  return { sap, stage, book, records, changes, command, attemptBy, intents, wish, check };
}

const lostAnswer = (): never => {
  throw new AppError('UPSTREAM_UNAVAILABLE', 'cut');
};

describe('a contact that a client sends', () => {
  it.each([
    [null, '$'],
    [{}, 'at'],
    [{ ...WISH, at: 'gestern' }, 'at'],
    [{ ...WISH, at: '2026-11-22T12:00:00' }, 'at'],
    [{ ...WISH, direction: 'in' }, 'direction'],
    [{ ...WISH, channel: '' }, 'channel'],
    [{ ...WISH, reason: 'x'.repeat(41) }, 'reason'],
    [{ ...WISH, category: 5 }, 'category'],
    [{ ...WISH, subject: undefined }, 'subject'],
    [{ ...WISH, note: 'x'.repeat(10_001) }, 'note'],
  ])('is refused with the place when it is %j', (input, path) => {
    expect(() => house().command.parse(input)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) }),
    );
  });

  it('keeps a subject to one line and a note to lines, without what is not seen', () => {
    const { wish } = house();
    const typed = ' Anruf\r\n\u001b[31mrot\u202e\u0000 ';
    expect(wish({ subject: typed, note: `${typed}\n\tzwei` })).toMatchObject({
      subject: 'Anruf [31mrot',
      note: 'Anruf\n[31mrot \n zwei',
    });
    expect(wish({ note: ' \u200b ' }).note).toBeNull();
    expect(wish({ note: undefined }).note).toBeNull();
  });

  it('reads back from a journal as it was, whatever was typed', () => {
    const { command, wish } = house();
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(text, text, (subject, note) => {
        const parsed = wish({ subject: `x${subject}`, note });
        expect(command.parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
      }),
    );
  });
});

describe('the check of a contact', () => {
  it.each([
    ['as it is', {}],
    ['with a category', { category: 'C1' }],
    ['without a note', { note: null }],
    ['of a clock that is ahead', { at: '2026-11-22T12:04:59Z' }],
    ['of a month ago', { at: '2026-10-22T00:00:00+02:00' }],
    ['with texts as long as they may be', { subject: 'x'.repeat(40), note: 'y'.repeat(1_200) }],
  ])('accepts one %s', async (_, changed) => {
    expect(await house().check(changed)).toBeNull();
  });

  it.each([
    ['to come', { at: '2026-11-22T12:05:01Z' }, 'DATE_IN_FUTURE', 'at'],
    ['long ago', { at: '2026-10-21T23:59:59+02:00' }, 'DATE_TOO_EARLY', 'at'],
    ['without a subject', { subject: ' \n ' }, 'TEXT_MISSING', 'subject'],
    ['with a long subject', { subject: 'x'.repeat(41) }, 'TEXT_TOO_LONG', 'subject'],
    ['with a long note', { note: 'x'.repeat(1_201) }, 'TEXT_TOO_LONG', 'note'],
  ])('refuses one %s before it asks SAP', async (_, changed, code, path) => {
    const { check, sap } = house();
    expect(await check(changed)).toMatchObject({ code, problems: [{ path, code }] });
    expect(sap.requests).toEqual([]);
  });

  it('names what can be chosen in place of what cannot', async () => {
    const { check, changes } = house();
    expect(await check({ reason: "R1' or '1", channel: 'FAX', category: 'C9' })).toMatchObject({
      code: 'NOT_POSSIBLE',
      problems: [
        { path: 'reason', choices: [{ value: 'R1', label: 'Frage zur Rechnung' }] },
        { path: 'channel', choices: [{ value: 'TEL', label: 'Telefon' }] },
        { path: 'category', choices: [{ value: 'C1', label: 'Abrechnung' }] },
      ],
    });
    expect(changes).toEqual([]);
  });

  it('accepts when SAP is down and nothing is known', async () => {
    const { check, stage } = house();
    stage.instead = jsonAnswer('{}', 503);
    expect(await check({ reason: 'R7' })).toBeNull();
  });

  it.each([
    ['a customer', customerPrincipal('lena')],
    ['an agent of another company', { ...AGENT, subsidiary: 'POOLS' }],
    ['nobody', { kind: 'anonymous' }],
  ] as [string, Principal][])('is forbidden for %s', async (_, principal) => {
    const { check, sap } = house();
    await expect(check({}, principal)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(sap.requests).toEqual([]);
  });
});

describe('carrying a contact out', () => {
  it('writes it once, after the intent', async () => {
    const { command, wish, attemptBy, records, intents } = house();
    expect(await command.execute(wish(), attemptBy('k-1'))).toEqual({ kind: 'done', result: { reference: 'k-1' } });
    expect(records).toMatchObject([{ AccountID: ACCOUNT, Description: 'Anruf', Note: 'Fragt nach.\n[Vorgang k-1]' }]);
    expect(intents).toEqual([0]);
  });

  it('tells SAP’s own words when it does not take it', async () => {
    const { command, wish, attemptBy, stage } = house();
    stage.onChange = () => jsonAnswer(fixture('not-possible.answer.json'), 400);
    expect(await command.execute(wish(), attemptBy('k-1'))).toMatchObject({
      kind: 'refused',
      refusal: { code: 'NOT_POSSIBLE', subsidiaryMessage: expect.stringContaining('derzeit nicht') },
    });
  });

  it('finds its own record after a lost answer, among equal ones of others', async () => {
    const { command, wish, attemptBy, stage, book, records } = house();
    await command.execute(wish(), attemptBy('k-1'));
    stage.onChange = lostAnswer;
    await expect(command.execute(wish(), attemptBy('k-2'))).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await command.readBack(wish(), attemptBy('k-2'))).toBeNull();
    stage.onChange = (request) => {
      book(request);
      return lostAnswer();
    };
    await expect(command.execute(wish(), attemptBy('k-2'))).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await command.readBack(wish(), attemptBy('k-2'))).toEqual({ kind: 'done', result: { reference: 'k-2' } });
    expect(records).toHaveLength(2);
  });

  it('cannot say whether it is there when rows are unreadable or SAP is down', async () => {
    const { command, wish, attemptBy, stage, records } = house();
    await command.execute(wish(), attemptBy('k-1'));
    records[0] = { ...records[0], DateFrom: 'neulich' };
    await expect(command.readBack(wish(), attemptBy('k-1'))).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    stage.instead = jsonAnswer('{}', 503);
    const failing = await command.readBack(wish(), attemptBy('k-1')).catch((error: unknown) => error);
    expect(failing).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});
