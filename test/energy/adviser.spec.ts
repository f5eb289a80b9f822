import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '#lib/kernel';
import { Browser } from '../partner/browser.js';
import { PartnerHouse } from '../partner/partner-house.js';

const ENERGY = '/partner/v1/energy';
const BO4E = 'application/vnd.bo4e+json';

/** The sandbox's partners by their contracts: one advises, the other sells. */
const ADVISER = {
  id: 'energy-adviser',
  secret: 'sandbox-secret-of-the-energy-adviser-0005',
  redirectUri: 'http://127.0.0.1:4502/callback',
};
const BROKER = {
  id: 'tariff-broker',
  secret: 'sandbox-secret-of-the-tariff-broker-00006',
  redirectUri: 'http://127.0.0.1:4503/callback',
};
const GRID = ['energy.locations:read', 'energy.readings:read', 'energy.consumption:read'];

interface Contract {
  readonly id: string;
  readonly supplyPoint: { readonly marketLocation: string | null };
}

describe('partners to whom a customer hands energy data', () => {
  let partners: PartnerHouse;

  beforeAll(async () => {
    partners = await PartnerHouse.open({ clock: systemClock });
  }, 60_000);
  afterAll(() => partners.close());

  const tokenOf = async (partner: typeof ADVISER, scopes: readonly string[]): Promise<string> => {
    const wishes = { client_id: partner.id, redirect_uri: partner.redirectUri, scope: `openid ${scopes.join(' ')}` };
    const request = partners.request(wishes);
    const code = await new Browser(partners, 'aylin').allow(request.path);
    const form = { grant_type: 'authorization_code', code, redirect_uri: partner.redirectUri };
    const { status, body } = await partners.token({ ...form, code_verifier: request.verifier }, partner);
    expect(status).toBe(200);
    return String(body['access_token']);
  };
  const read = async <T>(path: string, token: string): Promise<T> => {
    const answer = await partners.get(`${ENERGY}/${path}`, token);
    expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([path, 200, 'no-store']);
    return (await answer.json()) as T;
  };
  const itemsOf = async <T>(path: string, token: string): Promise<readonly T[]> =>
    (await read<{ items: readonly T[] }>(path, token)).items;
  const bo4e = async (token: string): Promise<readonly { boTyp: string }[]> => {
    const answer = await partners.send(`${ENERGY}/contracts`, {
      headers: { authorization: `Bearer ${token}`, accept: BO4E },
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, `${BO4E}; charset=utf-8`]);
    return (await answer.json()) as { boTyp: string }[];
  };

  it('an adviser sees them as far as the customer has named them', async () => {
    const all = await tokenOf(ADVISER, ['energy.contracts:read', ...GRID]);
    const [contract] = await itemsOf<Contract>('contracts', all);
    expect(contract!.supplyPoint.marketLocation).toMatch(/^[1-9]\d{10}$/);
    expect((await itemsOf('meters', all)).length).toBeGreaterThan(0);
    expect((await itemsOf(`contracts/${contract!.id}/consumption`, all)).length).toBeGreaterThan(0);
    expect((await bo4e(all)).map(({ boTyp }) => boTyp)).toContain('MARKTLOKATION');
  }, 30_000);

  it('an adviser sees nothing of the grid by other rights', async () => {
    const few = await tokenOf(ADVISER, ['energy.contracts:read']);
    const [contract] = await itemsOf<Contract>('contracts', few);
    expect(contract!.supplyPoint.marketLocation).toBeNull();
    expect(new Set((await bo4e(few)).map(({ boTyp }) => boTyp))).toEqual(new Set(['VERTRAG']));
    for (const path of ['meters', `contracts/${contract!.id}/consumption`, `contracts/${contract!.id}/instalment`]) {
      expect([path, (await partners.get(`${ENERGY}/${path}`, few)).status]).toEqual([path, 403]);
    }
  }, 30_000);

  it('a partner who sells sees nothing of the grid, whatever the customer has granted', async () => {
    const all = await tokenOf(BROKER, ['energy.contracts:read', ...GRID]);
    const [contract] = await itemsOf<Contract>('contracts', all);
    expect(contract!.supplyPoint.marketLocation).toBeNull();
    expect(await itemsOf('meters', all)).toEqual([]);
    expect(await itemsOf(`contracts/${contract!.id}/consumption`, all)).toEqual([]);
    expect((await bo4e(all)).map(({ boTyp }) => boTyp)).not.toContain('MARKTLOKATION');
    const adviser = await tokenOf(ADVISER, ['energy.readings:read']);
    const [meter] = await itemsOf<{ id: string }>('meters', adviser);
    expect((await partners.get(`${ENERGY}/readings?meterId=${meter!.id}`, all)).status).toBe(404);
  }, 30_000);
});
