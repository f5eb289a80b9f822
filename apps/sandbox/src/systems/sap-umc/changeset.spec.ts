import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Bench, energyOf, startBench } from './umc-test-client.js';

const NOON = Date.parse('2026-11-22T12:00:00+01:00');
const DECEMBER = '2026-12-01T00:00:00';

let bench: Bench;
let plans: string[];
beforeAll(async () => {
  bench = await startBench();
  plans = energyOf(bench.city, 'aylin').energy.contracts.map(
    ({ contractId, instalment }) =>
      `BudgetBillingPlans(ContractID='${contractId}',BudgetBillingPlanID='${instalment.planId}')`,
  );
});
afterAll(() => bench.close());
beforeEach(() => {
  bench.city.clock.shift(NOON - Date.now());
  bench.city.faults.end();
  bench.system.reset();
});

function put(target: string, amount: string, contentId: string): string[] {
  return [
    '--set',
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    `Content-ID: ${contentId}`,
    '',
    `PUT ${target} HTTP/1.1`,
    'Content-Type: application/json',
    'Accept: application/json',
    '',
    JSON.stringify({ Amount: amount, ChangeFromDate: DECEMBER }),
  ];
}

/** Sends the writes as one changeset, and a read after it. */
async function send(writes: readonly string[][]): Promise<string> {
  const lines = [
    '--batch',
    'Content-Type: multipart/mixed; boundary=set',
    '',
    ...writes.flat(),
    '--set--',
    '',
    '--batch',
    'Content-Type: application/http',
    '',
    `GET ${plans[0]} HTTP/1.1`,
    'Accept: application/json',
    '',
    '',
    '--batch--',
    '',
  ];
  const session = await bench.signOn();
  const reply = await bench.write(session, 'POST', '$batch', lines.join('\r\n'), 'multipart/mixed; boundary=batch');
  expect(reply.status).toBe(202);
  return reply.text;
}

const amounts = (): unknown[] => (bench.system.books?.() ?? []).map(({ amount }) => amount);

describe('a changeset', () => {
  it('is carried out as a whole, each write answered in a multipart of its own', async () => {
    const text = await send([put(plans[0] ?? '', '100.00', '1'), put(plans[1] ?? '', '80.00', '2')]);
    expect(amounts()).toEqual(['100.00', '80.00']);
    expect(text.match(/^HTTP\/1\.1 .*$/gm)).toEqual([
      'HTTP/1.1 204 No Content',
      'HTTP/1.1 204 No Content',
      'HTTP/1.1 200 OK',
    ]);
    expect(text.match(/^Content-ID: \d/gm)).toEqual(['Content-ID: 1', 'Content-ID: 2']);
    expect(text.match(/multipart\/mixed; boundary=/g)).toHaveLength(1);
    expect(text).toContain('"Amount":"100.00"');
  });

  it('leaves nothing when one write is refused, and answers with that refusal alone', async () => {
    const text = await send([put(plans[0] ?? '', '100.00', '1'), put(plans[1] ?? '', '9999.00', '2')]);
    expect(amounts()).toEqual([]);
    expect(text.match(/^HTTP\/1\.1 .*$/gm)).toEqual(['HTTP/1.1 400 Bad Request', 'HTTP/1.1 200 OK']);
    expect(text).toContain('EL/209');
    expect(text).not.toContain('"Amount":"100.00"');
  });

  it('is a modifying request for faults, of any household in it', async () => {
    bench.city.faults.order({ kind: 'cut', after: 'effect', methods: 'modifying', system: 'sap-umc', household: 2 });
    await expect(send([put(plans[0] ?? '', '100.00', '1')])).rejects.toThrow();
    expect(amounts()).toEqual(['100.00']);
  });
});
