import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { openScope, TestClock } from '#lib/testing';
import { Upstream, type HttpRequest } from '#lib/upstream';
import { PoolsBackend } from './backend/pools.backend.js';
import { PoolsCardFinder } from './pools.card-finder.js';
import { PoolsSettings } from './pools.settings.js';

const ACCOUNT = '5000117004';
const ANSWER = readFileSync(new URL('../fixtures/get-clients-ex.answer.xml', import.meta.url), 'utf8');
const SETTINGS = Object.assign(new PoolsSettings(), {
  tillUrl: 'http://till.example:3063',
  tillUser: 'portal',
  tillPassword: 'secret',
  ticosUrl: 'https://ticos.example',
  ticosTenant: '4711',
});

function house(answer = ANSWER) {
  const clock = new TestClock();
  const upstream = new Upstream(clock, { concurrent: 8, waiting: 8, cacheBytes: 1_000_000 });
  const bodies: string[] = [];
  const send = ({ body }: HttpRequest) => {
    bodies.push(String(body));
    return Promise.resolve({ status: 200, headers: {}, body: Buffer.from(answer) });
  };
  upstream.connect = () => ({ send });
  const finder = new PoolsCardFinder(new PoolsBackend(upstream, SETTINGS), upstream);
  return { finder, bodies, find: (number: string) => finder.findAccount(number, openScope(clock)) };
}

describe('finding whose value card it is', () => {
  it.each(['04B7C91A2F6D80', '04:b7:c9:1a:2f:6d:80', ' 04b7-c91a 2f6d80 '])('knows the card as %p', async (number) => {
    const { find, bodies } = house();
    expect(await find(number)).toBe(ACCOUNT);
    expect(bodies[0]).toMatch(/smartcard_uid<[^]*04B7C91A2F6D80</);
  });

  it('finds nobody for the card of someone whom the till lists though not asked for', async () => {
    expect(await house().find('04B7C91A2F6D81')).toBeNull();
  });

  it('finds nobody for a card that is out of use', async () => {
    expect(await house(ANSWER.replaceAll('xsd:string">1<', 'xsd:string">0<')).find('04B7C91A2F6D80')).toBeNull();
  });

  it.each(['', '6D80', '••••6D80', 'JNV-00077001', '04B7C91A2F6D8G', '04B7C91A2F6D80'.repeat(9)])(
    'asks nobody about %p',
    async (number) => {
      const { find, bodies } = house();
      expect([await find(number), bodies]).toEqual([null, []]);
    },
  );

  it('asks the till anew each time', async () => {
    const { find, bodies } = house();
    await find('04B7C91A2F6D80');
    await find('04B7C91A2F6D80');
    expect(bodies).toHaveLength(2);
  });
});
