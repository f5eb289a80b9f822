import { describe, expect, it } from '@jest/globals';
import { openScope, TestClock } from '#lib/testing';
import { Upstream } from '#lib/upstream';
import { FakeSap, fixture, isSignIn, jsonAnswer, rowsOf, sessionAnswer } from '../fixtures/fake-sap.js';
import { EnergyBackend } from './backend/energy.backend.js';
import { SapGateway } from './backend/sap/sap-gateway.js';
import { EnergyCustomerEntitlement } from './energy-customer.entitlement.js';
import { EnergyLinkProof } from './energy.link-proof.js';

const ACCOUNT = '0004471100';

function house(now = '2026-11-22T12:00:00Z', answer = () => jsonAnswer(fixture('contracts.answer.json'))) {
  const clock = new TestClock(now);
  const sap = new FakeSap((request) => (isSignIn(request) ? sessionAnswer() : answer()));
  const upstream = new Upstream(clock, { concurrent: 8, waiting: 8, cacheBytes: 1_000_000 });
  upstream.connect = () => sap;
  const backend = new EnergyBackend(
    new SapGateway({ url: 'https://sap.example', user: 'TOR', password: 'offen' }, upstream, clock),
    clock,
  );
  return {
    clock,
    sap,
    proof: new EnergyLinkProof(backend, upstream),
    entitlement: new EnergyCustomerEntitlement(backend, upstream, clock),
  };
}

describe('the proof of a business partner', () => {
  it.each(['0900071001', '900071001', ' 09000 71002', '0000900071003'])('is a contract number, as %s', async (fact) => {
    const { proof, clock } = house();
    expect(await proof.prove(ACCOUNT, fact, openScope(clock))).toBe(true);
  });

  it.each(['0900071009', '', '0', 'x'])('is not %p', async (fact) => {
    const { proof, clock } = house();
    expect(await proof.prove(ACCOUNT, fact, openScope(clock))).toBe(false);
  });

  it('is asked of SAP anew each time: nothing is kept', async () => {
    const { proof, clock, sap } = house();
    await proof.prove(ACCOUNT, '1', openScope(clock));
    await proof.prove(ACCOUNT, '1', openScope(clock));
    expect(sap.requests.filter((request) => !isSignIn(request))).toHaveLength(2);
  });

  it('is refused by SAP for a number that it does not know', async () => {
    const { proof, clock } = house(undefined, () => jsonAnswer(fixture('error.answer.json'), 404));
    await expect(proof.prove(ACCOUNT, '0900071001', openScope(clock))).rejects.toMatchObject({
      code: 'UPSTREAM_REJECTED',
    });
  });

  it.each([
    ['4471100', ACCOUNT],
    [' 000 4471100', ACCOUNT],
    ['00000004471100', ACCOUNT],
    ['44711001234', undefined],
    ["1')/Contracts('9", undefined],
    ['', undefined],
  ])('is for the number %p as %p', (typed, number) => {
    expect(house().proof.normalise(typed)).toBe(number);
  });

  it('has a control number that is one spelling of itself', () => {
    const { proof } = house();
    expect(proof.normalise(proof.controlNumber)).toBe(proof.controlNumber);
  });
});

describe('the entitlement of energy customers', () => {
  it('is held while a contract runs, by which one does not matter', async () => {
    const { entitlement, clock } = house();
    expect(await entitlement.holds(ACCOUNT, openScope(clock))).toBe(true);
  });

  it.each([
    ['2025-12-31T12:00:00Z', true],
    ['2026-01-01T12:00:00Z', false],
  ])('ends with the last contract: at %s it is %p', async (now, held) => {
    const [, ended] = rowsOf('contracts.answer.json');
    const { entitlement, clock } = house(now, () => jsonAnswer(JSON.stringify({ d: { results: [ended] } })));
    expect(await entitlement.holds(ACCOUNT, openScope(clock))).toBe(held);
  });

  it('is not held without a contract', async () => {
    const { entitlement, clock } = house(undefined, () => jsonAnswer('{"d":{"results":[]}}'));
    expect(await entitlement.holds(ACCOUNT, openScope(clock))).toBe(false);
  });

  it('cannot be denied when a contract is unreadable', async () => {
    const { entitlement, clock } = house('1990-01-01T12:00:00Z');
    await expect(entitlement.holds(ACCOUNT, openScope(clock))).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
  });
});
