import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '#lib/kernel';
import type { Report } from '../../apps/selftest/src/report/report.js';
import { runSelfTest } from '../../apps/selftest/src/self-test.js';
import { openHouse, type House } from '../harness.js';

describe('the self-test of the sign-in', () => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse({ clock: systemClock });
  }, 60_000);
  afterAll(() => house?.close());

  const run = (change: { readonly channel?: string; readonly persona: string }): Promise<Report> =>
    runSelfTest({ gateway: house.url, channel: undefined, sandbox: new URL(house.sandbox.controlUrl), ...change });
  const without = ({ lines }: Report, outcome: string): string[] =>
    lines.filter((line) => line.outcome !== outcome).map(({ id, outcome: found, seen }) => `${id} ${found}: ${seen}`);

  it('finds nothing at the portal, and leaves out only what needs TLS', async () => {
    const report = await run({ persona: 'aylin' });
    expect(without(report, 'ok')).toEqual(['transport.hsts skipped: this channel is on this machine, without TLS']);
    expect([report.channel, report.persona]).toEqual(['portal', 'aylin']);
  }, 120_000);

  it('finds nothing at the counter', async () => {
    const report = await run({ channel: 'counter', persona: 'agent-energy-service' });
    expect(without(report, 'ok')).toEqual(['transport.hsts skipped: this channel is on this machine, without TLS']);
    expect(report.gateway).toMatch(/^http:\/\/counter\.localhost:/);
  }, 120_000);
});
