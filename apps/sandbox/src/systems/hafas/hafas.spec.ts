import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MgateClient, type Json } from './testing/mgate-client.js';
import { StillCity } from './testing/still-city.js';

describe('the HAFAS imitation as a message endpoint', () => {
  const city = new StillCity('2026-11-23T16:30:00+01:00');
  let client: MgateClient;

  beforeAll(async () => {
    client = await MgateClient.start(city);
  });
  afterAll(() => client.stop());

  it('answers in an envelope with version, id and graph', async () => {
    const answer = await client.ask({ meth: 'LocMatch', req: { input: { loc: { name: 'Spittelplatz' } } } });
    expect(answer).toMatchObject({
      ver: '1.78',
      lang: 'deu',
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      err: 'OK',
      graph: { id: 'standard', index: 0 },
      subGraph: { id: 'global', index: 0 },
      view: { id: 'standard', index: 0, type: 'WGS84' },
      svcResL: [{ meth: 'LocMatch', err: 'OK', res: { common: expect.anything() } }],
    });
  });

  it('answers several services of one message in their order and repeats their ids', async () => {
    const answer = await client.ask(
      { id: '1|1|', meth: 'StationBoard', req: { stbLoc: { extId: '1' } } },
      { id: '1|2|', meth: 'LocMatch', req: { input: { loc: { name: 'Winzerla' } } } },
      { meth: 'TripSearch', req: {} },
    );
    expect(answer).toMatchObject({
      err: 'OK',
      svcResL: [
        { id: '1|1|', meth: 'StationBoard', err: 'LOCATION' },
        { id: '1|2|', meth: 'LocMatch', err: 'OK' },
        { meth: 'TripSearch', err: 'PARAMETER', errTxt: 'HCI Service: parameter invalid' },
      ],
    });
  });

  it('checks the signature over the exact bytes of the body', async () => {
    const body = JSON.stringify(
      client.message({ meth: 'LocMatch', req: { input: { loc: { name: 'Löbdergraben' } } } }),
    );
    const signature = client.signatureOf(body);
    const answers = await Promise.all([
      client.post(body, signature),
      client.post(`${body} `, signature),
      client.post(body, ''),
      client.post(body, signature.replace(/.$/, 'x')),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as Json[];
    expect(bodies.map(({ err }) => err)).toEqual(['OK', 'AUTH', 'AUTH', 'AUTH']);
    expect(bodies[1]).not.toHaveProperty('svcResL');
  });

  it('refuses a foreign AID', async () => {
    const message = { ...client.message(), auth: { type: 'AID', aid: 'somebody-else' } };
    const answer = await client.post(JSON.stringify(message));
    expect(await answer.json()).toMatchObject({ err: 'AUTH' });
  });

  it.each([
    ['no JSON', '{"ver":', 'root'],
    ['a list', '[]', 'root'],
    ['no version', '{}', 'root.ver'],
  ])('refuses %s as unparsable with status 200', async (_, body, place) => {
    const answer = await client.post(body);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      err: 'PARSE',
      errTxt: expect.stringMatching(new RegExp(`: ${place}$`)),
    });
  });

  it('refuses the whole message for one field of the wrong type, null included', async () => {
    const good = { meth: 'LocMatch', req: { input: { loc: { name: 'Winzerla' } } } };
    const nothing = { meth: 'StationBoard', req: { stbLoc: { extId: '153166' }, dirLoc: null } };
    expect(await client.ask(good, nothing)).toMatchObject({
      err: 'PARSE',
      errTxt: 'HCI Core: Parse fail : Parser error: root.svcReqL.req.dirLoc',
    });
  });

  it('indents the answer only when asked to', async () => {
    const plain = await client.post(JSON.stringify(client.message()));
    const formatted = await client.post(JSON.stringify({ ...client.message(), formatted: true }));
    expect(await plain.text()).not.toContain('\n');
    expect(await formatted.text()).toContain('\n  "err": "OK"');
  });

  it('obeys a fault ordered for its system', async () => {
    city.faults.order({ kind: '500', system: 'hafas', household: null });
    const spoilt = await client.post(JSON.stringify(client.message()));
    city.faults.end();
    const healed = await client.post(JSON.stringify(client.message()));
    expect([spoilt.status, healed.status]).toEqual([500, 200]);
  });
});
