import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, type GraphQLObjectType } from 'graphql';
import { answerFile, readAsked, readOnlyNames } from '../asked-queries.js';
import { CounterStage } from '../auth/counter-stage.js';
import { openHouse, type GraphAnswer, type House } from '../harness.js';
import { wholeOf } from '../threats/whole-selection.js';

/** More often than an operation is interpreted before it is compiled. */
const TIMES = 4;

/** What is new in each answer: addresses of files. */
const shown = ({ status, data, errors }: GraphAnswer): unknown =>
  JSON.parse(JSON.stringify({ status, data, errors }).replaceAll(/"url":"[^"]*"/g, '"url":"…"'));

/** Without reuse of answers: whatever is asked is executed. */
describe('a query that is asked again and again', () => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse({ arrange: new CounterStage().arrange, environment: { ANSWER_BYTES: '0' } });
  }, 60_000);
  afterAll(() => house.close());

  const askOften = async (body: object, persona?: string, headers?: Record<string, string>): Promise<GraphAnswer[]> => {
    const answers: GraphAnswer[] = [];
    for (let time = 0; time < TIMES; time += 1) answers.push(await house.graphql(body, { persona, headers }));
    return answers;
  };

  it.each(readOnlyNames)('is answered in the same way ever after: %s', async (name) => {
    const { query, variables, persona, headers } = readAsked(name);
    const answers = await askOften({ query, variables }, persona, headers);
    const expected = JSON.parse(readFileSync(answerFile(name), 'utf8')) as GraphAnswer;
    for (const answer of answers) expect(shown(answer)).toEqual(shown({ ...expected, errors: expected.errors ?? [] }));
  });

  it.each(['energy', 'housing', 'transit', 'pools'])(
    'is answered in the same way with all that %s shows',
    async (part) => {
      const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../schema.graphql'), 'utf8'));
      const type = `${part[0]!.toUpperCase()}${part.slice(1)}Customer`;
      const { selection } = wholeOf(schema.getType(type) as GraphQLObjectType);
      const answers = await askOften(
        { query: `{ me { id ${part} { ${selection} } subsidiaries { subsidiary access } } }` },
        'aylin',
      );
      expect(answers[0]!.data?.['me']).toMatchObject({ [part]: { id: expect.any(String) } });
      for (const answer of answers) expect(shown(answer)).toEqual(shown(answers[0]!));
    },
  );
});
