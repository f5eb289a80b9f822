import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { writeHafasRequest, type HafasAccess } from './hafas-request.js';

const access: HafasAccess = {
  aid: 'test-aid',
  salt: Buffer.from('00ff10', 'hex'),
  version: '1.78',
  client: { id: 'VMT', type: 'WEB', name: 'webapp', l: 'vs_vmt', v: 10010 },
};

describe('writeHafasRequest', () => {
  it('writes access, client and services', () => {
    const { body } = writeHafasRequest(access, [{ meth: 'LocMatch', req: { input: 'Löbdergraben' } }]);
    expect(JSON.parse(body)).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      ver: '1.78',
      lang: 'deu',
      auth: { type: 'AID', aid: 'test-aid' },
      client: { id: 'VMT', type: 'WEB', name: 'webapp', l: 'vs_vmt', v: 10010 },
      formatted: false,
      svcReqL: [{ meth: 'LocMatch', req: { input: 'Löbdergraben' } }],
    });
  });

  it('signs the UTF-8 bytes: mic over the body, mac over the text of mic and the salt bytes', () => {
    const { body, query } = writeHafasRequest(access, [{ meth: 'LocMatch', req: { input: 'Löbdergraben' } }]);
    const mic = createHash('md5').update(Buffer.from(body, 'utf8')).digest('hex');
    const signed = Buffer.concat([Buffer.from(mic, 'ascii'), Buffer.from([0x00, 0xff, 0x10])]);
    const mac = createHash('md5').update(signed).digest('hex');
    expect(query).toBe(`mic=${mic}&mac=${mac}`);
  });

  it('gives the checksums of a known body', () => {
    expect(writeHafasRequest(access, []).query).toBe(
      'mic=ce1d22220cefa7b3e067a7d560849f31&mac=453f230dbb09dcc801632e9c68e6d867',
    );
  });
});
