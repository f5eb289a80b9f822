import { describe, expect, it } from '@jest/globals';
import { openScope, TestClock } from '#lib/testing';
import { ShopBackend } from './backend/shop.backend.js';
import { fixture, json, ScriptedUpstream, SETTINGS } from './testing/scripted-upstream.js';
import { TransitLinkProof } from './transit.link-proof.js';

const ACCOUNT = 'JNV-00077001';

function house(answer = json(200, fixture('subscriptions.answer.json'))) {
  const clock = new TestClock();
  const upstream = new ScriptedUpstream(clock, ({ path }) =>
    path === '/oauth/token' ? json(200, fixture('token.answer.json')) : answer,
  );
  const proof = new TransitLinkProof(new ShopBackend(upstream, SETTINGS, clock), upstream);
  return { clock, proof, requests: upstream.requests };
}

describe('the proof of a customer of the shop', () => {
  it.each(['ABO-0077001', 'abo-0077002', ' ABO- 0077001 '])('is a subscription number, as %p', async (fact) => {
    const { proof, clock } = house();
    expect(await proof.prove(ACCOUNT, fact, openScope(clock))).toBe(true);
  });

  it.each(['ABO-0077009', '0077001', ''])('is not %p', async (fact) => {
    const { proof, clock } = house();
    expect(await proof.prove(ACCOUNT, fact, openScope(clock))).toBe(false);
  });

  it('is asked of the shop anew each time: nothing is kept', async () => {
    const { proof, clock, requests } = house();
    await proof.prove(ACCOUNT, '1', openScope(clock));
    await proof.prove(ACCOUNT, '1', openScope(clock));
    expect(requests.filter((request) => request.startsWith('GET '))).toHaveLength(2);
  });

  it('is refused by the shop for a number that it does not know', async () => {
    const { proof, clock } = house(json(404, { error: { code: 'CUSTOMER_NOT_FOUND' } }));
    const attempt = proof.prove(ACCOUNT, 'ABO-0077001', openScope(clock));
    await expect(attempt).rejects.toMatchObject({ code: 'UPSTREAM_REJECTED' });
  });

  it.each([
    ['JNV-00077001', ACCOUNT],
    ['jnv 00077001', ACCOUNT],
    ['77001', ACCOUNT],
    ['JNV-000077001', undefined],
    ['ABO-00077001', undefined],
    ['../77001', undefined],
    ['', undefined],
  ])('is for the number %p as %p', (typed, number) => {
    expect(house().proof.normalise(typed)).toBe(number);
  });

  it('has a control number that is one spelling of itself', () => {
    const { proof } = house();
    expect(proof.normalise(proof.controlNumber)).toBe(proof.controlNumber);
  });
});
