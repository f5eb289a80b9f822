import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '#lib/kernel';
import type { GraphAnswer } from '../harness.js';
import { Browser } from './browser.js';
import { PartnerHouse } from './partner-house.js';

const TICKETS = '/partner/v1/transit/tickets';
const LIST = '{ me { partnerGrants { id partner scopes since until lastUsed } } }';
const REVOKE = 'mutation ($id: ID!) { revokePartnerGrant(id: $id) { partnerGrants { id } } }';

interface Grant {
  readonly id: string;
  readonly partner: string;
  readonly scopes: string[];
  readonly lastUsed: string | null;
}

describe('what a customer grants to a partner', () => {
  let partners: PartnerHouse;

  beforeAll(async () => {
    partners = await PartnerHouse.open({ clock: systemClock, instances: 2 });
  }, 60_000);
  afterAll(() => partners.close());

  const tokensOf = async (persona: string): Promise<{ access: string; refresh: string }> => {
    const request = partners.request();
    const { body } = await partners.exchange(request, await new Browser(partners, persona).allow(request.path));
    return { access: String(body['access_token']), refresh: String(body['refresh_token']) };
  };
  const grantsOf = async (persona: string): Promise<Grant[]> => {
    const { data } = await partners.house.graphql({ query: LIST }, { persona });
    return (data!['me'] as { partnerGrants: Grant[] }).partnerGrants;
  };
  const revoke = (persona: string, id: string, instance = 0): Promise<GraphAnswer> =>
    partners.house.graphql({ query: REVOKE, variables: { id } }, { persona, instance });
  const statuses = async (token: string): Promise<number[]> => [
    (await partners.get(TICKETS, token, 0)).status,
    (await partners.get(TICKETS, token, 1)).status,
  ];

  it('is shown to the customer: to whom, what in words, and when it was used', async () => {
    const { access } = await tokensOf('aylin');
    expect(await grantsOf('aylin')).toEqual([
      {
        id: expect.any(String),
        partner: 'Stadtbus-App (erfunden)',
        scopes: [expect.stringContaining('Ihre Fahrausweise beim Jenaer Nahverkehr sehen')],
        since: expect.any(String),
        until: expect.any(String),
        lastUsed: null,
      },
    ]);
    expect(await statuses(access)).toEqual([200, 200]);
    expect((await grantsOf('aylin'))[0]?.lastUsed).toEqual(expect.any(String));
    expect(await grantsOf('lena')).toEqual([]);
  });

  it('is replaced when it is granted anew, and what rested on it ends', async () => {
    const first = await tokensOf('karl');
    const second = await tokensOf('karl');
    expect(await grantsOf('karl')).toHaveLength(1);
    expect(await statuses(first.access)).toEqual([401, 401]);
    expect((await statuses(second.access)).includes(401)).toBe(false);
  });

  it('ends with the answer to its revocation, on all instances, refresh tokens included', async () => {
    const { access, refresh } = await tokensOf('aylin');
    expect(await statuses(access)).toEqual([200, 200]);
    const [grant] = await grantsOf('aylin');
    const { data, errors } = await revoke('aylin', grant!.id);
    expect([errors, data]).toEqual([[], { revokePartnerGrant: { partnerGrants: [] } }]);
    expect(await statuses(access)).toEqual([401, 401]);
    const form = { grant_type: 'refresh_token', refresh_token: refresh };
    expect((await partners.token(form, undefined, 1)).body['error']).toBe('invalid_grant');
  });

  it('keeps an answer under way from leaving once it has ended', async () => {
    const { access } = await tokensOf('lena');
    const household = { system: 'fare-shop', household: 'lena' };
    await partners.house.control('POST', '/faults', { kind: 'latency', milliseconds: 1_200, ...household });
    let revoked = false;
    const slow = [0, 1].map(async (instance) => {
      const answer = await partners.get(TICKETS, access, instance);
      return { late: revoked, status: answer.status, body: (await answer.json()) as { code?: string } };
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const [grant] = await grantsOf('lena');
    await revoke('lena', grant!.id);
    revoked = true;
    for (const { late, status, body } of await Promise.all(slow)) {
      expect([late, status, body.code]).toEqual([true, 409, 'CONFLICT']);
      expect(JSON.stringify(body)).not.toContain('validUntil');
    }
  });

  it('cannot be ended by anybody else', async () => {
    await tokensOf('aylin');
    const [grant] = await grantsOf('aylin');
    for (const id of [grant!.id, 'nonsense', Buffer.from('PartnerGrant:x').toString('base64url')]) {
      const { errors } = await revoke('kim', id);
      expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['NOT_FOUND']);
    }
    expect(await grantsOf('aylin')).toHaveLength(1);
  });

  it('covers no more than the customer’s part: without the link there is nothing', async () => {
    const { access } = await tokensOf('aylin');
    const unlink = 'mutation { unlinkSubsidiary(subsidiary: TRANSIT) { __typename } }';
    await partners.house.graphql({ query: unlink }, { persona: 'aylin' });
    expect(await statuses(access)).toEqual([404, 404]);
  });

  it('leaves a trace of each access in the customer’s record', async () => {
    const query = '{ me { accessRecord { nodes { actor operation subsidiary } } } }';
    const { data } = await partners.house.graphql({ query }, { persona: 'aylin' });
    const { accessRecord } = data!['me'] as { accessRecord: { nodes: object[] } };
    expect(accessRecord.nodes).toContainEqual({
      actor: 'PARTNER',
      operation: 'transit.subscriptions',
      subsidiary: 'TRANSIT',
    });
  });
});
