import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery, parse, validate } from 'graphql';
import { buildClientSchema, type IntrospectionQuery } from 'graphql';
import { DASHBOARD_QUERY } from '../apps/gateway/src/sandbox/dashboard-query.js';
import { openHouse, type House } from './harness.js';

describe('in sandbox mode', () => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse();
  }, 30_000);
  afterAll(() => house.close());

  const page = (query: string): Promise<Response> => house.get(`/graphql${query}`, { accept: 'text/html' });

  it('the schema may be asked for, and the dashboard fits it', async () => {
    const { data, errors } = await house.graphql({ query: getIntrospectionQuery() });
    expect(errors).toEqual([]);
    const schema = buildClientSchema(data as unknown as IntrospectionQuery);
    expect(validate(schema, parse(DASHBOARD_QUERY))).toEqual([]);
  });

  it('GraphiQL opens signed in as the persona of the link, and loads nothing from elsewhere', async () => {
    const answer = await page('?persona=aylin');
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const html = await answer.text();
    const token = /Bearer ([\w-]+\.[\w-]+\.[\w-]+)/.exec(html)?.[1];
    const { data } = await house.graphql(
      { query: '{ me { name } }' },
      { headers: { authorization: `Bearer ${token}` } },
    );
    expect(data).toEqual({ me: { name: 'Aylin Kaya-Größel' } });
    expect(html.match(/<(?:script|link)[^>]+(?:src|href)="(?:https?:)?\/\//g)).toBeNull();
  });

  it.each(['', '?persona=erika', '?persona=nobody', `?persona=${'x'.repeat(100)}`])(
    'GraphiQL%s opens without a token',
    async (query) => {
      const html = await (await page(query)).text();
      expect(html).toContain('renderYogaGraphiQL');
      expect(html).not.toMatch(/Bearer [\w-]+\./);
    },
  );

  it('a program that asks for JSON gets no page', async () => {
    expect((await house.get('/graphql')).headers.get('content-type')).not.toContain('text/html');
  });
});
