import type { House } from '../harness.js';

/** Most that are counted. */
const COUNT = 1_000;

/**
 * Counts requests of a household to a system from here on: a fault that does no harm knows how many it has met.
 * @returns tells how many; take the fault away (`DELETE /faults`) afterwards
 */
export async function countCalls(house: House, system: string, household: string): Promise<() => Promise<number>> {
  await house.control('POST', '/faults', { kind: 'latency', milliseconds: 1, count: COUNT, system, household });
  return async () => COUNT - (await callsLeft(house, household));
}

/** How many more requests of a household a counted fault will meet. */
export async function callsLeft(house: House, household: string): Promise<number> {
  const answer = await fetch(`${house.sandbox.controlUrl}/faults`);
  const { faults } = (await answer.json()) as { faults: { household?: string; left?: number }[] };
  return faults.find((fault) => fault.household === household && fault.left !== undefined)!.left!;
}
