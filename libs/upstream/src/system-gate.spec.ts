import { beforeEach, describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { TestClock } from '#lib/testing';
import { SystemGate } from './system-gate.js';

// Not tried again, unlike an unreachable system.
const outage = (): AppError => new AppError('UPSTREAM_TIMEOUT', 'too slow');
const signal = new AbortController().signal;

describe('the gate of a system', () => {
  let gate: SystemGate;
  const failing = (account: string, error: AppError): Promise<unknown> =>
    gate.run(account, signal, () => Promise.reject(error)).catch((thrown: unknown) => thrown);

  beforeEach(() => {
    gate = new SystemGate('ledger', new TestClock(), { concurrent: 20, waiting: 0 });
  });

  it('counts one failure where reads fail that shared one request', async () => {
    const shared = outage();
    const errors = await Promise.all(Array.from({ length: 8 }, () => failing('A', shared)));
    expect(errors).toEqual(Array.from({ length: 8 }, () => shared));
    expect(gate.refusal('A')).toBe(0);
    for (let more = 0; more < 4; more += 1) await failing('A', outage());
    expect(gate.refusal('A')).toBe(10);
  });

  it('counts each failure of requests of their own', async () => {
    await Promise.all(Array.from({ length: 5 }, () => failing('A', outage())));
    expect(gate.refusal('A')).toBe(10);
  });
});
