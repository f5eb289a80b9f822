import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { openScope, TestClock } from '#lib/testing';
import { Upstream } from '#lib/upstream';
import { PoolsBackend } from './backend/pools.backend.js';
import { PoolsLinkProof } from './pools.link-proof.js';
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
  let calls = 0;
  const send = () => {
    calls += 1;
    return Promise.resolve({ status: 200, headers: {}, body: Buffer.from(answer) });
  };
  upstream.connect = () => ({ send });
  return { clock, proof: new PoolsLinkProof(new PoolsBackend(upstream, SETTINGS), upstream), calls: () => calls };
}

describe('the proof of a client of the till', () => {
  it.each(['04B7C91A2F6D80', '04b7c91a2f6d80', '04:B7:C9:1A:2F:6D:80', '04-b7-c9-1a 2f 6d 80'])(
    'is the whole UID of the card, as %s',
    async (fact) => {
      const { proof, clock } = house();
      expect(await proof.prove(ACCOUNT, fact, openScope(clock))).toBe(true);
    },
  );

  it.each(['6D80', '••••6D80', '04B7C91A2F6D81', ''])('is not %p', async (fact) => {
    const { proof, clock } = house();
    expect(await proof.prove(ACCOUNT, fact, openScope(clock))).toBe(false);
  });

  it('is not the card of another client, nor one that is out of use', async () => {
    const { clock, proof } = house();
    expect(await proof.prove('5000117005', '04B7C91A2F6D80', openScope(clock))).toBe(false);
    const blocked = house(ANSWER.replace('xsd:string">1<', 'xsd:string">0<'));
    expect(await blocked.proof.prove(ACCOUNT, '04B7C91A2F6D80', openScope(blocked.clock))).toBe(false);
  });

  it('is asked of the till anew each time: nothing is kept', async () => {
    const { proof, clock, calls } = house();
    await proof.prove(ACCOUNT, '1', openScope(clock));
    await proof.prove(ACCOUNT, '1', openScope(clock));
    expect(calls()).toBe(2);
  });

  it.each([
    [' 5000 117004', ACCOUNT],
    ['0005000117004', ACCOUNT],
    ['12345678901234567890', undefined],
    ['1</Value>', undefined],
    ['', undefined],
  ])('is for the number %p as %p', (typed, number) => {
    expect(house().proof.normalise(typed)).toBe(number);
  });

  it('has a control number that is one spelling of itself', () => {
    const { proof } = house();
    expect(proof.normalise(proof.controlNumber)).toBe(proof.controlNumber);
  });
});
