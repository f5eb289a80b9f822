import { describe, expect, it } from '@jest/globals';
import type { CalendarDate, Instant } from '#lib/kernel';
import { TestClock } from '#lib/testing';
import type { HttpRequest, HttpResponse, Upstream, UpstreamCall } from '#lib/upstream';
import { FakeSap, fixture, isSignIn, jsonAnswer, printed, sessionAnswer } from '../../../fixtures/fake-sap.js';
import { ContactsBackend } from './contacts.backend.js';
import { withReference } from './read-contact.js';
import { SapGateway } from '../sap/sap-gateway.js';
import type { ContactOrder } from './write-contact.js';

const ACCOUNT = '0004471100';
const call: UpstreamCall = { signal: new AbortController().signal };
const ORDER: ContactOrder = {
  account: ACCOUNT,
  reference: 'k-1',
  at: '2026-11-22T11:00:00.000Z' as Instant,
  direction: 'INBOUND',
  channel: 'TEL',
  reason: 'R1',
  category: 'C1',
  subject: 'Anruf',
  note: 'Fragt nach.',
};

function house(answer: (request: HttpRequest) => HttpResponse = () => jsonAnswer(fixture('contacts.answer.json'))) {
  const sap = new FakeSap((request) => (isSignIn(request) ? sessionAnswer() : answer(request)));
  const upstream = { connect: () => sap } as unknown as Upstream;
  const settings = { url: 'https://sap.example', user: 'TOR', password: 'offen' };
  return { sap, backend: new ContactsBackend(new SapGateway(settings, upstream, new TestClock())) };
}

describe('contacts', () => {
  it('are read with their words, notes without our reference, and nobody else’s', async () => {
    const { sap, backend } = house();
    const { value, omissions } = await backend.listContacts(ACCOUNT, null, call);
    expect(value).toEqual([
      {
        number: '8000000101',
        at: '2026-11-22T11:00:00.000Z',
        direction: 'OUTBOUND',
        channel: 'Telefon',
        reason: 'Frage zur Rechnung',
        category: 'Abrechnung',
        subject: 'Rückruf zur Abrechnung',
        note: 'Zählerstand 4711 bestätigt.',
        reference: '7e3c-fixture',
      },
      {
        number: '8000000102',
        at: '2025-01-01T00:00:00.000Z',
        direction: 'INBOUND',
        channel: null,
        reason: null,
        category: null,
        subject: '',
        note: '[Vorgang only] steht nicht am Ende allein',
        reference: null,
      },
    ]);
    expect(omissions.map(({ path }) => path)).toEqual(['d.results[2].AccountID', 'd.results[3].DateFrom']);
    expect(sap.requests.slice(1).map(printed)).toEqual([fixture('list-contacts.request.txt').toString('utf8')]);
  });

  it('are read from a day on', async () => {
    const { sap, backend } = house(() => jsonAnswer('{"d":{"results":[]}}'));
    await backend.listContacts("1')/x", '2026-11-21' as CalendarDate, call);
    expect(sap.requests.at(-1)!.path).toBe(
      "/sap/opu/odata/sap/CRM_UTILITIES_UMC/Accounts('1%27%27)%2Fx')/InteractionRecords" +
        '?$expand=InteractionRecordReason,Channel&$filter=DateFrom%20ge%20datetime%272026-11-21T00%3A00%3A00%27',
    );
  });

  it('are written as one request, the reference in the last line of the note', async () => {
    const { sap, backend } = house(() => jsonAnswer('{"d":{}}', 201));
    expect(await backend.record(ORDER, call)).toEqual({ kind: 'taken' });
    expect(sap.requests.slice(1).map(printed)).toEqual([fixture('record-contact.request.txt').toString('utf8')]);
    expect(withReference(null, 'k-1')).toBe('[Vorgang k-1]');
  });

  it('carry whatever is typed as text and as nothing else', async () => {
    const { sap, backend } = house(() => jsonAnswer('{"d":{}}', 201));
    const typed = `"},"AccountID":"9",'\r\nx-evil: 1</x>$filter ü \u202e\ud83d\ude00`;
    const strange = { subject: typed, note: typed, reason: typed, channel: typed, category: null };
    await backend.record({ ...ORDER, ...strange }, call);
    const { path, headers, body } = sap.requests.at(-1)!;
    expect([path, headers?.['x-evil']]).toEqual(['/sap/opu/odata/sap/CRM_UTILITIES_UMC/InteractionRecords', undefined]);
    expect(JSON.parse(String(body))).toEqual({
      AccountID: ACCOUNT,
      Description: typed,
      InteractionRecordReasonID: typed,
      ChannelID: typed,
      Note: `${typed}\n[Vorgang k-1]`,
      DateFrom: '/Date(1795345200000)/',
      IncomingFlag: true,
    });
  });

  it('have lists to choose from', async () => {
    const rows = {
      InteractionRecordReasons: [{ InteractionRecordReasonID: 'R1', Description: 'Frage' }, { Description: 'x' }],
      Channels: [{ ChannelID: 'TEL', Description: 'Telefon' }],
      InteractionRecordCategories: [
        { InteractionRecordCategoryGUID: 'C1', Description: 'Abrechnung', InteractionRecordCategoryParentGUID: '' },
        { InteractionRecordCategoryGUID: 'C2', Description: 'Abschlag', InteractionRecordCategoryParentGUID: 'C1' },
      ],
    };
    const { backend } = house(({ path }) =>
      jsonAnswer(JSON.stringify({ d: { results: rows[path.split('/').at(-1) as keyof typeof rows] } })),
    );
    const { value, omissions } = await backend.listChoices(call);
    expect(value).toEqual({
      reasons: [{ code: 'R1', name: 'Frage' }],
      channels: [{ code: 'TEL', name: 'Telefon' }],
      categories: [
        { code: 'C1', name: 'Abrechnung', parent: null },
        { code: 'C2', name: 'Abschlag', parent: 'C1' },
      ],
    });
    expect(omissions).toHaveLength(1);
  });
});
