import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { listen, type Listener } from '../../../listen.js';
import { StillCity } from '../../hafas/testing/still-city.js';
import { createTenancy } from '../tenancy.js';

const NOON = '2026-11-22T12:00:00+01:00';
const ID = '5f0c9d1e-2b7a-4c43-9e53-6a1f00b7c2d0';

const person = { legal: false, salutation: 2, name1: 'Änne', name2: 'Groß' };

describe('the repair desk of the tenancy ERP', () => {
  const city = new StillCity(NOON);
  const erp = createTenancy(city);
  let listener: Listener;

  beforeAll(async () => {
    listener = await listen(erp.name, '127.0.0.1', 0);
    listener.serve((request, response) => erp.handle(request, response));
  });
  afterAll(() => listener.close());
  beforeEach(() => {
    city.instant = NOON;
    city.faults.end();
    erp.reset();
  });

  const flatOf = (key: string, place = 0): string => city.byKey(key)?.housing?.leases[place]?.flatNumber ?? 'none';

  /** A valid notification from aylin's flat, changed by dotted names; undefined takes a member away. */
  function notification(changes: Readonly<Record<string, unknown>> = {}): object {
    const value = {
      version: '1.0.0',
      namespace: 'example.saaltor.gateway',
      id: ID,
      notificationdate: '2026-11-22T11:59:00',
      location: {
        unitnumber: flatOf('aylin'),
        street: 'Ernst-Schneller-Straße 7',
        zip: '07747',
        city: 'Jena',
        management: { legal: true, salutation: 3, name1: 'jenawohnen', name2: '' },
      },
      damage: { room: 'Küche', roomtype: 10, appliancetype: 14, damagedescription: 'Der Herd bleibt kalt.' },
      sendingperson: { ...person },
      sendingpersontype: 1,
    };
    for (const [path, change] of Object.entries(changes)) {
      const names = path.split('.');
      const last = names.pop() ?? '';
      const parent = names.reduce<Record<string, unknown>>((at, name) => at[name] as Record<string, unknown>, value);
      parent[last] = change;
    }
    return value;
  }

  async function call(method: string, path: string, body?: string, headers: Readonly<Record<string, string>> = {}) {
    const response = await fetch(`${listener.url}/repairs/notifications${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from('svc-saaltor:sandbox-erp').toString('base64')}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return { status: response.status, json: isJson ? (JSON.parse(text) as Record<string, unknown>) : text };
  }

  const report = (changes?: Readonly<Record<string, unknown>>) =>
    call('POST', '', JSON.stringify(notification(changes)));

  it('takes a report, numbers it and shows it by its id in either case', async () => {
    const answer = { Success: true, Message: '', Id: ID, MeldungNr: '2026-000001', Status: 'EINGEGANGEN' };
    expect(await report({ id: ID.toUpperCase() })).toEqual({ status: 200, json: answer });
    expect(await call('GET', `/${ID.toUpperCase()}`)).toEqual({
      status: 200,
      json: { ...answer, Eingang: '2026-11-22T12:00:00' },
    });
  });

  it('books a second notification with the same id not again, whatever it says', async () => {
    await report();
    const second = await report({ 'damage.damagedescription': 'Und der Ofen auch.' });
    expect(second.json).toEqual({
      Success: true,
      Message: 'Meldung bereits bekannt',
      Id: ID,
      MeldungNr: '2026-000001',
      Status: 'BEKANNT',
    });
    expect(erp.books?.()).toEqual([
      {
        kind: 'repair-report',
        at: '2026-11-22T11:00:00.000Z',
        account: city.byKey('aylin')?.housing?.tenantNumber,
        id: ID,
        number: '2026-000001',
        unitNumber: flatOf('aylin'),
        roomType: 10,
        applianceType: 14,
        description: 'Der Herd bleibt kalt.',
        images: [],
        received: 2,
      },
    ]);
  });

  it('gets on with a report as its clock goes', async () => {
    await report();
    const states = [];
    for (const instant of ['2026-11-23T11:59:59+01:00', '2026-11-23T12:00:00+01:00', '2026-11-29T12:00:00+01:00']) {
      city.instant = instant;
      states.push((await call('GET', `/${ID}`)).json);
    }
    expect(states).toMatchObject([{ Status: 'EINGEGANGEN' }, { Status: 'BEAUFTRAGT' }, { Status: 'ERLEDIGT' }]);
  });

  it('knows no report that nobody sent', async () => {
    const json = { Success: false, Message: 'Meldung nicht gefunden' };
    expect(await call('GET', `/${ID}`)).toEqual({ status: 200, json });
    expect(await call('GET', '/constructor')).toEqual({ status: 200, json });
  });

  it('answers some with success and no id, though they are booked', async () => {
    const id = ID.replace(/..$/, '7f');
    expect((await report({ id })).json).toEqual({ Success: true, Message: '' });
    expect((await call('GET', `/${id}`)).json).toMatchObject({ Success: true, MeldungNr: '2026-000001' });
    expect((await report({ id })).json).toMatchObject({ Status: 'BEKANNT', MeldungNr: '2026-000001' });
  });

  it('answers others so, too, and loses them; sent again they are booked', async () => {
    const id = ID.replace(/..$/, '8f');
    expect((await report({ id })).json).toEqual({ Success: true, Message: '' });
    expect((await call('GET', `/${id}`)).json).toMatchObject({ Success: false });
    expect(erp.books?.()).toEqual([]);
    expect((await report({ id })).json).toMatchObject({ Status: 'EINGEGANGEN', MeldungNr: '2026-000001' });
  });

  it.each<[string, unknown, string]>([
    ['id', 'M-1', 'Unbekannter Wert in id'],
    ['id', undefined, 'Pflichtfeld id fehlt'],
    ['version', '2.0.0', 'Unbekannter Wert in version'],
    ['notificationdate', '2026-02-30T08:00:00', 'Unbekannter Wert in notificationdate'],
    ['notificationdate', '22.11.2026', 'Unbekannter Wert in notificationdate'],
    ['location', [], 'location ist kein Objekt'],
    ['location.zip', null, 'Pflichtfeld location.zip fehlt'],
    ['location.management', undefined, 'Pflichtfeld location.management fehlt'],
    ['location.unitnumber', undefined, 'Pflichtfeld location.unitnumber fehlt'],
    ['location.unitnumber', '9001 / 1 / 4', 'Objekt nicht gefunden'],
    ['damage.roomtype', 20, 'Unbekannter Wert in damage.roomtype'],
    ['damage.roomtype', '10', 'Unbekannter Wert in damage.roomtype'],
    ['damage.appliancetype', 30, 'Unbekannter Wert in damage.appliancetype'],
    ['damage.damagedescription', ' ', 'Pflichtfeld damage.damagedescription fehlt'],
    ['damage.damagedescription', 'x'.repeat(2001), 'damage.damagedescription hat mehr als 2000 Zeichen'],
    ['damage.damageimage1', 'data:image/png;base64,AAAA', 'damage.damageimage1 ist kein Base64'],
    ['damage.damageimage1', 'AAA', 'damage.damageimage1 ist kein Base64'],
    ['damage.damageimage1', 'A'.repeat(2_796_204), 'damage.damageimage1 ist größer als 2 MB'],
    ['sendingperson.salutation', 6, 'Unbekannter Wert in sendingperson.salutation'],
    ['sendingperson.legal', 'nein', 'sendingperson.legal ist kein Wahrheitswert'],
    ['sendingpersontype', undefined, 'Pflichtfeld sendingpersontype fehlt'],
    ['contactperson', {}, 'Pflichtfeld contactperson.legal fehlt'],
  ])('answers 200 with a business error for %s = %j', async (path, value, message) => {
    const { status, json } = await report({ [path]: value });
    expect([status, json]).toEqual([200, { Success: false, Message: message }]);
    expect(erp.books?.()).toEqual([]);
  });

  it('takes no report for a flat whose lease has ended', async () => {
    expect((await report({ 'location.unitnumber': flatOf('minh', 1) })).json).toEqual({
      Success: false,
      Message: 'Zu diesem Objekt läuft kein Vertrag',
    });
    expect((await report({ 'location.unitnumber': flatOf('minh', 0) })).json).toMatchObject({ Success: true });
  });

  it('takes pictures of two megabytes, salutations in words and members that nobody knows', async () => {
    const changes = {
      'damage.damageimage1': Buffer.alloc(2 * 1024 * 1024).toString('base64'),
      'damage.serialnumberimage': 'AA==',
      'sendingperson.salutation': 'Frau',
      'damage.colour': 'rot',
    };
    expect((await report(changes)).json).toMatchObject({ Success: true });
    expect(erp.books?.()).toMatchObject([
      {
        images: [
          { name: 'serialnumberimage', bytes: 1 },
          { name: 'damageimage1', bytes: 2_097_152 },
        ],
      },
    ]);
  });

  it('answers web pages to what is no notification at all', async () => {
    const statuses = [
      await call('POST', '', '{"version":'),
      await call('POST', '', '{}', { 'content-type': 'text/plain' }),
      await call('POST', '', '{}', { authorization: 'Basic eDp5' }),
      await call('GET', ''),
      await call('DELETE', `/${ID}`),
      await call('POST', '', `"${'x'.repeat(6 * 1024 * 1024)}"`),
    ].map(({ status, json }) => [status, typeof json]);
    expect(statuses).toEqual([400, 415, 401, 405, 405, 413].map((status) => [status, 'string']));
    expect((await call('POST', '', 'null')).json).toEqual({ Success: false, Message: 'Die Meldung ist kein Objekt' });
  });

  it('forgets all reports at a reset, and those of one household at its own', async () => {
    const other = ID.replace(/^5/, '6');
    await report();
    await report({ id: other, 'location.unitnumber': flatOf('erika') });
    erp.resetHousehold?.(city.byKey('aylin')?.number ?? 0);
    expect(erp.books?.()).toMatchObject([{ id: other }]);
    expect((await report()).json).toMatchObject({ Status: 'EINGEGANGEN' });
    erp.reset();
    expect(erp.books?.()).toEqual([]);
  });

  it('keeps a report whose answer a fault of the household takes away', async () => {
    const household = city.byKey('aylin')?.number ?? null;
    city.faults.order({ kind: 'cut', after: 'effect', count: 1, methods: 'modifying', system: 'tenancy', household });
    await expect(report()).rejects.toThrow();
    expect((await call('GET', `/${ID}`)).json).toMatchObject({ Success: true });
    city.faults.order({ kind: '500', system: 'tenancy', household });
    expect((await call('GET', `/${ID}`)).status).toBe(500);
    expect((await report({ 'location.unitnumber': flatOf('erika') })).status).toBe(200);
  });
});
