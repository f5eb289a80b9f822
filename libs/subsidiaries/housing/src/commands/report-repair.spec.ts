import { describe, expect, it } from '@jest/globals';
import { readDamageNotification } from '#lib/formats';
import { AppError, toGlobalId, type Language, type Principal } from '#lib/kernel';
import { customerPrincipal, openScope, TestClock } from '#lib/testing';
import type { HttpRequest } from '#lib/upstream';
import { TenancyBackend } from '../backend/tenancy.backend.js';
import { housing } from '../index.js';
import { fixture, json, ScriptedErp, SETTINGS, soap, type ErpScript } from '../testing/scripted-erp.js';
import { ReportRepair } from './report-repair.js';

const ACCOUNT = '0000208822';
const KEY = '0b0e4a52-6f7e-4a53-9d5c-5b1f6a0c7d11';
const PIXEL = 'iVBORw0KGgoBAgM=';
const PHOTO = '/9j/4AcH';
const LEASES = fixture('get-leases.answer.xml');
const ANSWER = JSON.parse(fixture('repair.answer.json')) as Record<string, unknown>;
const LEASE = toGlobalId('Lease', '5120 / 4 / 11 / 02');
const REPORT = { leaseId: LEASE, roomType: 'BATHROOM', description: 'Der Abfluss ist verstopft.' };
const FULL = {
  ...REPORT,
  room: 'Bad "hinten"',
  appliance: 'Waschmaschine',
  applianceType: 'WASHING_MACHINE',
  description: 'Wasser läuft aus.\r\n"}],"id":"1" <script> \\',
  contact: { name: 'Nora "N" Nachbarin', email: 'nora@example.org', phone: '03641 000000' },
  images: [`data:image/png;base64,${PIXEL}`, PHOTO],
};

interface Answers {
  readonly report?: ErpScript;
  readonly status?: ErpScript;
  readonly leases?: ErpScript;
}

/** The command before an ERP, and what happened in which order. */
function house(answers: Answers = {}, key = KEY) {
  const clock = new TestClock('2026-11-22T12:00:00Z');
  const events: string[] = [];
  const answer = (name: keyof Answers, request: HttpRequest, standard: ReturnType<ErpScript>) => {
    events.push(name);
    return answers[name]?.(request) ?? standard;
  };
  const erp = new ScriptedErp(clock, (request) => {
    if (!request.path.startsWith('/repairs/')) return answer('leases', request, soap(LEASES));
    return answer(request.method === 'POST' ? 'report' : 'status', request, json(ANSWER));
  });
  const command = new ReportRepair(new TenancyBackend(erp, SETTINGS), erp, clock);
  const attempt = {
    account: ACCOUNT,
    key,
    number: 1,
    signal: new AbortController().signal,
    intend: () => {
      events.push('intend');
      return Promise.resolve();
    },
  };
  const orError = (error: unknown) => error as AppError;
  return {
    command,
    attempt,
    events,
    requests: erp.requests,
    check: (input: unknown, principal: Principal = customerPrincipal('hanna'), language: Language = 'de') =>
      command.check(command.parse(input), { account: ACCOUNT, scope: openScope(clock, { principal, language }) }),
    execute: (input: unknown = REPORT) => command.execute(command.parse(input), attempt).catch(orError),
    readBack: () => command.readBack(command.parse(REPORT), attempt).catch(orError),
  };
}

const sentIn = (requests: readonly string[]) =>
  readDamageNotification(Buffer.from(requests.at(-1)!.split('\n\n')[1]!.trim()));
const DONE = { kind: 'done', result: { reportId: KEY, number: '2026-004711' } };

describe('a repair report', () => {
  it('sends the golden request under the key of the command, after the intent', async () => {
    const { execute, events, requests } = house();
    expect(await execute(FULL)).toEqual(DONE);
    expect(events).toEqual(['leases', 'intend', 'report']);
    expect(requests[1]).toBe(fixture('repair.request.txt'));
  });

  it('says what it was told, and no text becomes another field', async () => {
    const { execute, requests } = house();
    await execute(FULL);
    const { value, omissions } = sentIn(requests);
    expect(omissions).toEqual([]);
    expect(value).toMatchObject({
      id: KEY,
      notifiedAt: '2026-11-22T12:00:00.000Z',
      location: { unitNumber: '5120 / 4 / 11', postcode: '07747' },
      damage: { roomType: 'BATHROOM', description: 'Wasser läuft aus.\n"}],"id":"1" <script> \\' },
      senderType: 'TENANT',
      contact: { name1: 'Nora "N" Nachbarin', phonePrivate: '03641 000000' },
    });
  });

  it('may name the flat instead of the lease, however it is spaced', async () => {
    const { execute, requests } = house();
    const { leaseId: _, ...rest } = REPORT;
    expect(await execute({ ...rest, flat: '5120/4/11' })).toEqual(DONE);
    expect(sentIn(requests).value).toMatchObject({
      location: { unitNumber: '5120 / 4 / 11' },
      damage: { applianceType: 'UNDEFINED', images: [] },
      contact: null,
    });
  });

  it('is about the flat, whatever is wrong with its rent', async () => {
    const { execute } = house({ leases: () => soap(LEASES.replace('>570.50<', '>1.00<')) });
    expect(await execute()).toEqual(DONE);
  });

  it('turns a key that is no UUID into one, and always into the same', async () => {
    const ids = [];
    for (const key of ['process 7', 'process 7', 'process 8']) {
      const report: ErpScript = ({ body }) => json({ ...ANSWER, Id: (JSON.parse(String(body)) as { id: string }).id });
      const { execute, requests } = house({ report }, key);
      expect(await execute()).toMatchObject({ kind: 'done' });
      ids.push(sentIn(requests).value.id);
    }
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it.each([true, false])('that the ERP knows already is done (Success %p)', async (Success) => {
    const known = { ...ANSWER, Success, Status: 'BEKANNT', Message: 'Meldung ist bereits erfasst' };
    expect(await house({ report: () => json(known) }).execute()).toEqual(DONE);
  });

  it('is done without a number that is none', async () => {
    for (const MeldungNr of [undefined, null, 7, 'Meldung von Frau Ö.']) {
      const { execute } = house({ report: () => json({ ...ANSWER, MeldungNr }) });
      expect(await execute()).toEqual({ kind: 'done', result: { reportId: KEY, number: null } });
    }
  });

  it('that the ERP refuses is not possible, and its sentence goes nowhere', async () => {
    const refused = { Success: false, Message: 'Mieter Herr Beispiel unbekannt' };
    const effect = await house({ report: () => json(refused) }).execute();
    expect(effect).toMatchObject({ kind: 'refused', refusal: { code: 'NOT_POSSIBLE', subsidiaryMessage: null } });
    expect(JSON.stringify(effect)).not.toMatch(/Beispiel/);
  });

  it('that is too large for the ERP names the pictures', async () => {
    const problems = [{ path: 'images', code: 'TEXT_TOO_LONG' }];
    const effect = await house({ report: () => json('<html>', 413) }).execute();
    expect(effect).toMatchObject({ kind: 'refused', refusal: { code: 'TEXT_TOO_LONG', problems } });
  });

  it.each([401, 403, 404, 405, 429])('has surely had no effect after HTTP %i', async (status) => {
    const { execute } = house({ report: () => json('<html>', status) });
    const details = { unsent: true, upstreamCode: `HTTP ${status}` };
    expect(await execute()).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', details });
  });

  it.each<[string, ErpScript, string]>([
    ['success without an id', () => json({ Success: true, Message: '' }), 'UPSTREAM_MALFORMED'],
    ['success with another id', () => json({ ...ANSWER, Id: KEY.replace('0b', '0c') }), 'UPSTREAM_MALFORMED'],
    ['an answer without success', () => json({ Id: KEY }), 'UPSTREAM_MALFORMED'],
    ['success in words', () => json({ ...ANSWER, Success: 'true' }), 'UPSTREAM_MALFORMED'],
    ['a web page', () => json('<html>Request Rejected</html>'), 'UPSTREAM_MALFORMED'],
    ['bytes of no text', () => ({ ...json(''), body: Buffer.from([0xff, 0xfe, 0]) }), 'UPSTREAM_MALFORMED'],
    ['a broken server', () => json('<html>', 500), 'UPSTREAM_UNAVAILABLE'],
    ['a lost connection', () => Promise.reject(new AppError('UPSTREAM_UNAVAILABLE', 'x')), 'UPSTREAM_UNAVAILABLE'],
  ])('is in doubt after %s', async (_case, report, code) => {
    const { execute, events } = house({ report });
    const failure = (await execute()) as AppError;
    expect(failure).toMatchObject({ code });
    expect(failure.details.unsent).toBeUndefined();
    expect(events.filter((event) => event === 'report')).toHaveLength(1);
  });

  it('that is wrong by itself is our failure', async () => {
    expect(await house({ report: () => json('<html>', 400) }).execute()).toMatchObject({ code: 'UPSTREAM_REJECTED' });
  });

  it.each<[string, ErpScript]>([
    ['the ERP is down', () => soap('', 503)],
    ['a lease is unreadable', () => soap(LEASES.replace('2016-10-01', 'soon').replaceAll('<Ende i:nil="true"/>', ''))],
  ])('is not sent while %s', async (_case, leases) => {
    const { execute, events } = house({ leases });
    expect(await execute()).toMatchObject({ code: expect.stringMatching(/^UPSTREAM_/) });
    expect(events).toEqual(['leases']);
  });

  it.each([
    { leaseId: toGlobalId('Lease', '9999 / 1 / 1 / 01') },
    { leaseId: toGlobalId('Listing', '5120 / 4 / 11 / 02') },
    { leaseId: '5120 / 4 / 11 / 02' },
    // Ended in 2016.
    { leaseId: toGlobalId('Lease', '6034 / 2 / 7 / 01') },
    { leaseId: null, flat: '9999 / 1 / 1' },
    { leaseId: null, flat: '5120/4/1' },
  ])('about %j is refused before anything is sent', async (place) => {
    const { execute, events } = house();
    const path = place.leaseId === null ? 'flat' : 'leaseId';
    const refusal = { code: 'NOT_YOURS', problems: [{ path, code: 'NOT_YOURS' }] };
    expect(await execute({ ...REPORT, ...place })).toMatchObject({ kind: 'refused', refusal });
    expect(events).toEqual(['leases']);
  });

  it('sends nothing when another instance has taken it over', async () => {
    const { command, attempt, events } = house();
    const lost = new AppError('CONFLICT', 'taken over');
    const running = command.execute(command.parse(REPORT), { ...attempt, intend: () => Promise.reject(lost) });
    await expect(running).rejects.toBe(lost);
    expect(events).toEqual(['leases']);
  });

  it('is one of the commands of housing', () => {
    expect(housing.commands).toEqual([ReportRepair]);
  });
});

describe('a report without an answer', () => {
  it('is done when the ERP has it', async () => {
    const { readBack, events, requests } = house();
    expect(await readBack()).toEqual(DONE);
    expect(events).toEqual(['status']);
    expect(requests[0]).toBe(fixture('repair-status.request.txt'));
  });

  it('has had no effect when the ERP says that it has none', async () => {
    const status = () => json({ Success: false, Message: 'Meldung nicht gefunden' });
    expect(await house({ status }).readBack()).toBeNull();
  });

  it.each<[string, ErpScript]>([
    ['a refusal of another kind', () => json({ Success: false, Message: 'Wartung' })],
    ['success without an id', () => json({ Success: true })],
    ['an unknown address', () => json('<html>', 404)],
    ['a wrong password', () => json('<html>', 401)],
    ['a web page', () => json('<html>')],
    ['a broken server', () => json('', 500)],
  ])('stays in doubt after %s', async (_case, status) => {
    expect(await house({ status }).readBack()).toMatchObject({ code: expect.stringMatching(/^UPSTREAM_/) });
  });
});

describe('the wish to report', () => {
  it('is accepted for a flat of the tenant, and while nobody can say', async () => {
    expect(await house().check(FULL)).toBeNull();
    expect(await house({ leases: () => soap('', 503) }).check(REPORT)).toBeNull();
    expect(await house({ leases: () => soap(fixture('get-leases.refused.xml')) }).check(REPORT)).toBeNull();
    const unreadable = { leases: () => soap(LEASES.replace('<Ende i:nil="true"/>', '')) };
    expect(await house(unreadable).check(REPORT)).toBeNull();
  });

  it.each([
    [{ description: ' \n ' }, { path: 'description', code: 'TEXT_MISSING' }],
    [{ description: 'x'.repeat(2_001) }, { path: 'description', code: 'TEXT_TOO_LONG', maximum: '2000' }],
    [{ room: 'x'.repeat(256) }, { path: 'room', code: 'TEXT_TOO_LONG', maximum: '255' }],
    [{ contact: { name: ' ' } }, { path: 'contact.name', code: 'TEXT_MISSING' }],
    [
      { contact: { name: 'N', email: 'x'.repeat(256) } },
      { path: 'contact.email', code: 'TEXT_TOO_LONG', maximum: '255' },
    ],
    [{ images: [PIXEL, PHOTO.slice(0, 4) + 'A'.repeat(2_700_000)] }, { path: 'images.1', code: 'TEXT_TOO_LONG' }],
  ])('is refused at once for %#, and the ERP is not asked', async (change, problem) => {
    const { check, events } = house();
    expect(await check({ ...REPORT, ...change })).toMatchObject({ code: problem.code, problems: [problem] });
    expect(events).toEqual([]);
  });

  it.each([
    [{ roomType: 'DUNGEON' }, 'roomType', 'de', { value: 'BATHROOM', label: 'Bad, WC' }, 11],
    [{ roomType: null }, 'roomType', 'en', { value: 'KITCHEN', label: 'Kitchen' }, 11],
    [{ roomType: 'constructor' }, 'roomType', 'de-simple', { value: 'BALCONY', label: 'Balkon oder Terrasse' }, 11],
    [{ applianceType: 'OTHER' }, 'applianceType', 'de', { value: 'OVEN', label: 'Backofen' }, 13],
  ] as const)('with %j offers the words of the table for %s in %s', async (change, path, language, choice, count) => {
    const refusal = await house().check({ ...REPORT, ...change }, customerPrincipal('hanna'), language);
    expect(refusal).toMatchObject({ code: 'TEXT_MISSING', problems: [{ path, code: 'TEXT_MISSING' }] });
    expect(refusal?.problems[0]?.choices).toContainEqual(choice);
    expect(refusal?.problems[0]?.choices).toHaveLength(count);
  });

  it('names all that stands against it at once', async () => {
    const refusal = await house().check({ leaseId: LEASE });
    expect(refusal?.problems.map(({ path }) => path)).toEqual(['description', 'roomType']);
  });

  it("about another's flat names the tenant's own, to the tenant and at the landlord's counter", async () => {
    const { check } = house();
    const agent = (subsidiary: string): Principal => {
      const mandate = { id: 'm', customerId: 'c-1', reason: 'asked', expiresAt: Number.MAX_SAFE_INTEGER };
      return { kind: 'agent', subject: 'a', expiresAt: mandate.expiresAt, subsidiary, role: 'service', mandate };
    };
    const foreign = { ...REPORT, leaseId: toGlobalId('Lease', '9999 / 1 / 1 / 01') };
    const label = 'Großschwabhäuser Straße 8, 07747 Jena';
    const problem = { path: 'leaseId', code: 'NOT_YOURS' };
    expect((await check(foreign))?.problems).toEqual([{ ...problem, choices: [{ value: LEASE, label }] }]);
    expect((await check(foreign, agent('HOUSING')))?.problems[0]?.choices).toHaveLength(1);
    expect((await check(foreign, agent('ENERGY')))?.problems).toEqual([problem]);
    const byFlat = { ...REPORT, leaseId: null, flat: '9999 / 1 / 1' };
    expect((await check(byFlat))?.problems).toEqual([
      { path: 'flat', code: 'NOT_YOURS', choices: [{ value: '5120 / 4 / 11', label }] },
    ]);
  });

  it('comes back from a journal as it went in', () => {
    const { command } = house();
    const parsed = command.parse(FULL);
    expect(parsed.images).toEqual([PIXEL, PHOTO]);
    expect(command.parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
  });

  it.each([
    [{ ...REPORT, leaseId: null }, 'leaseId'],
    [{ ...REPORT, flat: '1' }, 'flat'],
    [{ ...REPORT, room: 'a\nb' }, 'room'],
    [{ ...REPORT, appliance: 'a\u202eb' }, 'appliance'],
    [{ ...REPORT, contact: { name: 'a\r\nBcc: x@example.org' } }, 'contact.name'],
    [{ ...REPORT, contact: { name: 'a', phone: '1\u0000' } }, 'contact.phone'],
    [{ ...REPORT, contact: 'Nora' }, 'contact'],
    [{ ...REPORT, description: 'a\u001b[31m' }, 'description'],
    [{ ...REPORT, description: 'a\ud800' }, 'description'],
    [{ ...REPORT, description: 'x'.repeat(20_001) }, 'description'],
    [{ ...REPORT, roomType: 11 }, 'roomType'],
    [{ ...REPORT, images: PIXEL }, 'images'],
    [{ ...REPORT, images: [PIXEL, PIXEL, PIXEL] }, 'images'],
    [{ ...REPORT, images: [7] }, 'images.0'],
    [{ ...REPORT, images: [PIXEL, 'R0lGODlhLi4u'] }, 'images.1'],
    [{ ...REPORT, images: ['no base64!'] }, 'images.0'],
    [null, ''],
  ])('is no input as %#', (input, path) => {
    const { command } = house();
    expect(() => command.parse(input)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) }),
    );
  });
});
