import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openHouse, type House } from './harness.js';

interface Ticket {
  readonly barcode: { readonly payload: string; readonly svg: string };
}

describe('the code of a ticket', () => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse();
  }, 30_000);
  afterAll(() => house.close());

  it('is there as content and as picture', async () => {
    const query = '{ me { transit { tickets { barcode { payload svg } } } } }';
    const { data, errors } = await house.graphql({ query }, { persona: 'aylin', headers: { prefer: 'wait=10' } });
    const { transit } = data!['me'] as { transit: { tickets: Ticket[] } };
    expect(errors).toEqual([]);
    expect(transit.tickets).toHaveLength(1);
    const { payload, svg } = transit.tickets[0]!.barcode;
    expect(payload).toMatch(/^[A-Za-z0-9+/]{100,}=*$/);
    expect(svg).toMatch(/^<svg viewBox="0 0 \d+ \d+"/);
  });
});
