import { createHash, randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BrowserSignIns } from './browser-sign-ins.js';
import { openHouse, type House, type HouseOptions } from '../harness.js';

/** The sandbox's partners as their own programs know them. */
export const APP = {
  id: 'stadtbus-app',
  secret: 'sandbox-secret-of-the-stadtbus-app-0001',
  redirectUri: 'http://127.0.0.1:4500/callback',
  scope: 'transit.tickets:read',
} as const;
export const TILL = { id: 'pools-till', secret: 'sandbox-secret-of-the-till-of-pools-0002' } as const;

/** Where the sandbox's gateway believes that it is reached. */
export const ORIGIN = 'http://127.0.0.1:4000';
export const OAUTH = '/partner/oauth';

export interface TokenAnswer {
  readonly status: number;
  readonly body: Record<string, string | number>;
}

/** An authorization request under way, as the partner's program keeps it. */
export interface Request {
  readonly verifier: string;
  readonly path: string;
}

type Form = Readonly<Record<string, string>>;

/** A house with partners at its door; who is signed in at the browser is put there by `signIns`. */
export class PartnerHouse {
  readonly signIns = new BrowserSignIns();
  private constructor(
    readonly house: House,
    private readonly gateways: readonly NestFastifyApplication[],
    signIns: BrowserSignIns,
  ) {
    this.signIns = signIns;
  }

  static async open(options: HouseOptions = {}): Promise<PartnerHouse> {
    const signIns = new BrowserSignIns();
    const gateways: NestFastifyApplication[] = [];
    const house = await openHouse({
      ...options,
      arrange: (gateway) => {
        gateways.push(gateway);
        signIns.arrange(gateway);
        options.arrange?.(gateway);
      },
    });
    return new PartnerHouse(house, gateways, signIns);
  }

  close(): Promise<void> {
    return this.house.close();
  }

  /** Sends a request to one of the gateways. */
  async send(path: string, init: RequestInit = {}, instance = 0): Promise<Response> {
    return fetch((await this.gateways[instance]!.getUrl()) + path, { redirect: 'manual', ...init });
  }

  async token(form: Form, client: { id: string; secret: string } = APP, instance = 0): Promise<TokenAnswer> {
    const answer = await this.post('token', form, client, instance);
    return { status: answer.status, body: (await answer.json()) as TokenAnswer['body'] };
  }

  post(endpoint: string, form: Form, client: { id: string; secret: string } = APP, instance = 0): Promise<Response> {
    const basic = Buffer.from(`${encodeURIComponent(client.id)}:${encodeURIComponent(client.secret)}`);
    const headers = { authorization: `Basic ${basic.toString('base64')}` };
    return this.send(`${OAUTH}/${endpoint}`, { method: 'POST', headers, body: new URLSearchParams(form) }, instance);
  }

  /** A token that the partner has by its contract alone. */
  async ownToken(client: { id: string; secret: string }, scope: string): Promise<string> {
    const { status, body } = await this.token({ grant_type: 'client_credentials', scope }, client);
    if (status !== 200) throw new Error(`no token: ${JSON.stringify(body)}`);
    return String(body['access_token']);
  }

  /** What the partner's program sends the browser to. */
  request(wishes: Form = {}): Request {
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      client_id: APP.id,
      response_type: 'code',
      redirect_uri: APP.redirectUri,
      scope: `openid ${APP.scope}`,
      state: 'some-state',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...wishes,
    });
    return { verifier, path: `${OAUTH}/auth?${query}` };
  }

  exchange({ verifier }: Request, code: string, instance = 0): Promise<TokenAnswer> {
    const form = { grant_type: 'authorization_code', code, redirect_uri: APP.redirectUri, code_verifier: verifier };
    return this.token(form, APP, instance);
  }

  get(path: string, token: string, instance = 0): Promise<Response> {
    return this.send(path, { headers: { authorization: `Bearer ${token}` } }, instance);
  }
}
