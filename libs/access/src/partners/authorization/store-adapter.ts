import type { Adapter, AdapterFactory, AdapterPayload, ClientMetadata } from 'oidc-provider';
import { GRANT_DAYS, type PartnerGrants } from '../grants/partner-grants.js';
import type { StateRows } from './state-rows.js';
import { CONSENT_TEXT_VERSION } from '../consent/consent-page.js';

/** Where the authorization server's adapters keep what they are given. */
export interface AdapterHouse {
  readonly rows: StateRows;
  readonly grants: PartnerGrants;
  /** What the contract says of a client; undefined for an id without a contract. */
  readonly findClient: (id: string) => ClientMetadata | undefined;
  /** The error with which a code or token is refused that was used up at the same moment. */
  readonly usedUp: () => Error;
}

/** All that the authorization server remembers is in Postgres, tokens and codes by their digests; clients are contracts. */
export function storeAdapters(house: AdapterHouse): AdapterFactory {
  return (model) => {
    if (model === 'Grant') return new GrantAdapter(house.grants);
    if (model === 'Client') return new ContractAdapter(house.findClient);
    return new StateAdapter(model, house);
  };
}

class StateAdapter implements Adapter {
  constructor(
    private readonly model: string,
    private readonly house: AdapterHouse,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    // Its id is the token itself.
    const { jti: _jti, ...rest } = payload;
    await this.house.rows.put({
      model: this.model,
      id,
      payload: this.model === 'Session' ? withoutPerson(rest) : rest,
      grantId: payload.grantId ?? null,
      lastsSeconds: expiresIn ?? GRANT_DAYS * 86_400,
    });
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const row = await this.house.rows.find(this.model, id);
    return row && { ...row.payload, jti: id, ...(row.consumed ? { consumed: true } : {}) };
  }

  /** Sessions are found by their cookie alone; tokens do not end with them. */
  async findByUid(): Promise<undefined> {}

  /** There are no devices that show codes. */
  async findByUserCode(): Promise<undefined> {}

  /** @throws the given error when a request at the same moment was faster */
  async consume(id: string): Promise<void> {
    const { rows, grants, usedUp } = this.house;
    if (await rows.consume(this.model, id)) return;
    const row = await rows.find(this.model, id);
    const { grantId } = (row?.payload ?? {}) as AdapterPayload;
    if (grantId !== undefined) await grants.endFor(grantId);
    throw usedUp();
  }

  destroy(id: string): Promise<void> {
    return this.house.rows.remove(this.model, id);
  }

  revokeByGrantId(grantId: string): Promise<void> {
    return this.house.rows.removeOf(grantId, this.model);
  }
}

/** Grants are the customer's: their row says who, to whom, what and until when. */
class GrantAdapter implements Adapter {
  constructor(private readonly grants: PartnerGrants) {}

  async upsert(id: string, { accountId = '', clientId = '', ...payload }: AdapterPayload): Promise<void> {
    const { openid } = payload as { openid?: { scope?: string } };
    const scopes = (openid?.scope ?? '').split(' ').filter((scope) => scope !== '' && scope !== 'openid');
    await this.grants.begin({ id, customerId: accountId, clientId, scopes, textVersion: CONSENT_TEXT_VERSION });
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const grant = await this.grants.find(id);
    if (grant === undefined) return undefined;
    const { customerId: accountId, clientId, scopes } = grant;
    const openid = { scope: ['openid', ...scopes].join(' ') };
    const seconds = { iat: secondsOf(grant.grantedAt), exp: secondsOf(grant.expiresAt) };
    return { jti: id, kind: 'Grant', accountId, clientId, openid, ...seconds } as AdapterPayload;
  }

  destroy(id: string): Promise<void> {
    return this.grants.endFor(id);
  }

  async findByUid(): Promise<undefined> {}

  async findByUserCode(): Promise<undefined> {}

  async consume(): Promise<void> {}

  async revokeByGrantId(): Promise<void> {}
}

/** Clients come and go with their contracts alone. */
class ContractAdapter implements Adapter {
  constructor(private readonly findClient: AdapterHouse['findClient']) {}

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.findClient(id);
  }

  async upsert(): Promise<void> {}

  async destroy(): Promise<void> {}

  async findByUid(): Promise<undefined> {}

  async findByUserCode(): Promise<undefined> {}

  async consume(): Promise<void> {}

  async revokeByGrantId(): Promise<void> {}
}

/** Who is signed in says the gateway's own session, each time anew: the server's session is kept with nobody in it. */
function withoutPerson(payload: AdapterPayload): AdapterPayload {
  const { accountId: _account, loginTs: _at, authorizations: _clients, acr: _acr, amr: _amr, ...rest } = payload;
  return rest;
}

function secondsOf(instant: string): number {
  return Math.floor(Date.parse(instant) / 1_000);
}
