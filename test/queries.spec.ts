import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openHouse, type House } from './harness.js';

const FOLDER = join(import.meta.dirname, 'queries');
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => file.slice(0, -'.graphql'.length));

/** Comment lines at the top of a query: `# persona: aylin`, `# language: en`, `# variables: {"first": 3}`. */
function readWishes(query: string): { persona?: string; language?: string; variables?: unknown } {
  const wishes = [...query.matchAll(/^# (persona|language|variables): (.+)$/gm)].map(
    ([, key, value]) => [key, value] as const,
  );
  const { persona, language, variables } = Object.fromEntries(wishes) as Record<string, string | undefined>;
  return { persona, language, variables: variables === undefined ? undefined : JSON.parse(variables) };
}

/** Every `<name>.graphql` is asked and compared with `<name>.json`. `UPDATE_EXPECTED=1 npm test` rewrites the answers. */
describe('the graph', () => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse();
  }, 30_000);
  afterAll(() => house.close());

  it.each(names)('answers %s as expected', async (name) => {
    const query = readFileSync(join(FOLDER, `${name}.graphql`), 'utf8');
    const { persona, language, variables } = readWishes(query);
    const headers: Record<string, string> = language === undefined ? {} : { 'accept-language': language };
    const { status, data, errors } = await house.graphql({ query, variables }, { persona, headers });
    const answer = { status, ...(data !== undefined && { data }), ...(errors.length > 0 && { errors }) };
    const file = join(FOLDER, `${name}.json`);
    if (process.env['UPDATE_EXPECTED'] === '1') writeFileSync(file, `${JSON.stringify(answer, null, 2)}\n`);
    expect(existsSync(file)).toBe(true);
    expect(answer).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });
});
