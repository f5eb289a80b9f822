import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { openHouse, type House } from '../harness.js';

describe('GraphQL over HTTP', () => {
  let house: House;
  const audits = serverAudits({ url: () => `${house.url}/graphql` });

  beforeAll(async () => {
    house = await openHouse();
  }, 30_000);
  afterAll(() => house.close());

  it('has as many audits as we know of', () => {
    expect(audits).toHaveLength(61);
  });

  const isByLink = (name: string): boolean => /MAY .*GET/.test(name) && !name.includes('mutations');

  it.each(audits.filter(({ name }) => !isByLink(name)).map((audit) => [audit.id, audit.name, audit] as const))(
    '%s: %s',
    async (_id, _name, audit) => {
      const result = await audit.fn();
      expect(result).toMatchObject({ status: 'ok' });
    },
  );

  // A link on another site could send these with the visitor's cookie.
  it.each(audits.filter(({ name }) => isByLink(name)).map((audit) => [audit.id, audit.name, audit] as const))(
    '%s: %s — is refused, since a link on another site could be followed',
    async (_id, _name, audit) => {
      expect(await audit.fn()).toMatchObject({ status: 'notice' });
    },
  );
});
