import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AGENT, CounterStage, STEP_UP } from '../auth/counter-stage.js';
import { openHouse, type House } from '../harness.js';

const ACCOUNTS = 'energy { bankAccounts { nodes { maskedIban iban } } }';
const OPEN = `mutation { openMandate(by: { customerNumber: { subsidiary: ENERGY, number: "0004100014", idDocumentSeen: true } },
  reason: "fragt nach der Bankverbindung") { __typename ... on Mandate { customer { id ${ACCOUNTS} } } } }`;
const MASKED = 'DE•• •••• •••• •••• ••00 02';

describe('the IBAN of a customer', () => {
  const stage = new CounterStage();
  let house: House;

  beforeAll(async () => {
    house = await openHouse({ arrange: stage.arrange });
  }, 60_000);
  afterAll(() => house?.close());

  it('is shown in full to the customer right after a second factor, and else only masked', async () => {
    const query = { query: `{ me { ${ACCOUNTS} } }` };
    const wait = { prefer: 'wait=10' };
    const strong = await house.graphql(query, { persona: 'aylin', headers: { ...wait, [STEP_UP]: '1' } });
    const weak = await house.graphql(query, { persona: 'aylin', headers: wait });
    const nodes = (iban: unknown) => ({ me: { energy: { bankAccounts: { nodes: [{ maskedIban: MASKED, iban }] } } } });
    expect(strong.data).toEqual(nodes(expect.stringMatching(/^DE\d{18}02$/)));
    expect(weak.data).toEqual(nodes(null));
    expect(weak.errors.map(({ extensions }) => extensions['code'])).toEqual(['STEP_UP_REQUIRED']);
  });

  it('is masked for the service of this company, whatever they prove', async () => {
    const headers = { prefer: 'wait=10', [AGENT]: 'counter-anna ENERGY', [STEP_UP]: '1' };
    const { data, errors } = await house.graphql({ query: OPEN }, { headers });
    expect(JSON.stringify(data)).toContain(MASKED);
    expect(JSON.stringify(data)).not.toMatch(/DE\d{20}/);
    expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN']);
  });
});
