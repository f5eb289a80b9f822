import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { openScope, TestClock } from '#lib/testing';
import { Upstream } from '#lib/upstream';
import { TenancyBackend } from './backend/tenancy.backend.js';
import { HousingLinkProof } from './housing.link-proof.js';
import { HousingSettings } from './housing.settings.js';

const ACCOUNT = '0000208822';
const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
const SETTINGS = Object.assign(new HousingSettings(), {
  erpUrl: 'http://erp.example/',
  erpUser: 'portal',
  erpPassword: 'gärtner',
});

function house(answer = 'get-leases.answer.xml') {
  const clock = new TestClock();
  const upstream = new Upstream(clock, { concurrent: 8, waiting: 8, cacheBytes: 1_000_000 });
  let calls = 0;
  const send = () => {
    calls += 1;
    const headers = { 'content-type': 'application/soap+xml; charset=utf-8' };
    return Promise.resolve({ status: 200, headers, body: fixture(answer) });
  };
  upstream.connect = () => ({ send });
  const proof = new HousingLinkProof(new TenancyBackend(upstream, SETTINGS), upstream, clock);
  return { clock, proof, calls: () => calls };
}

describe('the proof of a tenant', () => {
  it.each(['5120 / 4 / 11 / 02', '5120/4/11/02', ' 6034 /2/7 / 01 '])('is a lease number, as %p', async (fact) => {
    const { proof, clock } = house();
    expect(await proof.prove(ACCOUNT, fact, openScope(clock))).toBe(true);
  });

  it.each(['5120 / 4 / 11', '5120 / 4 / 11 / 03', '', '/'])('is not %p', async (fact) => {
    const { proof, clock } = house();
    expect(await proof.prove(ACCOUNT, fact, openScope(clock))).toBe(false);
  });

  it('is asked of the ERP anew each time: nothing is kept', async () => {
    const { proof, clock, calls } = house();
    await proof.prove(ACCOUNT, '1', openScope(clock));
    await proof.prove(ACCOUNT, '1', openScope(clock));
    expect(calls()).toBe(2);
  });

  it('is refused by the ERP for a number that it does not know', async () => {
    const { proof, clock } = house('get-leases.refused.xml');
    const attempt = proof.prove(ACCOUNT, '5120 / 4 / 11 / 02', openScope(clock));
    await expect(attempt).rejects.toMatchObject({ code: 'UPSTREAM_REJECTED' });
  });

  it.each([
    ['208822', ACCOUNT],
    ['00 002 08822', ACCOUNT],
    ['12345678901', undefined],
    ['20A', undefined],
    ['', undefined],
  ])('is for the number %p as %p', (typed, number) => {
    expect(house().proof.normalise(typed)).toBe(number);
  });

  it('has a control number that is one spelling of itself', () => {
    const { proof } = house();
    expect(proof.normalise(proof.controlNumber)).toBe(proof.controlNumber);
  });
});
