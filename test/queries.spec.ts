import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CounterStage, STEP_UP } from './auth/counter-stage.js';
import { openHouse, type House } from './harness.js';

const FOLDER = join(import.meta.dirname, 'queries');
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => file.slice(0, -'.graphql'.length));

interface Asked {
  readonly persona?: string;
  readonly headers: Record<string, string>;
  readonly variables?: unknown;
}

/**
 * Comment lines at the top of a query: `# persona: aylin`, `# language: en`, `# variables: {"first": 3}`, and
 * `# stepUp: true` for a customer right after a second factor.
 */
function readWishes(query: string): Asked {
  const wishes = [...query.matchAll(/^# (persona|language|variables|stepUp): (.+)$/gm)].map(
    ([, key, value]) => [key, value] as const,
  );
  const { persona, language, variables, stepUp } = Object.fromEntries(wishes) as Record<string, string | undefined>;
  const headers = {
    // Mutations wait for their outcome.
    prefer: 'wait=10',
    ...(language !== undefined && { 'accept-language': language }),
    ...(stepUp !== undefined && { [STEP_UP]: '1' }),
  };
  return { persona, headers, variables: variables === undefined ? undefined : JSON.parse(variables) };
}

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

  it.each(names)('answers %s as expected', async (name) => {
    const query = readFileSync(join(FOLDER, `${name}.graphql`), 'utf8');
    const { persona, headers, variables } = readWishes(query);
    const before = await books();
    const { status, data, errors } = await house.graphql({ query, variables }, { persona, headers });
    const answer = { status, ...(data !== undefined && { data }), ...(errors.length > 0 && { errors }) };
    const file = join(FOLDER, `${name}.json`);
    if (process.env['UPDATE_EXPECTED'] === '1') writeFileSync(file, `${JSON.stringify(answer, null, 2)}\n`);
    expect(existsSync(file)).toBe(true);
    expect(answer).toEqual(JSON.parse(readFileSync(file, 'utf8')));
    if (name.endsWith('-refused')) expect(await books()).toEqual(before);
  });
});
