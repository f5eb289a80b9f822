import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answerFile, queryNames, readAsked } from './asked-queries.js';
import { CounterStage } from './auth/counter-stage.js';
import { openHouse, type House } from './harness.js';

/**
 * Every `<name>.graphql` is asked and compared with `<name>.json`. `UPDATE_EXPECTED=1 npm test` rewrites the answers.
 * Mutations have a household of their own each. After a `<name>-refused` the legacy systems' books are as they were.
 */
describe('the graph', () => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse({ arrange: new CounterStage().arrange });
  }, 30_000);
  afterAll(() => house.close());

  const books = async (): Promise<unknown> => {
    const systems = ['sap-umc', 'tenancy', 'fare-shop', 'till'];
    const read = async (system: string): Promise<unknown> =>
      (await fetch(`${house.sandbox.controlUrl}/books/${system}`)).json();
    return Promise.all(systems.map(read));
  };

  it.each(queryNames)('answers %s as expected', async (name) => {
    const { query, persona, headers, variables } = readAsked(name);
    const before = await books();
    const { status, data, errors } = await house.graphql({ query, variables }, { persona, headers });
    const answer = { status, ...(data !== undefined && { data }), ...(errors.length > 0 && { errors }) };
    const file = answerFile(name);
    if (process.env['UPDATE_EXPECTED'] === '1') writeFileSync(file, `${JSON.stringify(answer, null, 2)}\n`);
    expect(existsSync(file)).toBe(true);
    expect(answer).toEqual(JSON.parse(readFileSync(file, 'utf8')));
    if (name.endsWith('-refused')) expect(await books()).toEqual(before);
  });
});
